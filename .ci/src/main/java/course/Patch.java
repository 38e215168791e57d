package course;

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
    record Hunk(String head, int from, List<String> before, List<String> after) {

        /** Where it stands once {@code grown} lines have come before it, in the form of diffs. */
        private String range(int start, int grown) {
            int first = start + (before.isEmpty() ? 0 : 1);
            int last = start + grown + (after.isEmpty() ? 0 : 1);
            String range = "@@ -%d,%d +%d,%d @@";
            return range.formatted(first, before.size(), last, after.size());
        }
    }

    /** A hunk does not fit, or is no hunk. */
    public static final class Unfit extends Exception {

        private static final long serialVersionUID = 1;

        Unfit(String why) {
            super(why);
        }
    }

    private static final String COUNT = "\\d+(?:,(\\d+))?";

    private static final Pattern HEAD = Pattern.compile("@@ -" + COUNT + " \\+" + COUNT + " @@.*");

    /** A head of a hunk whose numbers are not known, or those of another text. */
    private static final Pattern ANY_HEAD = Pattern.compile("@@(?: -(\\d+).*)?");

    /** How many lines a patch that is made shows around a change. */
    private static final int CONTEXT = 2;

    /** Reads the hunks in {@code lines}; their heads must say how many lines they have. */
    public static Patch parse(List<String> lines) throws Unfit {
        Patch patch = read(lines);
        for (Hunk hunk : patch.hunks) {
            Matcher head = HEAD.matcher(hunk.head);
            if (!head.matches()
                    || hunk.before.size() != number(head.group(1))
                    || hunk.after.size() != number(head.group(2))) {
                throw new Unfit(
                        "expected as many lines as \"%s\" says, got %d and %d"
                                .formatted(hunk.head, hunk.before.size(), hunk.after.size()));
            }
        }
        return patch;
    }

    private static int number(String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    /** Reads the hunks in {@code lines}, whatever their heads say; {@code @@} is enough. */
    public static Patch read(List<String> lines) throws Unfit {
        List<Hunk> hunks = new ArrayList<>();
        Hunk hunk = null;
        for (String line : lines) {
            Matcher head = ANY_HEAD.matcher(line);
            if (head.matches()) {
                int from = head.group(1) == null ? 0 : Integer.parseInt(head.group(1));
                hunk = new Hunk(line, from, new ArrayList<>(), new ArrayList<>());
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
        return new Patch(hunks);
    }

    /** Whether all stays as it is. */
    public boolean changesNothing() {
        return hunks.stream().allMatch(hunk -> hunk.before.equals(hunk.after));
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

    /** Returns the heads that the hunks should have, with the numbers of {@code text}. */
    public List<String> heads(List<String> text) throws Unfit {
        List<String> heads = new ArrayList<>();
        int done = 0;
        int grown = 0;
        for (Hunk hunk : hunks) {
            int start = place(hunk, text, done);
            heads.add(hunk.range(start, grown) + hunk.head.replaceFirst("^@@(.*?@@)?", ""));
            done = start + hunk.before.size();
            grown += hunk.after.size() - hunk.before.size();
        }
        return heads;
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
