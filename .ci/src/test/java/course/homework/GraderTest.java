package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.Folders;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hands in what people hand in, and what tries to fool the grader: each gets what it has earned.
 */
@Order(6)
final class GraderTest {

    /** How long the tests of one answer may take, where they end. */
    private static final int SECONDS = 120;

    /** And where they do not. */
    private static final int SHORT = 6;

    /** How many answers at a time: each has a compiler of its own, whose start costs most. */
    private static final int SIDE_BY_SIDE = 2;

    /** What most tests grade with: the course's own answers need to run only once. */
    @TempDir static Path shared;

    private static Cage cage;
    private static Grader grader;

    @TempDir Path folder;

    @BeforeAll
    static void startGrader() throws Exception {
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        Made made = new Made(shared.resolve("course"));
        cage = new Cage(List.of(shared.resolve("course"), shared.resolve("submissions")));
        grader = new Grader(Tasks.in(made.course(), List.of()), cage, SECONDS);
    }

    @AfterAll
    static void endGrader() {
        grader.close();
    }

    private static List<Submission> write(Path submissions, List<Handed> handed) {
        handed.forEach(
                one ->
                        Folders.write(
                                submissions.resolve(one.name()).resolve("Twice.java"),
                                one.source()));
        return Submission.in(submissions);
    }

    /** Grades in a folder of this name. */
    private static List<Row> grade(String name, List<Handed> handed) throws Exception {
        return grade(write(shared.resolve("submissions").resolve(name), handed));
    }

    private static List<Row> grade(List<Submission> submissions) throws Exception {
        return grader.grade(submissions, SIDE_BY_SIDE, row -> {});
    }

    /** Grades with another cage, and other bounds. */
    private List<Row> grade(List<Handed> handed, Cage cage, int seconds, int slower)
            throws Exception {
        Made made = new Made(folder.resolve("course"));
        List<Task> tasks = Tasks.in(made.course(), List.of());
        try (Grader grader = new Grader(tasks, cage, seconds, slower)) {
            List<Submission> submissions = write(folder.resolve("submissions"), handed);
            return grader.grade(submissions, SIDE_BY_SIDE, row -> {});
        }
    }

