package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hands in what people hand in, and what tries to fool the grader: each gets what it has earned.
 */
final class GraderTest {

    /** How long the tests of one answer may take, where they end. */
    private static final int SECONDS = 120;

    /** And where they do not. */
    private static final int SHORT = 10;

    @TempDir Path folder;

    /** An answer, and the row that it must get. */
    private record Handed(String name, String source, String state, int done) {}

    private static final String RIGHT =
            """
            package lesson01.homework;
            final class Twice {
                private Twice() {}
                static int twice(int n) {
                    return 2 * n;
                }
            }
            """;

    private static final String STUB = RIGHT.replace("return 2 * n", "throw new ToDo(\"twice\")");

    /** The stub with code that runs when its class loads. */
    private static Handed first(String name, String code, String state, int done) {
        return handed(name, STUB, code, state, done);
    }

    private static Handed handed(String name, String base, String code, String state, int done) {
        String run =
                "static { try { if (run()) {} } catch (Exception e) {"
                        + " throw new IllegalStateException(e); } }"
                        + " private static boolean run() throws Exception { "
                        + code
                        + " return true; }";
        String source = base.replace("private Twice() {}", "private Twice() {} " + run);
        return new Handed(name, source, state, done);
    }

    private static Handed handed(String name, String source, String state, int done) {
        return new Handed(name, source, state, done);
    }

    private static List<Handed> all() {
        List<Handed> all = new ArrayList<>(ordinary());
        all.addAll(liars());
        all.addAll(vandals());
        return all;
    }

    private static List<Handed> ordinary() {
        return List.of(
                handed("right", RIGHT, "done", 2),
                handed("stub", STUB, "not started", 0),
                handed(
                        "begun",
                        RIGHT.replace("return", "if (n > 0) throw new ToDo(\"x\"); return"),
                        "begun",
                        1),
                handed("wrong", RIGHT.replace("2 * n", "n * n"), "wrong", 1),
                handed(
                        "no end of file",
                        "package lesson01.homework; class Twice {",
                        "does not compile: line 1: reached end of file.*",
                        0),
                handed(
                        "other package",
                        RIGHT.replace("lesson01.", ""),
                        "does not compile: TwiceTest.java line .*",
                        0),
                handed(
                        "other signature",
                        RIGHT.replace("int n", "String n").replace("2 * n", "2"),
                        "does not compile: TwiceTest.java line .*",
                        0),
                handed("byte order mark and CRLF", RIGHT.replace("\n", "\r\n"), "done", 2));
    }

    /** They claim more than they have done. */
    private static List<Handed> liars() {
        String forged = "1\\tzeroStaysZero\\tpassed\\t\\n1\\toneIsTwo\\tpassed\\t\\nend\\tclean\\n";
        String print =
                "var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);"
                        + " out.write(\""
                        + forged
                        + "\".getBytes()); out.flush();";
        return List.of(
                first(
                        "sets the property",
                        "System.setProperty(\"homework\", \"\");",
                        "not started",
                        0),
                first("forges results", print, "not started", 0),
                first(
                        "forges results and halts",
                        print + " Runtime.getRuntime().halt(0);",
                        "ended the JVM, in zeroStaysZero",
                        0),
                handed(
                        "aborts",
                        RIGHT.replace(
                                "return 2 * n",
                                "throw new org.opentest4j.TestAbortedException(\"x\")"),
                        "wrong",
                        0),
                handed(
                        "aborts as if not started",
                        RIGHT.replace(
                                "return 2 * n",
                                "throw new org.opentest4j.TestAbortedException(\"not started:"
                                        + " x\")"),
                        "not started",
                        0),
                handed(
                        "brings its own builder",
                        STUB + "final class Tried {}",
                        "does not compile: .*duplicate class.*",
                        0),
                handed(
                        "brings its own test",
                        STUB + "final class TwiceTest {}",
                        "does not compile: .*duplicate class.*",
                        0),
                handed(
                        "brings its own ToDo",
                        STUB + "final class ToDo extends RuntimeException {}",
                        "does not compile: .*",
                        0),
                first("exits", "System.exit(0);", "ended the JVM, in zeroStaysZero", 0),
                handed(
                        "exits in the second test",
                        RIGHT.replace("return", "if (n == 1) System.exit(0); return"),
                        "ended the JVM, in oneIsTwo",
                        1));
    }

