package course.programs;

import static course.programs.Programs.COURSE;
import static course.programs.Programs.assertEnds;
import static course.programs.Programs.command;

import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wrong arguments end each program with status 2 and one line that says what it takes, and what it
 * takes without any. Which arguments are wrong is for lesson 2's own tests.
 */
@Execution(ExecutionMode.CONCURRENT)
class UsageTest {

    @ParameterizedTest
    @CsvSource({
        "2, Server",
        "3, Server",
        "3, Client",
        "4, Server",
        "4, Client",
        "5, Server",
        "5, Client"
    })
    void usageLineNamesTheDefaults(int lesson, String program) {
        assertUsage(lesson, program, ".*host.*port.*localhost " + COURSE.lesson(lesson).port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Server", "Client"})
    void lesson1TakesNone(String program) {
        assertUsage(1, program, ".*no arguments.*");
    }

    @Test
    void lesson2LetsTheKernelChooseTheClientsPort() {
        assertUsage(2, "Client", ".*localhost 0");
    }

    private static void assertUsage(int lesson, String program, String usage) {
        try (Program wrong = command(lesson, program, "localhost:6000").start()) {
            assertEnds(wrong, 2, "", "usage: " + usage + "\n");
        }
    }
}
