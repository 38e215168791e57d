package course.readme.checks;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;

import course.readme.Block;
import course.readme.Faults;
import course.readme.Mend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A diff of one or more sources, each behind a line {@code --- FILE}, applied without any fuzz. */
final class UnifiedEdit {

    /** The head of a hunk; a bare {@code @@} is enough for {@code --fix}. */
    private static final Pattern HUNK = Pattern.compile("@@(?: -(\\d+).*)?");

    private final Block block;
    private final Faults faults;
    private final List<String> mended = new ArrayList<>();

    private UnifiedEdit(Block block, Faults faults) {
        this.block = block;
        this.faults = faults;
    }

    /** Changes the files in {@code folder}; tells why that cannot be, and returns false then. */
    static boolean apply(Block edit, Path folder, Faults faults) {
        try {
            return new UnifiedEdit(edit, faults).apply(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean apply(Path folder) throws IOException {
        List<String> body = block.body();
        if (body.isEmpty() || !body.get(0).startsWith("--- ")) {
            faults.tell(block.line(), "an edit begins with a line \"--- FILE\"");
            return false;
        }
        boolean applied = true;
        for (int from = 0, to; from < body.size(); from = to) {
            to = from + 1;
            while (to < body.size() && !body.get(to).startsWith("--- ")) {
                to++;
            }
            applied &= apply(body.subList(from, to), from, folder);
        }
        if (applied && !mended.equals(body)) {
            Mend mend = block.mend(mended);
            faults.tell(block.line(), "edit stands elsewhere in its source by now", mend);
        }
        return applied;
    }

    private boolean apply(List<String> part, int at, Path folder) throws IOException {
        mended.addAll(part);
        Path file = folder.resolve(part.get(0).substring(4).strip()).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            faults.tell(block.line(at), "no source " + part.get(0).substring(4));
            return false;
        }
        List<String> source = Files.readString(file).lines().toList();
        boolean named = part.size() > 1 && part.get(1).startsWith("+++ ");
        int first = named ? 2 : 1;
        if (!relocate(part, first, source)) {
            faults.tell(block.line(at), "edit does not apply: its lines are not in the source");
            return false;
        }
        List<String> diff = new ArrayList<>(List.of("--- a", "+++ b"));
        int end = mended.size();
        List<String> hunks = mended.subList(end - part.size() + first, end);
        hunks.forEach(line -> diff.add(line.isEmpty() ? " " : line));
        try {
            Patch<String> patch = UnifiedDiffUtils.parseUnifiedDiff(diff);
            if (patch.getDeltas().stream().allMatch(UnifiedEdit::changesNothing)) {
                faults.tell(block.line(at), "edit changes nothing");
                return false;
            }
            Files.writeString(file, String.join("\n", patch.applyTo(source)) + "\n");
            return true;
        } catch (PatchFailedException | IndexOutOfBoundsException e) {
            faults.tell(block.line(at), "edit does not apply: " + e.getMessage());
            return false;
        }
    }

    private static boolean changesNothing(AbstractDelta<String> delta) {
        return delta.getSource().getLines().equals(delta.getTarget().getLines());
    }

    /** Puts the true numbers into the heads of the hunks; false if one is not to be found. */
    private boolean relocate(List<String> part, int first, List<String> source) {
        int offset = mended.size() - part.size();
        int grown = 0; // by the hunks before
        for (int i = first; i < part.size(); i++) {
            Matcher head = HUNK.matcher(part.get(i));
            if (!head.matches()) {
                continue;
            }
            List<String> old = new ArrayList<>();
            int added = 0;
            int j = i + 1;
            for (; j < part.size() && !part.get(j).startsWith("@@"); j++) {
                String line = part.get(j);
                added += line.startsWith("+") ? 1 : 0;
                if (!line.startsWith("+")) {
                    old.add(line.isEmpty() ? "" : line.substring(1));
                }
            }
            int claimed = head.group(1) == null ? -1 : Integer.parseInt(head.group(1)) - 1;
            int kept = (int) part.subList(i + 1, j).stream().filter(s -> !isChange(s)).count();
            int place = place(old, source, claimed);
            if (place < 0) {
                return false;
            }
            String range = "@@ -%d,%d +%d,%d @@";
            int size = kept + added;
            mended.set(
                    offset + i,
                    range.formatted(place + 1, old.size(), place + 1 + grown, size)
                            + part.get(i).replaceFirst("^@@(.*?@@)?", ""));
            grown += size - old.size();
        }
        return true;
    }

    private static boolean isChange(String line) {
        return line.startsWith("+") || line.startsWith("-");
    }

    /** Where the lines stand: as claimed, or at the only other place. */
    private static int place(List<String> lines, List<String> source, int claimed) {
        if (claimed >= 0
                && claimed + lines.size() <= source.size()
                && source.subList(claimed, claimed + lines.size()).equals(lines)) {
            return claimed;
        }
        int first = Collections.indexOfSubList(source, lines);
        return first == Collections.lastIndexOfSubList(source, lines) ? first : -1;
    }
}
