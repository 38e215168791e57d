package course.homework;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where one student stands in one task.
 *
 * @param state not started, begun, wrong, done, or what went wrong
 * @param tests all that had to run, in their order, and how each ended
 */
record Row(String student, String task, String state, double seconds, List<Outcome> tests) {

    static final String HEADER = "student,task,state,done,of,seconds,next";

    /** Nothing to run: no file, or one that does not compile, because of {@code why}. */
    static Row broken(String student, Frame frame, String state, String why) {
        List<Outcome> tests =
                frame.tests().stream().map(test -> new Outcome(1, test, "nothing", why)).toList();
        return new Row(student, frame.task().name(), state, 0, tests);
    }

    /** What became of the tests that had to run. */
    static Row of(String student, Frame frame, Result result) {
        List<Outcome> tests = frame.tests().stream().map(test -> told(result, test)).toList();
        String state = result.broken();
        if (!result.isWhole()) {
            state += result.last().isEmpty() ? "" : ", in " + result.last();
        } else if (tests.stream().allMatch(Outcome::passed)) {
            state = "done";
        } else if (tests.stream().allMatch(test -> test.passed() || isMissing(test))) {
            state = tests.stream().anyMatch(Outcome::passed) ? "begun" : "not started";
        } else {
            state = "wrong";
        }
        return new Row(student, frame.task().name(), state, result.seconds(), tests);
    }

    private static boolean isMissing(Outcome outcome) {
        return outcome.state().equals("aborted") && outcome.isNotStarted();
    }

    /** An outcome without what differs from run to run: ports that the kernel chose, and hashes. */
    private static Outcome told(Result result, String test) {
        Outcome outcome = result.of(1, test);
        String same =
                outcome.message()
                        .replaceAll("(127[.]0[.]0[.]1|localhost|::1\\]?):\\d{5}\\b", "$1:PORT")
                        .replaceAll("@[0-9a-f]{5,8}\\b", "");
        return new Outcome(1, test, outcome.state(), same);
    }

    long done() {
        return tests.stream().filter(Outcome::passed).count();
    }

    /** What is open, test by test: what is wrong comes first, as in the student's own summary. */
    List<String> open() {
        List<Outcome> open = tests.stream().filter(test -> !test.passed()).toList();
        return Stream.concat(
                        open.stream().filter(test -> !isMissing(test)),
                        open.stream().filter(Row::isMissing))
                .map(test -> test.test() + ": " + test.message())
                .toList();
    }

    /** The row for people. */
    String line() {
        String tests = done() + " of " + tests().size() + " tests";
        return student + ", " + task + ": " + state + ", " + tests;
    }

    /** The row of the table. */
    String csv() {
        String seconds = String.format(Locale.ROOT, "%.0f", Math.ceil(this.seconds));
        String next = open().isEmpty() ? "" : open().get(0);
        return Stream.of(student, task, state, "" + done(), "" + tests.size(), seconds, next)
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
