package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import course.Course;
import course.Folders;
import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs what the page for teachers shows, in a clone, with a class of two. */
@Order(4)
final class TeachingTest {

    private static final Course COURSE = Course.find();
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern STEP = Pattern.compile("(?m)^ +run: \\|\n((?: {10}.*\n|\n)+)");
    private static final String MESSAGES = "submissions-messages";

    @TempDir static Path folder;

    private static Path clone;
    private static final List<String> BLOCKS = new ArrayList<>();
    private static final List<String> STEPS = new ArrayList<>();

    @BeforeAll
    static void makeCloneAndClass() throws Exception {
        String page = Folders.read(COURSE.root().resolve(".github/TEACHING.md"));
        Matcher fence = FENCE.matcher(page);
        while (fence.find()) {
            if (fence.group(1).equals("yaml")) {
                Matcher step = STEP.matcher(fence.group(2));
                while (step.find()) {
                    STEPS.add(step.group(1).replaceAll("(?m)^ {10}", ""));
                }
            } else if (fence.group(2).matches("(?s)(bash|mvn) .*")) {
                BLOCKS.add(fence.group(2));
            }
        }
        clone = folder.resolve("course");
        run(folder, "git clone -q '" + COURSE.root() + "' course");
        compiled(clone.resolve(".ci/target"));
        Task task = Tasks.in(COURSE, List.of("Dialer")).get(0);
        Path right = task.solution(task.solutions().get(0));
        Path ann = folder.resolve("submissions/ann/a/b/lesson03/homework/Dialer.java");
        Folders.write(ann, Folders.read(right));
        Folders.write(folder.resolve("submissions/ben/Dialer.java"), Folders.read(task.stub()));
    }

