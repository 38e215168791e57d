package course.homework;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Hunks of a unified diff, applied without fuzz: every line of a hunk must stand in the text, in
 * one piece. Its line number says which place is meant where the piece stands more than once; where
 * it stands once, the number may be old.
 */
public record Patch(List<Hunk> hunks) {

    /**
     * The piece from the 1-based line {@code from} on that is {@code before}, and what it becomes.
     */
    record Hunk(int from, List<String> before, List<String> after) {}

    /** A hunk does not fit, or is no hunk. */
    public static final class Unfit extends Exception {

        private static final long serialVersionUID = 1;

        Unfit(String why) {
            super(why);
        }
    }

    private static final Pattern HEAD =
            Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");

    /** How many lines a patch that is made shows around a change. */
    private static final int CONTEXT = 2;

    /** Reads the hunks in {@code lines}. */
    public static Patch parse(List<String> lines) throws Unfit {
        List<Hunk> hunks = new ArrayList<>();
        Hunk hunk = null;
        String head = "";
        int[] counts = {0, 0};
        for (String line : lines) {
            Matcher found = HEAD.matcher(line);
            if (found.matches()) {
                checkCounts(head, hunk, counts);
                head = line;
                counts = new int[] {number(found.group(2)), number(found.group(4))};
                hunk = new Hunk(number(found.group(1)), new ArrayList<>(), new ArrayList<>());
                hunks.add(hunk);
                continue;
            }
            // An editor may have taken the blank of an empty line away.
            char sign = line.isEmpty() ? ' ' : line.charAt(0);
            String text = line.isEmpty() ? "" : line.substring(1);
            if (hunk == null || " +-".indexOf(sign) < 0) {
                throw new Unfit(
                        "expected a hunk \"@@ -1,2 +1,3 @@\" and its lines, got \"" + line + "\"");
            }
            if (sign != '+') {
                hunk.before.add(text);
            }
            if (sign != '-') {
                hunk.after.add(text);
            }
        }
        if (hunks.isEmpty()) {
            throw new Unfit("expected at least one hunk, got none");
        }
        checkCounts(head, hunk, counts);
        return new Patch(hunks);
    }

    private static int number(String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    private static void checkCounts(String head, Hunk hunk, int[] counts) throws Unfit {
        if (hunk != null && (hunk.before.size() != counts[0] || hunk.after.size() != counts[1])) {
            throw new Unfit(
                    "expected as many lines as \"%s\" says, got %d and %d"
                            .formatted(head, hunk.before.size(), hunk.after.size()));
        }
    }

    /** Returns {@code text} with the hunks applied. */
    public List<String> apply(List<String> text) throws Unfit {
        List<String> result = new ArrayList<>();
        int done = 0;
        for (Hunk hunk : hunks) {
            int start = place(hunk, text, done);
            result.addAll(text.subList(done, start));
            result.addAll(hunk.after);
            done = start + hunk.before.size();
        }
        result.addAll(text.subList(done, text.size()));
        return result;
    }

    /** The 0-based line from which {@code hunk} stands in {@code text}, after {@code done}. */
    private static int place(Hunk hunk, List<String> text, int done) throws Unfit {
        int size = hunk.before.size();
        // Where nothing is taken away, a diff names the line before.
        int said = size == 0 ? hunk.from : hunk.from - 1;
        if (said >= done && stands(hunk, text, said)) {
            return said;
        }
        int[] places =
                size == 0
                        ? new int[0]
                        : IntStream.rangeClosed(done, text.size() - size)
                                .filter(line -> stands(hunk, text, line))
                                .toArray();
        if (places.length != 1) {
            throw new Unfit(
                    "the hunk of line %d does not fit: its lines stand %s"
                            .formatted(
                                    hunk.from,
                                    places.length == 0 ? "nowhere" : "in several places"));
        }
        return places[0];
    }

    private static boolean stands(Hunk hunk, List<String> text, int line) {
        int end = line + hunk.before.size();
        return end <= text.size() && text.subList(line, end).equals(hunk.before);
    }

    /** Returns the lines of the hunks that make {@code to} of {@code from}. */
    public static List<String> lines(List<String> from, List<String> to) {
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff(
                        "", "", from, DiffUtils.diff(from, to), CONTEXT);
        return diff.subList(Math.min(2, diff.size()), diff.size());
    }
}
