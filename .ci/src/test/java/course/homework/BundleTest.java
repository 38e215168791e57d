package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.Course;
import course.Folders;
import course.Jdk;
import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The students' repository is whole by itself, and has no answer in it. */
final class BundleTest {

    private static final Course COURSE = Course.find();

    /** So many lines of an answer, one after another, are a piece of it. */
    private static final int PIECE = 4;

    @TempDir static Path temporary;

    private static Path bundle;

    @BeforeAll
    static void makeBundle() throws IOException {
        bundle = Files.createDirectory(temporary.resolve("bundle")); // an empty one is all right
        try (Program make = bundle(bundle)) {
            make.succeeds();
        }
    }

    private static Program bundle(Object... arguments) {
        List<String> words = new ArrayList<>(List.of("bash", ".ci/bundle"));
        Stream.of(arguments).forEach(argument -> words.add("" + argument));
        return Command.of(COURSE.root(), words).start();
    }

    @ParameterizedTest
    @CsvSource({
        "2, usage: , ''",
        "2, usage: , a b",
        "1, has files in it, FULL",
        "1, has files in it, .",
        "1, is a file, FULL/.hidden",
        "1, cannot make, FULL/.hidden/bundle",
        "1, is inside this repository, .ci/target/bundle"
    })
    void folderThatWillNotDoIsRefusedInOneLine(int status, String words, String folders)
            throws IOException {
        Path full = Files.createDirectories(temporary.resolve("full"));
        Files.write(full.resolve(".hidden"), new byte[0]);
        String named = folders.replace("FULL", "" + full);
        try (Program refused = bundle((Object[]) named.split(" "))) {
            assertEquals(status, refused.status());
            List<String> said = refused.err().text().lines().toList(); // waits for its end
            assertTrue(said.size() == 1 && said.get(0).contains(words), "" + said);
        }
        assertTrue(Files.notExists(COURSE.target().resolve("bundle")));
        assertEquals(List.of(full.resolve(".hidden")), Folders.files(full));
    }

    private static List<String> git(Path folder, String arguments) {
        return Command.bash(folder, "git " + arguments).lines();
    }

    @Test
    void theBundleIsOneCommitOfEverythingButTheCoursesOwn() {
        List<String> all = new ArrayList<>(git(COURSE.root(), "ls-tree -r --name-only HEAD"));
        all.removeIf(file -> file.matches("[.]ci/.*|[.]github/.*|lesson[^/]*/src/homework/.*"));
        assertEquals(all, git(bundle, "ls-tree -r --name-only main"));
        assertEquals(List.of("1"), git(bundle, "rev-list --count main"));
        assertEquals(List.of(), git(bundle, "status --porcelain --ignored"));
    }

    @Test
    void anArchiveOfTheBundleLeavesNothingOut() {
        assertEquals(
                git(bundle, "ls-files | LC_ALL=C sort"),
                git(bundle, "archive HEAD | tar -t | grep -v '/$' | LC_ALL=C sort"));
    }

    /** The lines that say something: no comment, no import, no lone brace. */
    private static List<String> code(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.matches("(//|/?[*]|@|import |package |<!--|```).*"))
                .filter(line -> line.length() >= 8 && line.matches(".*[a-z].*"))
                .toList();
    }

    /** All pieces of {@code lines} that are not in the stub of the task. */
    private static Set<List<String>> pieces(List<String> lines, Set<String> stub) {
        List<String> code = code(lines);
        Set<List<String>> pieces = new HashSet<>();
        for (int i = 0; i + PIECE <= code.size(); i++) {
            List<String> piece = code.subList(i, i + PIECE);
            if (!stub.containsAll(piece)) {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private static Map<List<String>, Path> answers() {
        Map<List<String>, Path> answers = new HashMap<>();
        Faults faults = new Faults(COURSE.root());
        for (Task task : Tasks.in(COURSE, List.of())) {
            Set<String> stub = Set.copyOf(code(Folders.lines(task.stub())));
            for (Answer answer : Answers.of(task, faults)) {
                if (!answer.isStub()) {
                    pieces(answer.lines(), stub).forEach(p -> answers.put(p, answer.file()));
                }
            }
        }
        return answers;
    }

    private static List<String> found(List<String> lines, Map<List<String>, Path> answers) {
        return pieces(lines, Set.of()).stream()
                .filter(answers::containsKey)
                .map(piece -> COURSE.shown(answers.get(piece)) + ": " + piece)
                .toList();
    }

    @Test
    void noPieceOfAnAnswerIsInTheBundle() {
        Map<List<String>, Path> answers = answers();
        assertTrue(answers.size() > 1000, "only " + answers.size() + " pieces of answers");
        for (String file : git(bundle, "ls-files")) {
            if (file.matches(".*[.](java|md|xml|json|properties)")) {
                List<String> lines = Folders.lines(bundle.resolve(file));
                assertEquals(List.of(), found(lines, answers), file);
            }
        }
        Task any = Tasks.in(COURSE, List.of()).get(0);
        Path copied = any.solution(any.solutions().get(0));
        assertTrue(!found(Folders.lines(copied), answers).isEmpty(), "a copy is not found");
    }

    @Test
    void thePagesOfTheBundleLinkWhatIsThere() {
        List<String> words = new ArrayList<>(List.of(Jdk.program("java")));
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        words.add("-Dcourse.root=" + bundle);
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.addAll(List.of("course.readme.Main", "Links"));
        try (Program links = Command.of(bundle, words).merged().start()) {
            assertEquals(0, links.status(), () -> "" + links.out());
        }
    }
}
