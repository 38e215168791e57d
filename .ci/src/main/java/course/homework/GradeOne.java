package course.homework;

import course.Course;
import course.Folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Grades one submission, for a service that runs each in a container of its own: {@code java
 * course.homework.GradeOne gradescope|classroom50 SUBMISSION RESULTS [lesson03 | Dialer ...]}. The
 * file is written at the end, when nothing of the submission runs any more.
 */
public final class GradeOne {

    private GradeOne() {}

    public static void main(String[] args) throws Exception {
        if (args.length < 3 || !args[0].matches("gradescope|classroom50")) {
            System.err.println(
                    "usage: GradeOne gradescope|classroom50 SUBMISSION RESULTS [lesson03 ...]");
            System.exit(2);
        }
        Path folder = Path.of(args[1]).toAbsolutePath();
        Path results = Path.of(args[2]).toAbsolutePath();
        Course course = Course.find();
        List<Task> tasks = Tasks.in(course, List.of(args).subList(3, args.length));
        Cage cage = new Cage(List.of(course.root(), folder));
        try (Grader grader = new Grader(tasks, cage, Grade.SECONDS)) {
            List<Submission> one = List.of(new Submission("submission", folder));
            List<Row> rows = grader.grade(one, 1, row -> System.out.println(row.line()));
            String text =
                    args[0].equals("gradescope")
                            ? Formats.gradescope(rows)
                            : Formats.classroom50(rows);
            Files.deleteIfExists(results);
            Folders.write(results, text);
        }
        System.exit(0);
    }
}
