package course.programs;

import static course.programs.Programs.INTRODUCTION;
import static course.programs.Programs.assertEnds;
import static course.programs.Programs.client;
import static course.programs.Programs.command;
import static course.programs.Programs.server;
import static course.programs.Programs.stop;

import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;
import java.util.regex.Matcher;

/** The server and the client of a lesson work together, each in a process of its own. */
@Execution(ExecutionMode.CONCURRENT)
class PairsTest {

    @ParameterizedTest
    @ValueSource(strings = {"Server", "Client"})
    void lesson1CreatesASocketUsesItOnceAndEnds(String program) {
        String who = program.toLowerCase(Locale.ROOT);
        try (Program end = command(1, program).start()) {
            assertEnds(end, 0, "(" + who + ": .+\n){2,3}", "");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lesson2ListensUntilEnterOrTheEndOfItsInput(boolean enter) throws Exception {
        try (Program server = server(2)) {
            int port = server.awaitPort();
            Sockets.connect(port).close(); // the kernel answers, though nobody accepts
            try (Program second = command(2, "Client", "localhost", "" + port).start()) {
                Programs.assertFails(second, "client", "is taken", "in use");
            }
            if (enter) {
                server.say("\n");
            } else {
                server.endInput();
            }
            String listening = "server: listening on localhost/127\\.0\\.0\\.1:" + port + "\n";
            assertEnds(server, 0, listening + "server: .*Enter.*\n", "");
        }
    }

    @Test
    void lesson2GivesTheClientAPortOfItsOwn() {
        try (Program client = command(2, "Client").start()) {
            assertEnds(client, 0, "client: bound to \\S*/127\\.0\\.0\\.1:[1-9]\\d*\n", "");
        }
    }

    @Test
    void lesson3NamesTheSameConnectionAtBothEnds() {
        try (Program server = server(3)) {
            int port = server.awaitPort();
            for (int i = 0; i < 3; i++) {
                try (Program client = client(3, port)) {
                    String connected = "client: connected to localhost/127\\.0\\.0\\.1:" + port;
                    String ourEnd = "client: our end is (/127\\.0\\.0\\.1:\\d+)";
                    Matcher ends = assertEnds(client, 0, connected + "\n" + ourEnd + "\n", "");
                    server.out().await("server: accepted " + ends.group(1));
                }
            }
            stop(server);
        }
    }

    @Test
    void lesson4BringsALineBackWhileMoreMayCome() {
        try (Program server = server(4);
                Program client = client(4, server.awaitPort())) {
            client.say("Hello, server\n");
            client.out().await("Hello, server");
            client.say("and goodbye");
            client.endInput();
            assertEnds(client, 0, "Hello, server\nand goodbye", INTRODUCTION);
            stop(server);
        }
    }

    @Test
    void lesson5BringsALineBackWhileMoreMayCome() {
        try (Program server = server(5);
                Program client = client(5, server.awaitPort())) {
            client.say("Hello, server\n");
            client.out().await("Hello, server");
            client.say("and goodbye");
            client.endInput();
            assertEnds(client, 0, "Hello, server\nand goodbye", INTRODUCTION);
            stop(server);
        }
    }
}
