package course.programs;

import static course.programs.Programs.COURSE;
import static course.programs.Programs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** Ctrl-C ends a server at once and without a word, and its port is free for the next. */
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
    void waitingServerEndsAndFreesItsPort(int lesson) throws IOException {
        String port = "" + Sockets.freePort();
        Command command = command(lesson, "Server", "localhost", port).under(HEARING);
        try (Program server = command.start()) {
            server.awaitPort();
            assertEndsByCtrlC(server);
            assertStarts(lesson, port);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void serverInAConversationEndsAndFreesItsPort(int lesson) throws IOException {
        String port = "" + Sockets.freePort();
        assertEndsInAConversation(lesson, command(lesson, "Server", "localhost", port), port);
    }

    @Test
    void serverUnderMavenEndsAndFreesItsPort() throws IOException {
        String port = "" + Sockets.freePort();
        String arguments = "-Dexec.args=localhost " + port;
        Command maven = Command.maven(COURSE.lesson(4).folder(), "exec:java@server", arguments);
        assertEndsInAConversation(4, maven, port);
    }

    private static void assertEndsInAConversation(int lesson, Command command, String port)
            throws IOException {
        try (Program server = command.under(HEARING).start()) {
            try (Socket client = Sockets.connect(server.awaitPort())) {
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

    private static void assertStarts(int lesson, String port) {
        try (Program next = command(lesson, "Server", "localhost", port).start()) {
            assertEquals(port, "" + next.awaitPort());
        }
    }
}
