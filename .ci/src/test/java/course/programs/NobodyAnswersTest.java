package course.programs;

import static course.programs.Programs.assertFails;
import static course.programs.Programs.command;

import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;

/** A client that nobody answers says so, and why. */
@Execution(ExecutionMode.CONCURRENT)
class NobodyAnswersTest {

    private static void assertClientFails(
            int lesson, String host, int port, String what, String why) {
        try (Program client = command(lesson, "Client", host, "" + port).start()) {
            client.say("hi\n");
            client.endInput();
            assertFails(client, "client", what, why);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void nobodyListens(int lesson) throws IOException {
        try (Socket refusing = Sockets.refuse()) {
            int port = refusing.getLocalPort();
            String what = "nobody listens on \\S*/127\\.0\\.0\\.1:" + port;
            assertClientFails(lesson, "127.0.0.1", port, what, "Connection refused");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void noRouteLeadsThere(int lesson) {
        assertClientFails(lesson, "127.255.255.255", 5003, "no route leads to", "unreachable");
    }

    /** Takes the client's timeout, 5 seconds. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void fullQueueDoesNotAnswer(int lesson) throws IOException {
        try (ServerSocket busy = Sockets.listen(1);
                Socket first = Sockets.connect(busy.getLocalPort());
                Socket second = Sockets.connect(busy.getLocalPort())) {
            int port = second.getPort();
            first.setTcpNoDelay(true);
            assertClientFails(lesson, "127.0.0.1", port, "does not answer", "onnect timed out");
        }
    }

    @Test
    void nobodyReceives() throws IOException {
        // A datagram socket that is connected to another: the kernel turns all others away.
        try (DatagramSocket other = Sockets.mailbox();
                DatagramSocket aloof = Sockets.mailbox()) {
            aloof.connect(other.getLocalSocketAddress());
            assertClientFails(5, "127.0.0.1", aloof.getLocalPort(), "nobody receives on", ".*");
        }
    }

    /** Takes the client's three timeouts, 3 seconds. */
    @Test
    void silentServerIsAskedThreeTimes() throws IOException {
        try (DatagramSocket silent = Sockets.mailbox()) {
            int port = silent.getLocalPort();
            assertClientFails(5, "127.0.0.1", port, "does not answer", "asked 3 times");
        }
    }

    @Test
    void portZeroHasNoOwner() {
        assertClientFails(5, "127.0.0.1", 0, "has no owner", "port 0");
    }
}
