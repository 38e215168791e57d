package course.homework;

import static course.homework.Made.STUB;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.stream.Collectors.joining;

import course.Folders;
import course.Jdk;
import course.process.Command;
import course.process.Output;
import course.process.Program;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a student reads at the end of the tests, in each state. */
@Order(7)
final class SummaryTest {

    private static final Javac JAVAC = new Javac();

    @TempDir static Path folder;

    private static Program jvm;

    /** One JVM runs the tests of all; each time their classes are loaded anew. */
    @BeforeAll
    static void startJvm() throws IOException {
        Files.createDirectories(folder.resolve("target"));
        String main = RunTests.class.getName().replace('.', '/') + ".class";
        try (InputStream in = RunTests.class.getClassLoader().getResourceAsStream(main)) {
            Path copy = folder.resolve("runner").resolve(main);
            Files.createDirectories(copy.getParent());
            Files.copy(in, copy);
        }
        jvm = start();
    }

    @AfterAll
    static void endJvm() {
        jvm.close();
    }

    private static Program start(String... options) {
        List<Path> path = new ArrayList<>(List.of(folder.resolve("runner")));
        path.addAll(Jvms.entries());
        List<String> words = new ArrayList<>(List.of(Jdk.program("java")));
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        words.addAll(List.of(options));
        words.add("-cp");
        words.add(path.stream().map(Path::toString).collect(joining(File.pathSeparator)));
        words.add(RunTests.class.getName());
        return Command.of(folder, words.toArray(String[]::new)).merged().start();
    }

    /** Runs the tests with {@code body} in the stub's only method, and returns what is printed. */
    private static String run(String body, String mode) throws Exception {
        return run(jvm, body, "", mode);
    }

    private static String run(Program jvm, String body, String member, String mode)
            throws Exception {
        Made made = new Made(folder.resolve("course"));
        made.with(STUB, "private Twice", member + " private Twice");
        made.with(STUB, "throw new ToDo.*", body);
        return run(jvm, made, mode);
    }

