package course.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

final class ProgramTest {

    private static Program bash(String line) {
        return Command.bash(Path.of(""), line).start();
    }

    @Test
    void theOutputsAreApart() {
        try (Program program = bash("echo out; echo err >&2; exit 3")) {
            assertEquals(3, program.status());
            assertEquals("out\n", program.out().text());
            assertEquals("err\n", program.err().text());
        }
    }

    @Test
    void aTerminalShowsBothOutputsAndWhatIsTyped() {
        Command echo = Command.bash(Path.of(""), "read line; echo \"got $line\"; echo end >&2");
        try (Program program = echo.merged().start()) {
            program.type("hello");
            program.succeeds();
            program.out().text();
            assertEquals(List.of("hello", "got hello", "end"), program.out().lines());
        }
    }

    @Test
    void aLineIsAwaited() {
        try (Program program = bash("sleep 0.2; echo listening on localhost/127.0.0.1:4711; cat")) {
            assertEquals(4711, program.awaitPort());
            program.say("one\ntwo\n");
            assertEquals("t", program.out().await("(t)wo").group(1));
        }
    }

    @Test
    void waitingInVainTellsWhatWasPrinted() {
        try (Program program = bash("echo something else")) {
            AssertionError error =
                    assertThrows(AssertionError.class, () -> program.out().await("this"));
            assertTrue(error.getMessage().contains("something else"), error.getMessage());
        }
    }

    @Test
    void linesComeOneByOneAndThenNull() {
        try (Program program = bash("echo one; echo; echo three")) {
            assertEquals("one", program.out().nextLine(10));
            assertEquals("", program.out().nextLine(10));
            assertEquals("three", program.out().nextLine(10));
            assertNull(program.out().nextLine(10));
        }
    }

    @Test
    void halfALineIsNone() {
        try (Program program = bash("printf ha; sleep 0.5; echo lf; sleep 60")) {
            program.out().awaitLines(1, 10_000);
            assertEquals("half", program.out().nextLine(10));
        }
    }

    @Test
    void aLineThatDoesNotComeIsTold() {
        try (Program program = bash("sleep 60")) {
            assertThrows(AssertionError.class, () -> program.out().nextLine(1));
            assertThrows(AssertionError.class, () -> program.status(1));
        }
    }

    @Test
    void coloursAreNoText() {
        assertEquals(
                List.of("a b", "", "c"),
                Command.bash(
                                Path.of(""),
                                "printf '\\033[1ma\\033[m b\\n\\033[0m\\n\\nc\\n\\033[0m'")
                        .lines());
    }

    @Test
    void closingEndsAllThatItHasStarted() {
        Program program = bash("sleep 61 & echo $!; wait");
        long child = Long.parseLong(program.out().nextLine(10));
        program.close();
        assertFalse(program.isAlive());
        assertFalse(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
    }

    /** Not INT: what a shell starts in the background ignores it, and what that starts. */
    @Test
    void aSignalIsHeard() {
        try (Program program =
                bash("trap 'echo heard; exit 0' TERM; echo ready; while :; do sleep 0.1; done")) {
            program.out().await("ready");
            program.stop();
            assertEquals("ready\nheard\n", program.out().text());
        }
    }

    @Test
    void theEnvironmentIsTheSameEverywhere() {
        Command show =
                Command.bash(Path.of(""), "echo $LC_ALL; echo $MINE; echo $JAVA_TOOL_OPTIONS");
        assertEquals(List.of("C.UTF-8", "mine"), show.env("MINE", "mine").lines());
        assertEquals(List.of("", "x"), show.env("LC_ALL", null).env("MINE", "x").lines());
    }
}
