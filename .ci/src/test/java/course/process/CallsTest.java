package course.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

final class CallsTest {

    private static final Calls CALLS =
            Calls.of(
                    """
                    10 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 5<socket:[77]>
                    10 accept(5<socket:[77]>, <unfinished ...>
                    11 close(7<pipe:[3]>)                = 0
                    10 <... accept resumed>{sa_family=AF_INET}, [16]) = 9<socket:[78]>
                    10 shutdown(9<socket:[78]>, SHUT_WR) = 0
                    10 read(9<socket:[78]>, 0x1, 10) = -1 EAGAIN (Resource temporarily unavailable)
                    11 --- SIGINT {si_signo=SIGINT} ---
                    10 accept(5<socket:[77]>, <unfinished ...>
                    11 +++ exited with 0 +++
                    """);

    private static List<String> names(List<Call> calls) {
        return calls.stream().map(Call::name).toList();
    }

    @Test
    void aCallThatAnotherThreadInterruptedIsWhole() {
        Call accept = CALLS.begun().get(1);
        assertEquals("accept", accept.name());
        assertEquals("5", accept.descriptor());
        assertEquals("socket:[78]", accept.accepted());
        assertTrue(accept.arguments().endsWith("[16]"), accept.arguments());
    }

    @Test
    void callsStandInTheOrderOfTheirBeginningOrOfTheirReturn() {
        List<String> begun = List.of("socket", "accept", "close", "shutdown", "read", "accept");
        assertEquals(begun, names(CALLS.begun()));
        List<String> returned = List.of("socket", "close", "accept", "shutdown", "read");
        assertEquals(returned, names(CALLS.returned()));
    }

    @Test
    void aCallThatWaitsOrIsToBeAskedAgainIsNotAnswered() {
        assertFalse(CALLS.begun().get(5).isAnswered());
        assertFalse(CALLS.begun().get(4).isAnswered());
        assertTrue(CALLS.begun().get(3).isAnswered());
    }

    @Test
    void aCallIsShownByNameOrWithAnArgument() {
        Call shutdown = CALLS.begun().get(3);
        assertTrue(shutdown.is("shutdown"));
        assertTrue(shutdown.is("shutdown(SHUT_WR)"));
        assertFalse(shutdown.is("shutdown(SHUT_RD)"));
    }

    @Test
    void straceSeesWhatAProgramAsks() {
        assumeTrue(Strace.isAvailable(), "no strace here, or it may not trace");
        try (Strace trace =
                Strace.start(Command.of(Path.of(""), "cat", "/etc/hostname"), "close")) {
            trace.program().succeeds();
            assertTrue(trace.calls().returned().stream().allMatch(call -> call.is("close")));
            assertFalse(trace.calls().returned().isEmpty());
        }
    }
}
