package course.programs;

import static course.programs.Programs.COURSE;
import static course.programs.Programs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.Copies;
import course.Course;
import course.Lesson;
import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The commands that run the demos and the Labs, and what a mistyped one does. */
@Order(7)
class DemosTest {

    /** Maven compiles its lessons, while other checks run ours. */
    private static Course copy;

    @BeforeAll
    static void makeCopy(@TempDir Path temporary) throws IOException {
        copy = Copies.students(COURSE, temporary.resolve("copy"));
    }

    /** Returns what a demo prints, without the numbers of its ports. */
    private static String demo(Command command) {
        try (Program demo = command.start()) {
            demo.endInput();
            demo.succeeds();
            return demo.out().text().replaceAll(":\\d+", ":PORT");
        }
    }

    @Test
    void rootRunsTheFiveDemosInOrder() {
        String five =
                COURSE.lessons().stream()
                        .map(lesson -> demo(command(lesson.number(), "Demo")))
                        .collect(Collectors.joining());
        assertEquals(five, demo(Command.maven(copy.root(), "compile", "exec:java")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void demoShowsBothEndsAndNothingElse(int lesson) {
        List<String> lines = demo(command(lesson, "Demo")).lines().toList();
        for (String end : List.of("server: ", "client: ")) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(end)), "no " + end + lines);
        }
    }

    /** What they show is checked where the pages are; there they run without Maven. */
    @Test
    void mavenRunsTheFiveLabs() {
        String all = demo(Command.maven(copy.root(), "compile", "exec:java@lab").merged());
        for (Lesson lesson : COURSE.lessons()) {
            assertTrue(all.contains("Lab " + lesson.number() + ": "), all);
        }
        assertFalse(all.contains("[WARNING]"), all);
    }

    @Test
    void mavenAloneRunsTheDemoOfALesson() {
        String all = demo(Command.of(copy.lesson(1).folder(), "mvn"));
        assertTrue(all.contains(demo(command(1, "Demo"))), all);
    }

    /** It must not run the demo, whose lines would be believed. */
    @Test
    void mistypedProgramIsRefused() {
        for (Lesson lesson : List.of(copy.lesson(1), copy.lesson(4))) {
            try (Program maven = Command.maven(lesson.folder(), "exec:java@servr").start()) {
                assertNotEquals(0, maven.status());
                String said = maven.out().text();
                assertTrue(said.contains("The parameters 'mainClass'"), said);
                assertTrue(said.contains("(servr)"), said);
            }
        }
    }
}
