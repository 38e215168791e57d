package course.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.Course;
import course.Jdk;
import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A student's copy under each Maven that a student may have: the oldest that the course allows, and
 * the newest of 3.9 and of 4, each from its own zip; and without a network, after one command.
 */
@Order(2)
final class MavenVersionsTest {

    private static final Course COURSE = Course.find();

    /** One lesson stands for all: they have one shape of pom. */
    private static final String LESSON = "lesson03-connect-accept";

    /** The longest that Maven may take to fetch everything, or to run every test. */
    private static final int SECONDS = 500;

    /** A few tests need what all of them need, and the others have nothing to do with Maven. */
    private static final String FEW = "-Dtest=PairTest";

    @TempDir static Path temporary;

    private static Path copy;

    @BeforeAll
    static void makeCopy() {
        assumeTrue(Jdk.version() == 17, "left out: Maven's versions are tried on JDK 17 alone");
        copy = temporary.resolve("copy");
        try (Program make = Command.of(COURSE.root(), "bash", ".ci/bundle", "" + copy).start()) {
            make.succeeds();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6.3", "3.9.16", "4.0.0-rc-6"})
    void versionVerifiesShowsTheDemoAndTellsAFailure(String version) {
        String mvn = maven(version);
        List<String> all =
                Command.of(copy, mvn, "-B", "-ntp", "verify", "exec:java", FEW, "-pl", LESSON)
                        .lines();
        assertTrue(all.contains("[INFO] BUILD SUCCESS"), "" + all);
        assertTrue(all.stream().anyMatch(line -> line.contains("client: connect")), "" + all);
        // Maven 4 swallows standard error under -q; the root page says what to add.
        List<String> quiet =
                version.startsWith("4") ? List.of("-q", "--raw-streams") : List.of("-q");
        List<String> client =
                lines(mvn, quiet, "compile", "exec:java@client", "-pl", LESSON, "-Dexec.args=a..b");
        assertEquals(
                "client: nobody knows the host in a..b/<unresolved>:5003 (a..b)."
                        + " Check how it is spelled.",
                String.join("\n", client));
    }

    /** The root page names the command for a classroom without a network. */
    @Test
    void whatAStudentRunsWorksOfflineAfterOneCommand() {
        passes("verify", "exec:java", FEW, "-pl", LESSON);
        List<String> all =
                passes("-o", "verify", "exec:java", "exec:java@lab", "-Dhomework", "-pl", LESSON);
        assertTrue(all.stream().anyMatch(line -> line.startsWith("client: connect")), "" + all);
        assertTrue(all.stream().anyMatch(line -> line.startsWith("Lab 3: ")), "" + all);
        List<String> states = new ArrayList<>(all);
        states.removeIf(line -> !line.matches(".* of +\\d+ tests.*"));
        assertEquals(2, states.size(), "" + states);
        states.forEach(state -> assertTrue(state.matches(".* not started +0 of .*"), state));
        Command strict = student("-o", "-fae", "test", "-Dhomework=strict", "-pl", LESSON);
        try (Program maven = strict.merged().start()) {
            assertEquals(1, maven.status(SECONDS), () -> "" + maven.out());
            assertTrue(maven.out().text().contains("not started: "), "" + maven.out());
        }
    }

    /** Maven in the student's copy, with a repository that nothing was fetched into before. */
    private static Command student(String... words) {
        String repository = "-Dmaven.repo.local=" + temporary.resolve("repository");
        return Command.of(copy, "mvn", "-B", "-ntp", repository).with(words);
    }

    private static List<String> passes(String... words) {
        try (Program maven = student(words).merged().start()) {
            assertEquals(0, maven.status(SECONDS), () -> List.of(words) + ": " + maven.out());
            return maven.out().text().lines().toList();
        }
    }

    private static List<String> lines(String mvn, List<String> quiet, String... goals) {
        return Command.of(copy, mvn).with(quiet.toArray(String[]::new)).with(goals).lines().stream()
                .map(line -> line.replaceAll("\033\\[[0-9;]*m", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Returns the program {@code mvn} of a version, fetched and unpacked once. */
    private static String maven(String version) {
        Path folder = COURSE.target().resolve("maven");
        Path mvn = folder.resolve("apache-maven-" + version).resolve("bin/mvn");
        if (!Files.exists(mvn)) {
            String plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack";
            String artifact = "-Dartifact=org.apache.maven:apache-maven:" + version + ":zip:bin";
            String[] words = {"-N", "-ntp", plugin, artifact, "-DoutputDirectory=" + folder};
            try (Program fetch = Command.maven(COURSE.root(), words).start()) {
                assumeTrue(fetch.status() == 0, () -> "no Maven " + version + " to be fetched");
            }
            mvn.toFile().setExecutable(true);
        }
        return mvn.toString();
    }
}
