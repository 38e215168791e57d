package course.programs;

import static course.programs.Programs.INTRODUCTION;
import static course.programs.Programs.assertEnds;
import static course.programs.Programs.assertFails;
import static course.programs.Programs.command;
import static course.programs.Programs.server;
import static course.programs.Programs.stop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A client whose own input or output fails says that, and does not blame the server. */
@Execution(ExecutionMode.CONCURRENT)
class OwnStreamsTest {

    private static final String BLAME = "our own input or output failed";

    /** Starts a client with what a shell does to its streams, for example {@code >/dev/full}. */
    private static Program client(int lesson, int port, String redirection) {
        Command client = command(lesson, "Client", "localhost", "" + port);
        return client.under(List.of("bash", "-c", "exec \"$@\" " + redirection, "-")).start();
    }

    private static void assertBlamesItself(Program client, String why) {
        assertFails(client, "client", BLAME, why);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void fullDiskIsAFailureOfTheOutput(int lesson) {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        try (Program server = server(lesson);
                Program client = client(lesson, server.awaitPort(), ">/dev/full")) {
            client.say("hi\n");
            client.endInput();
            assertBlamesItself(client, "No space left");
            stop(server);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void folderAsInputIsAFailureOfTheInput(int lesson) {
        try (Program server = server(lesson);
                Program client = client(lesson, server.awaitPort(), "< .")) {
            assertBlamesItself(client, "Is a directory");
            stop(server);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void noInputAtAllIsAnEndAtOnce(int lesson) {
        try (Program server = server(lesson);
                Program client = client(lesson, server.awaitPort(), "</dev/null")) {
            assertEnds(client, 0, "", INTRODUCTION);
            stop(server);
        }
    }

    /** The server would wait for the rest, and the client for the server. */
    @Test
    void halfCloseComesThoughTheInputFailed() throws IOException {
        try (ServerSocket listener = Sockets.listen(1);
                Program client = client(4, listener.getLocalPort(), "< .")) {
            try (Socket connection = listener.accept()) {
                connection.setSoTimeout(10_000); // milliseconds
                assertArrayEquals(new byte[0], connection.getInputStream().readAllBytes());
                connection.getOutputStream().write("read me\n".getBytes(US_ASCII));
            }
            String failure = Programs.failure("client", BLAME, "Is a directory");
            assertEnds(client, 1, "read me\n", INTRODUCTION + failure);
        }
    }
}
