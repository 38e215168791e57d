package course.programs;

import static course.programs.Programs.COURSE;
import static course.programs.Programs.INTRODUCTION;
import static course.programs.Programs.assertEnds;
import static course.programs.Programs.assertFails;
import static course.programs.Programs.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Maven starts the same programs, and adds nothing to what they print. */
@Execution(ExecutionMode.CONCURRENT)
@Order(9)
class UnderMavenTest {

    /** Starts a program in the folder of its lesson. */
    private static Program maven(int lesson, String program, String arguments) {
        return Command.maven(
                        COURSE.lesson(lesson).folder(),
                        "exec:java@" + program,
                        "-Dexec.args=" + arguments)
                .start();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void pairConversesInAnyBytes(int lesson) {
        String text = "one\n\u0080\u00ff\nthree\n";
        try (Program server = maven(lesson, "server", "localhost 0");
                Program client = maven(lesson, "client", "localhost " + server.awaitPort())) {
            client.say(text.getBytes(ISO_8859_1));
            client.endInput();
            assertEnds(client, 0, text, INTRODUCTION);
        }
    }

    @Test
    void clientRunsFromTheRoot() {
        try (Program server = server(3)) {
            String arguments = "-Dexec.args=localhost " + server.awaitPort();
            String lesson = COURSE.lesson(3).name();
            Command maven =
                    Command.maven(COURSE.root(), "-pl", lesson, "exec:java@client", arguments);
            try (Program client = maven.start()) {
                assertEnds(client, 0, "client: connected to .*\nclient: our end is .*\n", "");
            }
        }
    }

    /**
     * The keyboard is still waited for, and nobody types: Maven must not wait with it. What has
     * failed is told in one line.
     */
    @Test
    void mavenEndsWithTheConversationNotWithTheInput() throws IOException {
        try (ServerSocket listener = Sockets.listen(1);
                Program client = maven(4, "client", "localhost " + listener.getLocalPort())) {
            Socket connection = listener.accept();
            connection.close();
            client.status(10);
            assertFails(client, "client", "hung up before it had everything", "end of stream");
        }
    }

    @Test
    void usageIsOneLine() {
        try (Program server = maven(2, "server", "localhost 70000")) {
            assertEnds(server, 2, "", "usage: .+\n");
        }
    }
}
