package course.programs;

import static course.programs.Programs.COURSE;
import static course.programs.Programs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** Ctrl-C ends a server at once and without a word, and its port is free for the next. */
@Isolated("another test could be given the port that is free for a moment")
class CtrlCTest {

    /**
     * What a shell starts in the background ignores Ctrl-C, and what that starts, too: not this.
     */
    private static final List<String> HEARING =
            List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV");

    private static final int STATUS_OF_SIGINT = 128 + 2;

    @BeforeEach
    void needsPerl() {
        Programs.assumeExists("perl");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void waitingServerEndsAndFreesItsPort(int lesson) {
        Command command = command(lesson, "Server", "localhost", "0").under(HEARING);
        try (Program server = command.start()) {
            int port = server.awaitPort();
            assertEndsByCtrlC(server);
            assertStarts(lesson, port);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void serverInAConversationEndsAndFreesItsPort(int lesson) throws IOException {
        assertEndsInAConversation(lesson, command(lesson, "Server", "localhost", "0"));
    }

    @Test
    void serverUnderMavenEndsAndFreesItsPort() throws IOException {
        Command maven =
                Command.maven(
                        COURSE.lesson(4).folder(), "exec:java@server", "-Dexec.args=localhost 0");
        assertEndsInAConversation(4, maven);
    }

    private static void assertEndsInAConversation(int lesson, Command command) throws IOException {
        try (Program server = command.under(HEARING).start()) {
            int port = server.awaitPort();
            try (Socket client = Sockets.connect(port)) {
                server.out().await("server: accepted .*:" + client.getLocalPort());
                assertEndsByCtrlC(server);
                assertEquals(-1, client.getInputStream().read());
                assertStarts(lesson, port); // while the client has not hung up
            }
            assertStarts(lesson, port); // while the kernel still remembers the connection
        }
    }

    private static void assertEndsByCtrlC(Program server) {
        server.signal("INT");
        assertEquals(STATUS_OF_SIGINT, server.status(10));
        assertEquals("", server.err().text());
    }

    private static void assertStarts(int lesson, int port) {
        try (Program next = command(lesson, "Server", "localhost", "" + port).start()) {
            assertEquals(port, next.awaitPort());
        }
    }
}
