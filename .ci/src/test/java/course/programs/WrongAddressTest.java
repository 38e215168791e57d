package course.programs;

import static course.programs.Programs.assertFails;
import static course.programs.Programs.command;
import static course.programs.Programs.isRoot;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An address that cannot be had ends a program with one line that names it. */
@Execution(ExecutionMode.CONCURRENT)
class WrongAddressTest {

    @ParameterizedTest
    @CsvSource({"2, Server", "2, Client", "3, Server", "4, Server"})
    void portThatAnotherListensOnIsTaken(int lesson, String program) throws IOException {
        try (ServerSocket taken = Sockets.listen(1)) {
            String port = "" + taken.getLocalPort();
            assertFailsAt(lesson, program, "127.0.0.1", port, "is taken", "in use");
        }
    }

    @Test
    void portThatAnotherReceivesOnIsTaken() throws IOException {
        try (DatagramSocket taken = Sockets.mailbox()) {
            String port = "" + taken.getLocalPort();
            assertFailsAt(5, "Server", "127.0.0.1", port, "is taken", "in use");
        }
    }

    @ParameterizedTest
    @CsvSource({"2, Server", "2, Client", "3, Server", "4, Server", "5, Server"})
    void addressOfAnotherMachineCannotBeBound(int lesson, String program) {
        assertFailsAt(lesson, program, "203.0.113.1", "0", "is not on this machine", "assign");
    }

    @ParameterizedTest
    @CsvSource({
        "2, Server",
        "2, Client",
        "3, Server",
        "3, Client",
        "4, Server",
        "4, Client",
        "5, Server",
        "5, Client"
    })
    void hostThatNobodyKnowsIsNamed(int lesson, String program) {
        assertFailsAt(lesson, program, "a..b", "5000", "nobody knows the host", "a..b|nresolved");
    }

    private static void assertFailsAt(
            int lesson, String program, String host, String port, String what, String why) {
        String who = program.equals("Server") ? "server" : "client";
        try (Program failing = command(lesson, program, host, port).start()) {
            assertFails(failing, who, what, why);
            failing.err().await(".*" + host + ".*"); // the line names the address
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void reservedPortIsTold(int lesson) throws IOException {
        Path first = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        assumeTrue(Files.exists(first), "no port is reserved on this system");
        assumeFalse(Files.readString(first).startsWith("0"), "no port is reserved here");
        Command server = command(lesson, "Server", "localhost", "1").under(unprivileged());
        try (Program failing = server.start()) {
            assertFails(failing, "server", "does not allow", "ermission");
        }
    }

    /** Returns the words before a command that take from root the right to any port. */
    private static List<String> unprivileged() {
        if (!isRoot()) {
            return List.of();
        }
        Programs.assumeExists("setpriv");
        String less = "-net_bind_service";
        List<String> words = List.of("setpriv", "--bounding-set", less, "--inh-caps", less);
        try (Program trial = Command.of(Path.of(""), "true").under(words).start()) {
            assumeTrue(trial.status() == 0, "setpriv may not take the right from root here");
        }
        return words;
    }
}