    private static String run(Program jvm, Made made, String mode) throws Exception {
        Task task = Tasks.in(made.course(), List.of()).get(0);
        Path classes = folder.resolve("classes");
        Folders.delete(classes); // of a run before
        Files.createDirectories(classes);
        List<Path> sources = new ArrayList<>(Frame.sources(task));
        sources.add(task.stub());
        assertEquals(List.of(), JAVAC.compile(sources, Jvms.entries(), classes, Javac.PLAIN));
        Path resources = task.lesson().folder().resolve("src/test/resources");
        for (Path file : Folders.files(resources)) {
            Files.copy(file, classes.resolve("" + file.getFileName()));
        }
        String job = String.join("\t", "" + classes, task.testClass(), mode);
        jvm.say(job + "\n");
        List<String> lines = new ArrayList<>();
        String line = jvm.out().nextLine(Output.PATIENCE_SECONDS);
        for (; !RunTests.END.equals(line); line = jvm.out().nextLine(Output.PATIENCE_SECONDS)) {
            assertNotNull(line, () -> "it has ended: " + lines);
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    private static void says(String printed, String... lines) {
        String all = "(?s).*" + String.join(".*", lines) + ".*";
        assertTrue(printed.matches(all), printed);
    }

    @Test
    void notStarted() throws Exception {
        says(
                run("throw new ToDo(\"this\");", "true"),
                "homework of lesson01\n  Twice             not started   0 of  2 tests\n",
                "next: open Twice.java in src/main/java; its comments say what to do\n",
                "0 failed, 2 aborted");
    }

    @Test
    void begun() throws Exception {
        says(
                run("if (n == 0) return 0; throw new ToDo(\"this\");", "true"),
                "Twice             begun         1 of  2 tests\n",
                "next: in Twice.java this is missing: this\n");
    }

    @Test
    void wrongIsToldByTheSummaryAlone() throws Exception {
        says(
                run("return n - 1;", "true"),
                "Twice             wrong         0 of  2 tests\n"
                        + "next: make the test zeroStaysZero of Twice pass:\n"
                        + "  twice\\(0\\); expected 0; got -1. A sum\\? See hint 1.\n"
                        + "  the contract: Zero stays 0.\n"
                        + "0 failed, 2 aborted");
    }

    @Test
    void wrongFailsWithoutTheOption() throws Exception {
        says(run("return n - 1;", ""), "2 failed, 0 aborted");
    }

    @Test
    void done() throws Exception {
        says(
                run("return 2 * n;", "true"),
                "Twice             done          2 of  2 tests\nnext: nothing, all is done here\n",
                "0 failed, 0 aborted");
    }

    @Test
    void strictFailsWhatIsNotDone() throws Exception {
        says(run("throw new ToDo(\"this\");", "strict"), "2 failed, 0 aborted");
        String aborts = "throw new org.opentest4j.TestAbortedException(\"not started: x\");";
        says(run(aborts, "strict"), "2 failed, 0 aborted");
    }

    @Test
    void noAnswerChangesWhatWasAsked() throws Exception {
        String loads = "static { System.setProperty(\"homework\", \"\"); } ";
        String printed = run(jvm, "throw new ToDo(\"this\");", loads, "strict");
        says(printed, "2 failed, 0 aborted");
    }

    @Test
    void anErrorFailsItsOwnTestOnly() throws Exception {
        says(
                run("return n == 0 ? new int[Integer.MAX_VALUE].length : 2;", "true"),
                "wrong         1 of  2 tests\n",
                "OutOfMemoryError: .*, at Twice.java:\\d+. How much memory does the answer ask"
                        + " for\\?");
        says(
                run("return n == 0 ? twice(n) : 2;", "true"),
                "wrong         1 of  2 tests\n",
                "StackOverflowError, at Twice.java:\\d+. Does a method call itself without an"
                        + " end\\?");
    }

    @Test
    void aClassThatDoesNotInitialiseIsWrong() throws Exception {
        String field = "static final int ONE = Integer.parseInt(\"one\"); ";
        says(
                run(jvm, "return 2 * n;", field, "true"),
                "wrong         0 of  2 tests\n",
                "NumberFormatException.*, at Twice.java:\\d+. Do the static fields of a class"
                        + " fail");
    }

    @Test
    void anExceptionOfATestIsAtNoLineOfTheAnswer() throws Exception {
        Made made = new Made(folder.resolve("course"));
        made.with(STUB, "throw new ToDo.*", "return 2 * n;")
                .with(Made.TEST, "Tried.to.*A sum.*", "\"\".charAt(9);");
        String printed = run(jvm, made, "true");
        says(printed, "wrong         1 of  2 tests\n", "StringIndexOutOfBoundsException: ");
        assertTrue(!printed.contains(", at "), printed);
    }

    @Test
    void stackTracesAreFolded() throws Exception {
        String body =
                "for (int i = 0; i < 50; i++) new IllegalStateException(\"i\" + i,"
                        + " new RuntimeException(\"cause\")).printStackTrace();"
                        + " System.err.println(\"a word\"); return 2 * n;";
        String printed = run(body, "true");
        says(
                printed,
                "a word\na word\nstack traces of java.lang.IllegalStateException: 100, in"
                        + " target.stack-traces.txt\nhomework of");
        assertTrue(!printed.contains("\tat "), printed);
        String kept = Files.readString(folder.resolve("target/stack-traces.txt"));
        assertTrue(kept.contains("IllegalStateException: i49\n\tat lesson01"), kept);
        assertTrue(kept.contains("Caused by: java.lang.RuntimeException: cause"), kept);
    }

    @Test
    void digitsAreThoseOfTheTestsInEveryLanguage() throws Exception {
        try (Program arabic = start("-Duser.language=ar", "-Duser.country=EG")) {
            says(
                    run(arabic, "return n - 1;", "", "true"),
                    "wrong         0 of  2 tests\n",
                    "expected 0; got -1. A sum\\? See hint 1.");
        }
    }

    @Test
    void stagesAreShown() throws Exception {
        Made made = new Made(folder.resolve("course"));
        made.with(STUB, "throw new ToDo.*", "return n;")
                .with(Made.TEST, "@Order\\(1\\)", "@Order(1) @Stage(\"none\")")
                .with(Made.TEST, "@Order\\(2\\)", "@Order(2) @Stage(\"one\")");
        says(
                run(jvm, made, "true"),
                "Twice             wrong         1 of  2 tests: none done, one 0 of 1\n");
    }

    @Test
    void aMessageOfTheBuilderIsAQuestionWithAHint() throws Exception {
        Made made = new Made(folder.resolve("course"));
        made.with(STUB, "throw new ToDo.*", "return 2 * n;")
                .with(Made.TEST, "A sum[?]\", 1", "A sum.\", 1")
                .with(Made.TEST, "A product[?]\", 2", "A product?\", 4");
        says(run(jvm, made, ""), "no question, or no hint: A sum. 1", "2 failed, 0 aborted");
    }
}