    /** They disturb. */
    private static List<Handed> vandals() {
        String start = "new ProcessBuilder(%s).inheritIO().start();";
        String child = start.formatted("\"sleep\", \"43210\"");
        String away = start.formatted("\"setsid\", \"sleep\", \"43210\"");
        return List.of(
                first(
                        "eats memory",
                        "var all = new java.util.ArrayList<byte[]>();"
                                + " while (n != 1) all.add(new byte[1 << 20]);"
                                        .replace("n != 1", "all.size() >= 0"),
                        "wrong",
                        0),
                handed(
                        "has no memory at the second call",
                        RIGHT.replace("return", "if (n == 1) throw new OutOfMemoryError(); return"),
                        "wrong",
                        1),
                handed("overflows", RIGHT.replace("2 * n", "twice(n) + 1"), "wrong", 0),
                handed("starts threads", RIGHT, threads(), "done", 2),
                handed("leaves a child", RIGHT, child, "done", 2),
                handed("leaves a child in a session of its own", RIGHT, away, "done", 2),
                handed(
                        "prints",
                        RIGHT,
                        "for (int i = 0; i < 100_000; i++)"
                                + " System.out.println(\"x\".repeat(1000));",
                        "done",
                        2),
                first(
                        "floods the descriptor",
                        "var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);"
                                + " while (out != null) out.write(new byte[1 << 20]);",
                        "printed more than 64 MB, in zeroStaysZero",
                        0),
                handed(
                        "nests",
                        "package lesson01.homework; final class Twice { int x = "
                                + "(".repeat(20_000)
                                + "1"
                                + ")".repeat(20_000)
                                + "; }",
                        "does not compile: .*",
                        0),
                handed("is large", RIGHT + "//" + "x".repeat(2 << 20), "larger than 1 MB", 0));
    }

    private static String threads() {
        return "for (int i = 0; i < 100; i++) { var t = new Thread(() -> {"
                + " java.util.concurrent.locks.LockSupport.park(); }); t.start(); }";
    }

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
        Made made = new Made(folder.resolve("course"));
        try (Grader grader = new Grader(Tasks.in(made.course(), List.of()), cage, seconds)) {
            return grader.grade(submissions, 4, row -> {});
        }
    }

    private Cage cage() {
        return new Cage(List.of(folder.resolve("course"), folder.resolve("submissions")));
    }

    @TestFactory
    Stream<DynamicTest> eachGetsWhatItHasEarned() throws Exception {
        List<Handed> all = all();
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
                        first(
                                "never ends",
                                "while (Math.random() >= 0) Thread.onSpinWait();",
                                "no end after 10 s, in zeroStaysZero",
                                0),
                        handed(
                                "ends in one test",
                                RIGHT.replace(
                                        "return", "while (n == 1) Thread.onSpinWait(); return"),
                                "no end after 10 s, in oneIsTwo",
                                1),
                        first("never exits", hook, "no end after 10 s, in zeroStaysZero", 0));
        List<Row> rows = grade(write(all), cage(), SHORT);
        return all.stream()
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.name(), () -> check(one, row(rows, one.name()))));
    }

    private static void check(Handed handed, Row row) {
        assertTrue(row.state().matches("(?s)" + handed.state()), row.line());
        assertEquals(handed.done(), row.done(), row.line());
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
                vandals().stream().filter(one -> one.name().startsWith("leaves")).toList();
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
                        handed(
                                "a",
                                RIGHT,
                                find.formatted(folder.resolve("submissions")),
                                "done",
                                2),
                        handed("b", RIGHT, find.formatted(folder.resolve("course")), "done", 2));
        List<Row> rows = grade(write(two), cage(), SECONDS);
        two.forEach(one -> check(one, row(rows, one.name())));
    }

    @Test
    void onlyTheFileOfTheTaskIsTaken() throws Exception {
        Path student = folder.resolve("submissions/eve");
        Folders.write(student.resolve("Twice.java"), STUB);
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
                RIGHT.replace(
                        "return 2 * n;",
                        "throw new IllegalStateException(\"\" + new Object()"
                                + " + java.net.InetAddress.getLoopbackAddress()"
                                + " + \":\" + (32768 + (int) (Math.random() * 20000)));");
        List<Handed> same =
                Stream.of("a", "b", "c").map(name -> handed(name, wrong, "wrong", 0)).toList();
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
