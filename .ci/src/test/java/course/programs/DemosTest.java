package course.programs;

import static course.programs.Programs.COURSE;
import static course.programs.Programs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.Lesson;
import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Collectors;

/** The commands that run the demos and the Labs, and what a mistyped one does. */
@Isolated("Maven may compile the lessons anew")
class DemosTest {

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
        assertEquals(five, demo(Command.maven(COURSE.root(), "compile", "exec:java")));
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
        String all = demo(Command.maven(COURSE.root(), "compile", "exec:java@lab").merged());
        for (Lesson lesson : COURSE.lessons()) {
            assertTrue(all.contains("Lab " + lesson.number() + ": "), all);
        }
        assertFalse(all.contains("[WARNING]"), all);
    }

    @Test
    void mavenAloneRunsTheDemoOfALesson() {
        Lesson lesson = COURSE.lesson(1);
        String all = demo(Command.of(lesson.folder(), "mvn"));
        assertTrue(all.contains(demo(command(1, "Demo"))), all);
    }

    /** It must not run the demo, whose lines would be believed. */
    @Test
    void mistypedProgramIsRefused() {
        for (Lesson lesson : List.of(COURSE.lesson(1), COURSE.lesson(4))) {
            try (Program maven = Command.maven(lesson.folder(), "exec:java@servr").start()) {
                assertNotEquals(0, maven.status());
                String said = maven.out().text();
                assertTrue(said.contains("The parameters 'mainClass'"), said);
                assertTrue(said.contains("(servr)"), said);
            }
        }
    }
}
