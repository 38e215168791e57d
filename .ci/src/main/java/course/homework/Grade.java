package course.homework;

import course.Course;
import course.Folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Grades a folder with a folder for each student: {@code bash .ci/grade SUBMISSIONS [lesson03 |
 * Dialer ...] > grades.csv}. The table goes to standard output, each student's messages to a file
 * in {@code SUBMISSIONS-messages}, progress to standard error.
 */
public final class Grade {

    /** The longest that all tests of one answer may take; right ones take a few seconds. */
    static final int SECONDS = 60;

    private Grade() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0 || args[0].startsWith("-")) {
            System.err.println("usage: bash .ci/grade SUBMISSIONS [lesson03 | Dialer ...] > FILE");
            System.exit(2);
        }
        Path folder = Path.of(args[0]).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            fail(folder + " is no folder. Name one that has a folder for each student.");
        }
        Course course = Course.find();
        List<String> only = new ArrayList<>(List.of(args).subList(1, args.length));
        for (String name : only) {
            if (Tasks.in(course, List.of(name)).isEmpty()) {
                fail("no lesson and no task is called " + name);
            }
        }
        List<Submission> submissions = Submission.in(folder);
        if (submissions.isEmpty()) {
            fail(
                    "no folder in "
                            + folder
                            + ". Each student's files go into a folder of their own.");
        }
        grade(course, folder, submissions, Tasks.in(course, only));
        System.exit(0);
    }

    private static void say(String what) {
        System.err.println("grade: " + what);
    }

    private static void fail(String why) {
        say(why);
        System.exit(1);
    }

    private static void grade(
            Course course, Path folder, List<Submission> submissions, List<Task> tasks)
            throws Exception {
        long start = System.nanoTime();
        Cage cage = new Cage(List.of(course.root(), folder));
        say(cage.description());
        int sideBySide = 2 * Runtime.getRuntime().availableProcessors();
        int all = submissions.size() * tasks.size();
        AtomicInteger ended = new AtomicInteger();
        try (Grader grader = new Grader(tasks, cage, SECONDS)) {
            List<Row> rows =
                    grader.grade(
                            submissions,
                            sideBySide,
                            row -> say(ended.incrementAndGet() + " of " + all + ", " + row.line()));
            System.out.println(Row.HEADER);
            rows.forEach(row -> System.out.println(row.csv()));
            Path messages = folder.resolveSibling(folder.getFileName() + "-messages");
            write(messages, rows);
            String took = String.format(Locale.ROOT, "%.0f s", (System.nanoTime() - start) / 1e9);
            System.err.println(
                    "grade: %d rows in %s, messages in %s".formatted(all, took, messages));
        }
    }

    /** Writes a file for each student: what is open, test by test. */
    private static void write(Path folder, List<Row> rows) {
        Map<String, StringBuilder> texts = new TreeMap<>();
        for (Row row : rows) {
            StringBuilder text = texts.computeIfAbsent(row.student(), s -> new StringBuilder());
            text.append(row.line() + "\n");
            row.open().forEach(line -> text.append("  " + line + "\n"));
        }
        texts.forEach(
                (student, text) -> Folders.write(folder.resolve(student + ".txt"), "" + text));
    }
}
