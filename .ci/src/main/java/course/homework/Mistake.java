package course.homework;

import course.Folders;
import course.Patch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A wrong answer: a sentence, the tests that must catch it with words that a student must then see,
 * and the answer: a patch of a solution, or, where the design is another one, the whole.
 *
 * <pre>
 * # The sockets whose connect failed are never closed.
 * closesEverySocketThatFailed: got 3 still open
 *
 * --- solutions/one-loop
 * &#64;@ -39,5 +39,4 @@
 * </pre>
 *
 * A whole answer has the same header in comments ({@code // # The sockets …}), then a blank line.
 */
record Mistake(
        Path file,
        String sentence,
        Map<String, String> expected,
        String solution,
        List<String> rest) {

    private static final Pattern EXPECTED = Pattern.compile("(\\w+): (\\S.*)");
    private static final Pattern SOLUTION = Pattern.compile("--- solutions/([\\w-]+)");

    /**
     * Reads {@code file}, a {@code .patch} or {@code .java}; what is wrong there goes to faults.
     */
    static Mistake read(Path file, Faults faults) {
        return parse(file, Folders.lines(file), faults);
    }

    static Mistake parse(Path file, List<String> all, Faults faults) {
        int blank = all.indexOf("");
        List<String> header = all.subList(0, Math.max(blank, 0));
        List<String> rest = all.subList(blank + 1, all.size());
        boolean whole = file.toString().endsWith(".java");
        if (whole) {
            header = header.stream().map(line -> line.replaceFirst("^// ?", "")).toList();
        }
        List<String> sentence = new ArrayList<>();
        Map<String, String> expected = new LinkedHashMap<>();
        for (String line : header) {
            Matcher named = EXPECTED.matcher(line);
            if (line.startsWith("# ") && expected.isEmpty()) {
                sentence.add(line.substring(2));
            } else if (!named.matches()) {
                faults.add(file, "\"test: words\"", "\"" + line + "\"");
            } else if (expected.put(named.group(1), named.group(2).strip()) != null) {
                faults.add(file, named.group(1) + " once", "it twice");
            }
        }
        if (sentence.isEmpty()) {
            faults.add(file, "a first line \"# what the mistake is\"", "none");
        }
        if (expected.isEmpty()) {
            faults.add(file, "at least one test", "none");
        }
        String solution = null;
        if (!whole) {
            Matcher named = SOLUTION.matcher(rest.isEmpty() ? "" : rest.get(0));
            if (named.matches()) {
                solution = named.group(1);
                rest = rest.subList(1, rest.size());
            } else {
                faults.add(file, "\"--- solutions/IDEA\" after the blank line", "none");
            }
        }
        return new Mistake(file, String.join(" ", sentence), expected, solution, rest);
    }

    /** {@code leaks-failed-sockets}. */
    String name() {
        return name(file);
    }

    static String name(Path file) {
        return ("" + file.getFileName()).replaceFirst("[.](patch|java)$", "");
    }

    /**
     * The whole wrong answer to {@code task}; null, after a fault, where the patch does not fit.
     */
    List<String> answer(Task task, Faults faults) {
        if (file.toString().endsWith(".java")) {
            return rest;
        }
        if (solution == null) {
            return null;
        }
        if (!task.solutions().contains(solution)) {
            faults.add(file, "a solution of the name " + solution, "only " + task.solutions());
            return null;
        }
        try {
            return Patch.parse(rest).apply(Folders.lines(task.solution(solution)));
        } catch (Patch.Unfit e) {
            faults.add(file, "a patch of solutions/" + solution, e.getMessage());
            return null;
        }
    }

    /** The lines of the file, or those of a whole answer. */
    List<String> header(boolean comments) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + sentence);
        expected.forEach((test, words) -> lines.add(test + ": " + words));
        if (comments) {
            lines.replaceAll(line -> "// " + line);
        }
        lines.add("");
        return lines;
    }
}
