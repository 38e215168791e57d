package course.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import course.Copies;
import course.Course;
import course.Lesson;
import course.process.Program;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A student's copy, opened in Eclipse's language server with m2e, which is also what VS Code's Java
 * pack runs: what is shown beside the lines, and what the run buttons start.
 */
@Order(5)
final class EclipseTest {

    private static final Course COURSE = Course.find();

    @TempDir static Path temporary;

    private static Eclipse eclipse;
    private static Course copy;
    private static LanguageServer server;

    @BeforeAll
    static void openTheCourse() throws IOException {
        eclipse = Eclipse.fetch(COURSE);
        copy = Copies.students(COURSE, temporary.resolve("a copy"));
        server = eclipse.open(copy.root(), temporary.resolve("data"));
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
    }

    /**
     * Returns what is shown, once all of it is shown. Problems are told some time after a build, in
     * no order; but those of a file that is made later are told later. So the first of two such
     * files comes with the last of the problems, and the second after them.
     */
    private static List<String> problems(LanguageServer server, Lesson lesson) throws IOException {
        for (String name : List.of("FirstCanary", "SecondCanary")) {
            String code = "package %s;\n\nimport java.util.List;\n\nclass %s {}\n";
            Path file = lesson.test(name);
            Files.writeString(file, code.formatted(lesson.packageName(), name));
            server.awaitProblem(file);
        }
        return server.problems().stream().filter(line -> !line.contains("Canary")).toList();
    }

    @Test
    void nothingIsWrongInTheCourse() throws IOException {
        assertEquals(List.of(), problems(server, copy.lesson(1)));
    }

    @Test
    void norInALessonThatIsOpenedAlone() throws IOException {
        Lesson lesson = Copies.students(COURSE, temporary.resolve("another copy")).lesson(3);
        Path data = temporary.resolve("other data");
        try (LanguageServer other = eclipse.open(lesson.folder(), data)) {
            assertEquals(List.of(), problems(other, lesson));
        }
    }

    /** Eclipse before JUnit 6 needs the launcher among the lessons' own dependencies. */
    @Test
    void anOlderEclipseRunsATestClass() throws IOException {
        Lesson lesson = copy.lesson(3);
        String uri = LanguageServer.uri(lesson.folder());
        JsonNode found = server.command("java.project.getClasspaths", uri, "{\"scope\":\"test\"}");
        List<String> path = new ArrayList<>();
        found.path("classpaths").forEach(entry -> path.add(entry.asText()));
        path.add("" + eclipse.plugin("org.eclipse.jdt.junit.runtime"));
        path.add("" + eclipse.testLoader());
        List<String> told = TestView.of(lesson, path, lesson.packageName() + ".PairTest");
        List<String> kinds = told.stream().map(line -> line.split(" ")[0].strip()).toList();
        int ended = Collections.frequency(kinds, "%TESTE");
        assertTrue(ended > 0, () -> "" + told);
        assertEquals("%TESTC  " + ended + " v2", told.get(0));
        assertEquals(0, Collections.frequency(kinds, "%FAILED"), () -> "" + told);
        assertEquals(0, Collections.frequency(kinds, "%ERROR"), () -> "" + told);
    }

    private static JsonNode list() throws IOException {
        return new ObjectMapper().readTree(copy.root().resolve(".vscode/launch.json").toFile());
    }

    @Test
    void eachEntryOfTheListFindsItsProgram() throws IOException {
        List<String> known = new ArrayList<>();
        String uri = LanguageServer.uri(copy.root());
        for (JsonNode main : server.command("vscode.java.resolveMainClass", uri)) {
            known.add(main.path("projectName").asText() + " " + main.path("mainClass").asText());
        }
        for (JsonNode entry : list().path("configurations")) {
            String project = entry.path("projectName").asText();
            String main = entry.path("mainClass").asText();
            assertTrue(known.contains(project + " " + main), () -> entry + " is not in " + known);
            JsonNode classes = server.command("vscode.java.resolveClasspath", main, project).get(1);
            String file = main.replace('.', '/') + ".class";
            assertEquals(1, classes.size(), "" + classes);
            assertTrue(Files.exists(Path.of(classes.get(0).asText(), file)), "" + classes);
        }
    }

    static Stream<JsonNode> pairs() throws IOException {
        return StreamSupport.stream(list().path("compounds").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @ResourceLock(Course.PORTS)
    void aPairStartsTheServerFirst(JsonNode pair) throws Exception {
        List<Debugger> started = new ArrayList<>();
        try {
            for (JsonNode name : pair.path("configurations")) {
                start(name, started);
            }
            assertEquals(2, started.size());
            Program client = started.get(1).program();
            client.say("Hello\n");
            client.endInput();
            assertEquals(0, client.status(), client.out()::toString);
            started.get(1).awaitEnd();
            started.get(0).stop();
        } finally {
            for (Debugger debugger : started) {
                debugger.close();
            }
        }
    }

    /** Starts an entry, and what VS Code starts when a line of it is shown. */
    private static void start(JsonNode name, List<Debugger> started) throws Exception {
        for (JsonNode entry : list().path("configurations")) {
            if (entry.path("name").equals(name)) {
                Debugger debugger = new Debugger(server, entry, copy.root());
                started.add(debugger);
                JsonNode next = entry.path("serverReadyAction");
                if (!next.isMissingNode()) {
                    debugger.program().out().await(next.path("pattern").asText() + ".*");
                    start(next.path("name"), started);
                }
            }
        }
    }
}
