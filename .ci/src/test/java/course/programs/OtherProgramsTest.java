package course.programs;

import static course.programs.EchoedBytesTest.assertEchoes;
import static course.programs.Programs.INTRODUCTION;
import static course.programs.Programs.assertEnds;
import static course.programs.Programs.assumeExists;
import static course.programs.Programs.client;
import static course.programs.Programs.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;

/** The lessons' programs converse with programs that others have written. */
@Execution(ExecutionMode.CONCURRENT)
class OtherProgramsTest {

    /** Starts socat so that it says what it does. */
    private static Program socat(String... arguments) {
        assumeExists("socat");
        return Command.of(Path.of(""), "socat", "-d", "-d").with(arguments).start();
    }

    /** Waits until socat says where it listens. */
    private static int portOf(Program socat) {
        return Integer.parseInt(socat.err().await(".* listening on .*:(\\d+)").group(1));
    }

    @Test
    void serverBringsFiveMegabytesBackToSocat() {
        try (Program server = server(4);
                Program socat = socat("-t", "30", "-", "TCP:127.0.0.1:" + server.awaitPort())) {
            assertEchoes(5, socat);
        }
    }

    @Test
    void serverBringsFiveMegabytesBackToNetcat() {
        assumeExists("nc");
        Command nc = Command.of(Path.of(""), "nc");
        try (Program help = nc.with("-h").start()) {
            assumeTrue(help.err().text().contains("-N"), "this nc cannot half-close: no -N");
        }
        try (Program server = server(4);
                Program client = nc.with("-N", "127.0.0.1", "" + server.awaitPort()).start()) {
            assertEchoes(5, client);
        }
    }

    @Test
    void clientGetsFiveMegabytesBackFromSocat() {
        try (Program socat = socat("TCP-LISTEN:0,bind=127.0.0.1", "EXEC:cat");
                Program client = client(4, portOf(socat))) {
            assertEchoes(5, client);
        }
    }

    @Test
    void datagramServerAnswersSocat() {
        try (Program server = server(5);
                Program socat = socat("-", "UDP:127.0.0.1:" + server.awaitPort())) {
            socat.say("Hello, server\n");
            socat.out().await("Hello, server");
        }
    }

    @Test
    void datagramClientIsAnsweredBySocat() {
        try (Program socat = socat("UDP-LISTEN:0,bind=127.0.0.1", "PIPE");
                Program client = client(5, portOf(socat))) {
            client.say("one\ntwo\n\nfour\n");
            client.endInput();
            assertEnds(client, 0, "one\ntwo\n\nfour\n", INTRODUCTION);
        }
    }
}
