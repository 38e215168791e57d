package course.homework;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where one student stands in one task.
 *
 * @param state not started, begun, wrong, done, or what went wrong
 * @param next the first test that is not passed, and its message
 * @param all each test that is not passed, with its message
 */
record Row(
        String student,
        String task,
        String state,
        int done,
        int of,
        double seconds,
        String next,
        List<String> all) {

    static final String HEADER = "student,task,state,done,of,seconds,next";

    /** Nothing to run: no file, or one that does not compile. */
    static Row broken(String student, Frame frame, String state, List<String> all) {
        String next = all.isEmpty() ? "" : all.get(0);
        return new Row(student, frame.task().name(), state, 0, frame.tests().size(), 0, next, all);
    }

    /** What became of the tests that had to run. */
    static Row of(String student, Frame frame, Result result) {
        List<Outcome> open =
                frame.tests().stream()
                        .map(test -> result.of(1, test))
                        .filter(outcome -> !outcome.passed())
                        .toList();
        int done = frame.tests().size() - open.size();
        String state = result.broken();
        if (!result.isWhole()) {
            state += result.last().isEmpty() ? "" : ", in " + result.last();
        } else if (open.isEmpty()) {
            state = "done";
        } else if (open.stream().allMatch(Row::isMissing)) {
            state = done == 0 ? "not started" : "begun";
        } else {
            state = "wrong";
        }
        // What is wrong comes first, as in the summary that the student sees.
        List<String> all =
                Stream.concat(
                                open.stream().filter(outcome -> !isMissing(outcome)),
                                open.stream().filter(Row::isMissing))
                        .map(outcome -> outcome.test() + ": " + same("" + outcome.message()))
                        .toList();
        String next = all.isEmpty() ? "" : all.get(0);
        return new Row(
                student,
                frame.task().name(),
                state,
                done,
                frame.tests().size(),
                result.seconds(),
                next,
                all);
    }

    private static boolean isMissing(Outcome outcome) {
        return outcome.state().equals("aborted") && outcome.isNotStarted();
    }

    /** A message without what differs from run to run: ports that the kernel chose, and hashes. */
    private static String same(String message) {
        return message.replaceAll("(127[.]0[.]0[.]1|localhost|::1\\]?):\\d{5}\\b", "$1:PORT")
                .replaceAll("@[0-9a-f]{5,8}\\b", "");
    }

    /** The same for people. */
    String line() {
        return student + ", " + task + ": " + state + ", " + done + " of " + of + " tests";
    }

    /** The line of the table. */
    String csv() {
        String seconds = String.format(Locale.ROOT, "%.0f", Math.ceil(this.seconds));
        return Stream.of(student, task, state, "" + done, "" + of, seconds, next)
                .map(Row::quoted)
                .collect(Collectors.joining(","));
    }

    /** A field that no reader of tables takes for two, nor a spreadsheet for a formula. */
    private static String quoted(String field) {
        String line = field.replaceAll("\\p{Cntrl}", " ");
        String text = line.matches("[=+\\-@].*") ? "'" + line : line;
        return text.matches("[^\",]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