    @TestFactory
    Stream<DynamicTest> eachGetsWhatItHasEarned() throws Exception {
        List<Handed> all = Handed.all();
        List<Row> rows = grade("all", all);
        assertEquals(all.size(), rows.size());
        assertEquals("[]", "" + sleepers(), "processes left behind");
        return all.stream()
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.name(), () -> check(one, row(rows, one.name()))));
    }

    @TestFactory
    Stream<DynamicTest> noneHoldsTheOthersUpForMoreThanItsTime() throws Exception {
        String park = "java.util.concurrent.locks.LockSupport.park();";
        String hook =
                "Runtime.getRuntime().addShutdownHook(new Thread(() -> {"
                        + " while (true) "
                        + park
                        + " })); System.exit(0);";
        List<Handed> all =
                List.of(
                        Handed.first(
                                "never ends",
                                "while (Math.random() >= 0) Thread.onSpinWait();",
                                "no end after 6 s.*",
                                0),
                        Handed.handed(
                                "ends in one test",
                                Handed.RIGHT.replace(
                                        "return", "while (n == 1) " + park + " return"),
                                "no end after 6 s.*",
                                1),
                        Handed.first("never exits", hook, "no end after 6 s.*", 0));
        List<Row> rows = grade(all, cage, SHORT, 0);
        return all.stream()
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.name(), () -> checkLate(one, row(rows, one.name()))));
    }

    private static void check(Handed handed, Row row) {
        assertTrue(row.state().matches("(?s)" + handed.state()), row.line());
        assertEquals(handed.done(), row.done(), row.line());
    }

    /** What it had done by then counts; on a busy machine that may be nothing. */
    private static void checkLate(Handed handed, Row row) {
        assertTrue(row.state().matches(handed.state()), row.line());
        assertTrue(row.done() <= handed.done(), row.line());
    }

    private static Row row(List<Row> rows, String student) {
        return rows.stream().filter(row -> row.student().equals(student)).findFirst().orElseThrow();
    }

    private static List<Long> sleepers() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info().commandLine().orElse("").endsWith("sleep 43210"))
                .map(ProcessHandle::pid)
                .toList();
    }

    @Test
    void withoutUnshareWhatWasStartedIsFoundAndEnded() throws Exception {
        List<Handed> some =
                Handed.vandals().stream().filter(one -> one.name().startsWith("leaves")).toList();
        List<Row> rows = grade(some, new Cage(List.of(), false), SECONDS, 2);
        some.forEach(one -> check(one, row(rows, one.name())));
        assertEquals("[]", "" + sleepers(), "processes left behind");
    }

    @Test
    void noAnswerSeesAnotherNorTheCourse() throws Exception {
        assumeTrue(cage.description().startsWith("each answer runs alone"), "no unshare here");
        String find =
                "try (var all = java.nio.file.Files.walk(java.nio.file.Path.of(\"%s\"))) {"
                        + " if (all.anyMatch(p -> p.endsWith(\"Twice.java\")))"
                        + " throw new IllegalStateException(\"seen\"); }"
                        + " catch (java.io.IOException e) { return false; }";
        List<Handed> two =
                List.of(
                        Handed.handed(
                                "a",
                                Handed.RIGHT,
                                find.formatted(shared.resolve("submissions")),
                                "done",
                                2),
                        Handed.handed(
                                "b",
                                Handed.RIGHT,
                                find.formatted(shared.resolve("course")),
                                "done",
                                2));
        List<Row> rows = grade("two", two);
        two.forEach(one -> check(one, row(rows, one.name())));
    }

    @Test
    void onlyTheFileOfTheTaskIsTaken() throws Exception {
        Path submissions = shared.resolve("submissions/files");
        Path student = submissions.resolve("eve");
        Folders.write(student.resolve("Twice.java"), Handed.STUB);
        Folders.write(
                student.resolve("Assertions.java"),
                "package org.junit.jupiter.api; public class Assertions {}");
        Folders.write(
                student.resolve("lesson01-create/src/test/java/lesson01/homework/TwiceTest.java"),
                "package lesson01.homework; class TwiceTest {}");
        Folders.write(
                student.resolve("lesson01-create/target/surefire-reports/TEST-x.xml"), "<x/>");
        Path links = Files.createDirectories(submissions.resolve("links"));
        Files.createSymbolicLink(links.resolve("Twice.java"), student.resolve("Twice.java"));
        List<Row> rows = grade(Submission.in(submissions));
        assertEquals("not started", row(rows, "eve").state());
        assertEquals("no file", row(rows, "links").state());
    }

    @Test
    void theSameAnswerGetsTheSameRow() throws Exception {
        String wrong =
                Handed.RIGHT.replace(
                        "return 2 * n;",
                        "throw new IllegalStateException(\"\" + new Object() + \" \""
                                + " + java.net.InetAddress.getLoopbackAddress()"
                                + " + \":\" + (32768 + (int) (Math.random() * 20000)));");
        List<Handed> same =
                Stream.of("a", "b", "c")
                        .map(name -> Handed.handed(name, wrong, "wrong", 0))
                        .toList();
        List<Row> rows = grade("same", same);
        long different = rows.stream().map(row -> row.state() + row.open()).distinct().count();
        assertEquals(1, different, "" + rows);
    }

    @Test
    void aCourseThatIsNotSoundIsNotGradedWith() {
        Made made = new Made(folder.resolve("course"));
        made.with(Made.STUB, "throw new ToDo.*", "return 2 * n;");
        String told = refusal(made);
        assertTrue(told.startsWith("the stub of Twice must not pass"), told);
        made.with(Made.TEST, "Twice.twice\\(1\\)", "Twice.thrice(1)");
        told = refusal(made);
        String line =
                "the course does not compile: Twice, TwiceTest.java line 23: cannot find symbol";
        assertTrue(told.startsWith(line), told);
    }

    private static String refusal(Made made) {
        try {
            new Grader(Tasks.in(made.course(), List.of()), cage, SECONDS).close();
            return "";
        } catch (IllegalStateException | IOException | InterruptedException e) {
            return e.getMessage();
        }
    }
}
