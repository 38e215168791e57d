package course.programs;

import static course.programs.Programs.assertFails;
import static course.programs.Programs.client;
import static course.programs.Programs.server;
import static course.programs.Programs.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** A conversation that the server ends too early, or that cannot begin, is told by the client. */
@Execution(ExecutionMode.CONCURRENT)
class BrokenConversationTest {

    /** What a server does to its client. */
    private interface Ending {
        void of(Socket connection) throws IOException;
    }

    /** The client's input stays open meanwhile: it need not end first. */
    private static void assertTells(Ending ending, String what, String why) throws IOException {
        try (ServerSocket listener = Sockets.listen(1);
                Program client = client(4, listener.getLocalPort())) {
            ending.of(listener.accept());
            assertFails(client, "client", what, why);
        }
    }

    @Test
    void endOfStreamBeforeTheClientHasSentAll() throws IOException {
        assertTells(Socket::close, "hung up before it had everything", "end of stream");
    }

    @Test
    void resetCutsTheConnection() throws IOException {
        assertTells(Sockets::reset, "cut the connection", "Connection reset");
    }

    @Test
    void lineThatIsTooLongForADatagramIsNotSent() {
        try (Program server = server(5);
                Program client = client(5, server.awaitPort())) {
            client.say("x".repeat(70_000) + "\n");
            client.endInput();
            assertFails(client, "client", "a line is too long for a datagram", "too long");
            assertEquals(1, server.out().lines().size(), "the server got something");
            stop(server);
        }
    }
}
