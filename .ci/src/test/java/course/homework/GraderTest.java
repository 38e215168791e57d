package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.Folders;

import org.junit.jupiter.api.DynamicTest;
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
final class GraderTest {

    /** How long the tests of one answer may take, where they end. */
    private static final int SECONDS = 120;

    /** And where they do not. */
    private static final int SHORT = 6;

    @TempDir Path folder;

    private List<Submission> write(List<Handed> handed) {
        Path submissions = folder.resolve("submissions");
        handed.forEach(
                one ->
                        Folders.write(
                                submissions.resolve(one.name()).resolve("Twice.java"),
                                one.source()));
        return Submission.in(submissions);
    }

    private List<Row> grade(List<Submission> submissions, Cage cage, int seconds) throws Exception {
        return grade(submissions, cage, seconds, 2);
    }

    private List<Row> grade(List<Submission> submissions, Cage cage, int seconds, int slower)
            throws Exception {
        Made made = new Made(folder.resolve("course"));
        try (Grader grader =
                new Grader(Tasks.in(made.course(), List.of()), cage, seconds, slower)) {
            return grader.grade(submissions, 4, row -> {});
        }
    }

    private Cage cage() {
        return new Cage(List.of(folder.resolve("course"), folder.resolve("submissions")));
    }

    @TestFactory
    Stream<DynamicTest> eachGetsWhatItHasEarned() throws Exception {
        List<Handed> all = Handed.all();
        List<Row> rows = grade(write(all), cage(), SECONDS);
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
        String hook =
                "Runtime.getRuntime().addShutdownHook(new Thread(() -> {"
                        + " while (true) Thread.onSpinWait(); })); System.exit(0);";
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
                                        "return", "while (n == 1) Thread.onSpinWait(); return"),
                                "no end after 6 s.*",
                                1),
                        Handed.first("never exits", hook, "no end after 6 s.*", 0));
        List<Row> rows = grade(write(all), cage(), SHORT, 0);
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
        List<Row> rows = grade(write(some), new Cage(List.of(), false), SECONDS);
        some.forEach(one -> check(one, row(rows, one.name())));
        assertEquals("[]", "" + sleepers(), "processes left behind");
    }

    @Test
    void noAnswerSeesAnotherNorTheCourse() throws Exception {
        assumeTrue(cage().description().startsWith("each answer runs alone"), "no unshare here");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
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
                                find.formatted(folder.resolve("submissions")),
                                "done",
                                2),
                        Handed.handed(
                                "b",
                                Handed.RIGHT,
                                find.formatted(folder.resolve("course")),
                                "done",
                                2));
        List<Row> rows = grade(write(two), cage(), SECONDS);
        two.forEach(one -> check(one, row(rows, one.name())));
    }

    @Test
    void onlyTheFileOfTheTaskIsTaken() throws Exception {
        Path student = folder.resolve("submissions/eve");
        Folders.write(student.resolve("Twice.java"), Handed.STUB);
        Folders.write(
                student.resolve("Assertions.java"),
                "package org.junit.jupiter.api; public class Assertions {}");
        Folders.write(
                student.resolve("lesson01-create/src/test/java/lesson01/homework/TwiceTest.java"),
                "package lesson01.homework; class TwiceTest {}");
        Folders.write(
                student.resolve("lesson01-create/target/surefire-reports/TEST-x.xml"), "<x/>");
        Path links = Files.createDirectories(folder.resolve("submissions/links"));
        Files.createSymbolicLink(links.resolve("Twice.java"), student.resolve("Twice.java"));
        List<Row> rows = grade(Submission.in(folder.resolve("submissions")), cage(), SECONDS);
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
        List<Row> rows = grade(write(same), cage(), SECONDS);
        long different = rows.stream().map(row -> row.state() + row.open()).distinct().count();
        assertEquals(1, different, "" + rows);
    }

    @Test
    void aCourseThatIsNotSoundIsNotGradedWith() {
        Made made = new Made(folder.resolve("course"));
        made.with(Made.STUB, "throw new ToDo.*", "return 2 * n;");
        String told = "";
        try {
            new Grader(Tasks.in(made.course(), List.of()), cage(), SECONDS).close();
        } catch (IllegalStateException | IOException | InterruptedException e) {
            told = e.getMessage();
        }
        assertTrue(told.startsWith("the stub of Twice must not pass"), told);
    }
}