    /** Makes what {@code .ci/java} makes; the workflow's clone has nothing, and lets it. */
    private static void compiled(Path target) throws Exception {
        Path classes = Path.of(Jvms.source(Grade.class));
        for (Path file : Folders.files(classes)) {
            Path copy = target.resolve("classes/" + classes.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        Folders.write(target.resolve("class-path"), System.getProperty("java.class.path"));
    }

    private static String run(Path where, String commands) {
        return run(Command.bash(where, "set -euo pipefail\n" + commands), 0);
    }

    private static String run(Command command, int status) {
        try (Program program = command.start()) {
            program.endInput();
            assertEquals(status, program.status(900), () -> "" + program.out() + program.err());
            return program.out().text();
        }
    }

    private static String block(String words) {
        List<String> found = BLOCKS.stream().filter(block -> block.contains(words)).toList();
        assertEquals(1, found.size(), "blocks of TEACHING.md with " + words);
        return found.get(0);
    }

    private static List<String> columns(String csv) {
        return csv.lines()
                .map(row -> row.split(",", 4))
                .map(row -> String.join(",", row[0], row[1], row[2]))
                .toList();
    }

    @Test
    void eachCommandOfThePageIsRunHere() {
        List<String> known =
                List.of("/bundle", "/grade ", "/autograder ", "-Dhomework=strict", "/mistake open");
        for (String block : BLOCKS) {
            assertEquals(1, known.stream().filter(block::contains).count(), block);
        }
        assertEquals(known.size(), BLOCKS.size());
        assertEquals(2, STEPS.size());
    }

    @Test
    void aClassIsGraded() {
        run(clone, block("/grade ").replace("lesson03", "Dialer"));
        String csv = Folders.read(clone.resolve("grades.csv"));
        List<String> expected =
                List.of("student,task,state", "ann,Dialer,done", "ben,Dialer,not started");
        assertEquals(expected, columns(csv));
        String page = Folders.read(COURSE.root().resolve(".github/TEACHING.md"));
        expected.forEach(row -> assertTrue(page.contains("\n" + row + ","), row));
        String messages = Folders.read(folder.resolve(MESSAGES + "/ben.txt"));
        assertTrue(messages.startsWith("ben, Dialer: not started, 0 of "), messages);
    }

    @Test
    void gradeSaysWhatItWants() {
        run(Command.bash(clone, "bash .ci/grade"), 2);
        run(Command.bash(clone, "bash .ci/grade nowhere"), 1);
        run(Command.bash(clone, "bash .ci/grade lesson03-connect-accept/src/test/resources"), 1);
        run(Command.bash(clone, "bash .ci/grade ../submissions Dialler"), 1);
        run(Command.bash(clone, "bash .ci/autograder"), 2);
        run(Command.bash(clone, "bash .ci/autograder ../x Dialler"), 1);
    }

    @Test
    void whatGradescopeGetsRunsAlone() throws Exception {
        run(clone, block("/autograder ").replace("../autograder lesson03", "../alone Dialer"));
        Path home = Files.createDirectories(folder.resolve("gradescope"));
        run(home, "mkdir -p source; cd source; unzip -q ../../alone/gradescope.zip");
        assertTrue(Files.isExecutable(home.resolve("source/run_autograder")));
        run(home, "cp source/run_autograder .; cp -r ../submissions/ann submission");
        run(home, "bash source/setup.sh; ./run_autograder");
        JsonNode results = json(home.resolve("results/results.json"));
        assertTrue(results.get("tests").size() > 5, "" + results);
        results.get("tests").forEach(test -> assertEquals(1, test.get("score").asInt(), "" + test));
        String inside = String.join("\n", Command.bash(home, "find source").lines());
        assertTrue(!inside.contains("src/homework"), inside);
    }

    @Test
    void whatClassroom50GetsRunsInTheCheckout() throws Exception {
        run(clone, "bash .ci/autograder ../class50 Dialer");
        Path checkout = Files.createDirectories(folder.resolve("checkout"));
        run(checkout, "cp -r ../submissions/ann/. .; ln -s /etc/passwd result.json");
        String names =
                "CLASSROOM=c ASSIGNMENT=a SUBMISSION_TAG=t COMMIT_URL=u RELEASE_URL=r python3 ";
        run(checkout, names + "../class50/classroom50/autograder.py");
        JsonNode result = json(checkout.resolve("result.json"));
        assertEquals("classroom50/result/v1", result.get("schema").asText());
        assertEquals("[c, a, t, u, r, u]", "" + texts(result));
        assertTrue(result.get("datetime").asText().matches("[\\d-]+T[\\d:]+Z"), "" + result);
        assertEquals(result.get("max-score"), result.get("score"), "" + result);
        assertTrue(result.get("tests").size() > 5, "" + result);
    }

    private static List<String> texts(JsonNode result) {
        return List.of("classroom", "assignment", "submission", "commit", "release", "review")
                .stream()
                .map(name -> result.get(name).asText())
                .toList();
    }

    private static JsonNode json(Path file) throws Exception {
        return new ObjectMapper().readTree(file.toFile());
    }

    /** The steps of the workflow, with a program for sudo and folders for repositories. */
    @Test
    void theWorkflowGrades() throws Exception {
        Path home = Files.createDirectories(folder.resolve("actions"));
        run(home, "git clone -q ../course course; mkdir bin");
        run(home, "echo 'exec \"$@\"' > bin/sudo; chmod +x bin/sudo");
        run(home, "cp -r ../submissions/ben repository; cd repository; git init -q; git add .");
        String me = "git -c user.name=b -c user.email=b@localhost commit -q -m b";
        run(home, "cd repository; " + me);
        run(home, "printf 'ben ../repository\\ncid ../nothing\\n' > course/students.txt");
        String env = "export PATH=$PWD/../bin:$PATH GITHUB_STEP_SUMMARY=$PWD/../summary TOKEN=x;\n";
        run(home.resolve("course"), env + STEPS.get(0));
        run(
                home.resolve("course"),
                env + STEPS.get(1).replace("../submissions", "../submissions Dialer"));
        assertEquals(
                List.of("student,task,state", "ben,Dialer,not started", "cid,Dialer,no file"),
                columns(Folders.read(home.resolve("summary"))));
    }

    @Test
    void aMistakeIsOpenedSavedAndProved() {
        String mistake = "SocketState forgets-bound"; // of a task that is proved in no time
        String block = block("/mistake open").replace("Dialer leaks-failed-sockets", mistake);
        String[] lines = block.replace("Dialer", "SocketState").split("\n");
        String opened = run(clone, lines[0]).strip();
        Folders.write(Path.of(opened), Folders.read(Path.of(opened)));
        run(clone, lines[1]);
        assertEquals(List.of(), Command.bash(clone, "git status --porcelain lesson*").lines());
        run(clone, lines[2]);
    }
}
