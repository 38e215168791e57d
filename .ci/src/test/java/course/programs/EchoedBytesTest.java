package course.programs;

import static course.programs.Programs.INTRODUCTION;
import static course.programs.Programs.assertEnds;
import static course.programs.Programs.client;
import static course.programs.Programs.server;
import static course.programs.Programs.stop;
import static course.programs.Sockets.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a client reads comes back unchanged and to it alone, whatever the bytes are. */
@Execution(ExecutionMode.CONCURRENT)
class EchoedBytesTest {

    /** Gives random bytes to {@code client}, which has to print the same. */
    static void assertEchoes(int megabytes, Program client) {
        byte[] bytes = random(megabytes * 1_000_000, 1);
        client.say(bytes);
        client.endInput();
        client.succeeds();
        assertArrayEquals(bytes, client.out().bytes());
    }

    @Test
    void moreThanTheKernelsKeepComesBackOverAStream() {
        try (Program server = server(4);
                Program client = client(4, server.awaitPort())) {
            assertEchoes(64, client); // so it has to read while it writes
            stop(server);
        }
    }

    @Test
    void eightClientsAtOnceEachGetTheirOwn() {
        List<Program> clients = new ArrayList<>();
        try (Program server = server(4)) {
            int port = server.awaitPort();
            for (int i = 0; i < 8; i++) {
                clients.add(client(4, port));
            }
            for (Program client : clients) {
                client.say("I am " + client.pid() + "\n");
            }
            for (Program client : clients) {
                client.out().await("I am " + client.pid()); // and none of them has ended
            }
            for (Program client : clients) {
                client.endInput();
                assertEnds(client, 0, "I am " + client.pid() + "\n", INTRODUCTION);
            }
            stop(server);
        } finally {
            clients.forEach(Program::close);
        }
    }

    @Test
    void linesOfAnyBytesComeBackAsDatagrams() {
        String lines = "Hello\n\n\u0000\u0080\u00ff 1\n" + "long ".repeat(10_000) + "\nlast";
        try (Program server = server(5);
                Program client = client(5, server.awaitPort())) {
            client.say(lines.getBytes(ISO_8859_1));
            client.endInput();
            assertEnds(client, 0, Pattern.quote(lines), INTRODUCTION);
            stop(server);
        }
    }

    @Test
    void nothingButTheAnswerIsPrinted() throws Exception {
        try (DatagramSocket server = Sockets.mailbox();
                DatagramSocket stranger = Sockets.mailbox();
                Program client = client(5, server.getLocalPort())) {
            client.say("right\n");
            client.endInput();
            DatagramPacket question = new DatagramPacket(new byte[100], 100);
            server.receive(question);
            SocketAddress asker = question.getSocketAddress();
            for (String wrong : List.of("", "1 wrong\n", "2 right\n", "1 righ", "1 right\n\n")) {
                post(server, wrong, asker);
            }
            post(stranger, "1 wrong\n", asker);
            post(server, "1 right\n", asker);
            assertEnds(client, 0, "right\n", INTRODUCTION);
        }
    }

    private static void post(DatagramSocket from, String text, SocketAddress to) throws Exception {
        byte[] bytes = text.getBytes(ISO_8859_1);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }
}
