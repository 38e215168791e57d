package course.maven;

import static course.maven.MavenVersionsTest.FEW;
import static course.maven.MavenVersionsTest.LESSON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.Jdk;
import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A student's copy without a network, after one command that fetches what Maven needs. */
@Order(8)
final class OfflineTest {

    /** The longest that Maven may take to fetch everything. */
    private static final int SECONDS = 500;

    @TempDir static Path temporary;

    private static Path copy;

    @BeforeAll
    static void makeCopy() {
        assumeTrue(Jdk.version() == 17, "left out: Maven without a network is tried on JDK 17");
        copy = MavenVersionsTest.bundle(temporary);
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
}
