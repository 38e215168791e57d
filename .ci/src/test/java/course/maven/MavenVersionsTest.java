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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A student's copy under each Maven that a student may have: the oldest that the course allows, and
 * the newest of 3.9 and of 4, each from its own zip.
 */
@Order(2)
final class MavenVersionsTest {

    private static final Course COURSE = Course.find();

    /** One lesson stands for all: they have one shape of pom. */
    static final String LESSON = "lesson03-connect-accept";

    /** A few tests need what all of them need, and the others have nothing to do with Maven. */
    static final String FEW = "-Dtest=PairTest";

    @TempDir static Path temporary;

    private static Path copy;

    @BeforeAll
    static void makeCopy() {
        assumeTrue(Jdk.version() == 17, "left out: Maven's versions are tried on JDK 17 alone");
        copy = bundle(temporary);
    }

    /** Makes what a student gets. */
    static Path bundle(Path folder) {
        Path copy = folder.resolve("copy");
        try (Program make = Command.of(COURSE.root(), "bash", ".ci/bundle", "" + copy).start()) {
            make.succeeds();
        }
        return copy;
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
