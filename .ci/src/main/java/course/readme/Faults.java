package course.readme;

import java.util.ArrayList;
import java.util.List;

/** What a check has found on one page. */
public final class Faults {

    private record Fault(String text, List<Mend> mends) {}

    private final Readme readme;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private int checked;

    /** Nothing found yet. */
    public Faults(Readme readme) {
        this.readme = readme;
    }

    /** Counts one thing that was compared, well or not. */
    public void checked() {
        checked++;
    }

    /** Tells a fault at a line, from 1, and what would mend it, if that is known. */
    public void tell(int line, String what, Mend... mends) {
        tell(line, what, List.of(mends));
    }

    /** Tells a fault at a line, from 1, and what would mend it. */
    public void tell(int line, String what, List<Mend> mends) {
        faults.add(new Fault(readme.shown() + ":" + line + ": " + what, List.copyOf(mends)));
    }

    /** Says aloud what cannot be checked here, and why. */
    public void skip(String what) {
        skipped.add(readme.shown() + ": skipped: " + what);
    }

    /** Returns how many things were compared. */
    public int count() {
        return checked;
    }

    /** Returns all faults, each with its file and line. */
    public List<String> all() {
        return faults.stream().map(Fault::text).toList();
    }

    /** Returns the faults that nothing is known to mend. */
    public List<String> unmended() {
        return faults.stream().filter(f -> f.mends.isEmpty()).map(Fault::text).toList();
    }

    /** Returns what mends the rest. */
    public List<Mend> mends() {
        return faults.stream().flatMap(fault -> fault.mends.stream()).distinct().toList();
    }

    /** Returns what was skipped. */
    public List<String> skipped() {
        return List.copyOf(skipped);
    }
}
