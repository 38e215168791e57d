package course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.process.Command;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stands at the top, and what stands in several lessons, the same but for the package. */
final class LayoutTest {

    private static final Course COURSE = Course.find();

    @Test
    void theTopLevelIsAsDesigned() {
        assumeTrue(Files.exists(COURSE.root().resolve(".git")), "no checkout of git");
        List<String> designed = new ArrayList<>(List.of("README.md"));
        COURSE.lessons().forEach(lesson -> designed.add(lesson.name()));
        designed.add("pom.xml");
        List<String> committed =
                Command.bash(COURSE.root(), "git ls-tree --name-only HEAD").lines();
        assertEquals(designed, committed.stream().filter(name -> !name.startsWith(".")).toList());
    }

    /** What is in no lesson but one is not checked here: the difference is the lesson. */
    @ParameterizedTest
    @CsvSource({
        "1, Report.java",
        "2, Arguments.java",
        "1, junit-platform.properties",
        "1, ToDo.java",
        "1, Homework.java",
        "1, Noise.java",
        "1, Proves.java",
        "1, Stage.java",
        "1, Summary.java",
        "1, Tried.java"
    })
    void aFileOfSeveralLessonsIsTheSameFromThisLessonOn(int first, String name) throws IOException {
        String expected = withoutPackage(file(COURSE.lesson(first), name));
        for (Lesson lesson : COURSE.lessons()) {
            if (lesson.number() >= first) {
                Path file = file(lesson, name);
                assertEquals(expected, withoutPackage(file), COURSE.shown(file));
            }
        }
    }

    private static Path file(Lesson lesson, String name) throws IOException {
        try (Stream<Path> all = Files.walk(lesson.folder().resolve("src"))) {
            List<Path> found = all.filter(file -> file.endsWith(name)).toList();
            assertEquals(1, found.size(), name + " in " + lesson.name());
            return found.get(0);
        }
    }

    private static String withoutPackage(Path file) throws IOException {
        return Files.readString(file).replaceFirst("(?m)^package .*\n", "");
    }

    @Test
    void thePomsOfTheLessonsHaveOneShape() throws IOException {
        String expected = shape(COURSE.lesson(1));
        for (Lesson lesson : COURSE.lessons()) {
            assertEquals(expected, shape(lesson), lesson.name());
        }
    }

    private static String shape(Lesson lesson) throws IOException {
        return Files.readString(lesson.folder().resolve("pom.xml"))
                .replace(lesson.name(), "LESSON")
                .replace(lesson.packageName(), "LESSON")
                .replaceAll("<name>Lesson \\d: .*<", "<name>NAME<");
    }

    @Test
    void theChecksUseTheLessonsJUnit() throws IOException {
        String lessons = Files.readString(COURSE.root().resolve("pom.xml"));
        String checks = Files.readString(COURSE.root().resolve(".ci/pom.xml"));
        String version = checks.replaceFirst("(?s).*<junit.version>(.*)</junit.version>.*", "$1");
        String used =
                lessons.replaceFirst(
                        "(?s).*<artifactId>junit-jupiter</artifactId>\\s*<version>(.*?)<.*", "$1");
        assertEquals(used, version);
    }

    @Test
    void noFileOfTheChecksIsTooLong() throws IOException {
        try (Stream<Path> all = Files.walk(COURSE.root().resolve(".ci/src"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                int lines = Files.readAllLines(file).size();
                assertEquals(300, Math.max(300, lines), COURSE.shown(file));
            }
        }
    }
}
