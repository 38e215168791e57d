package lesson05;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The pair works: what the client asks the server answers, and both know when it fails. */
class PairTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private static final byte[] QUESTION = "1 Hello\n".getBytes(US_ASCII);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;

    private FutureTask<Void> server;

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, US_ASCII));
    }

    /** By now a server's mailbox is closed, and nothing else may have ended it. */
    @AfterEach
    void restore() {
        try {
            if (server != null) {
                assertEndedByClose(server);
            }
        } finally {
            System.setOut(out);
        }
    }

    @Test
    void linesComeBackInOrder() throws IOException {
        assertEquals("one\ntwo\n\nfour\n", converse("one\ntwo\n\nfour\n"));
    }

    @Test
    void sameLineComesBackEachTime() throws IOException {
        assertEquals("same\nsame\nsame\n", converse("same\nsame\nsame\n"));
    }

    @Test
    void everyByteComesBack() throws IOException {
        StringBuilder bytes = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            bytes.append(c == '\r' ? '\n' : c); // a carriage return ends a line too
        }
        assertEquals(bytes + "\n", converse(bytes + "\n"));
    }

    @Test
    void lastLineNeedsNoNewline() throws IOException {
        assertEquals("one\ntwo\n", converse("one\ntwo"));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "macOS has a lower limit of its own")
    void longestLineComesBack() throws IOException {
        // Its number, a space and a newline make it 65,507 bytes.
        String line = "x".repeat(65_504) + "\n";
        assertEquals(line, converse(line));
    }

    @Test
    void withNoLinesNothingIsSent() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            Client.converse(socket, new ByteArrayInputStream(new byte[0]), printed);
            socket.send(new DatagramPacket(QUESTION, QUESTION.length));
            assertEquals(QUESTION.length, receive(mailbox).getLength());
            assertEquals(0, printed.size());
        }
    }

    @Test
    void eachLineHasItsNumber() throws IOException {
        StringBuilder questions = new StringBuilder();
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = answered(mailbox, 0, questions)) {
            byte[] lines = "same\nsame\n".getBytes(US_ASCII);
            Client.converse(socket, new ByteArrayInputStream(lines), printed);
            assertEquals("1 same\n2 same\n", questions.toString());
        }
    }

    @Test
    void serverPrintsEachDatagram() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            start(mailbox);
            Client.ask(socket, QUESTION, Client.TIMEOUT_MILLIS);
            assertEquals(
                    "server: 8 bytes from " + socket.getLocalSocketAddress(),
                    printed.toString(US_ASCII).lines().findFirst().orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void lostQuestionIsAskedAgain(int lost) throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = answered(mailbox, lost, new StringBuilder())) {
            DatagramPacket answer = Client.ask(socket, QUESTION, 50);
            assertArrayEquals(QUESTION, Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }

    @Test
    void withoutAnAnswerTheClientGivesUp() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, QUESTION, 30));
            assertTrue(System.nanoTime() - start >= Client.ATTEMPTS * 30_000_000L);

            // It has asked as often as it says, and no more.
            for (int i = 0; i < Client.ATTEMPTS; i++) {
                assertEquals(QUESTION.length, receive(mailbox).getLength());
            }
            socket.send(new DatagramPacket(new byte[1], 1));
            assertEquals(1, receive(mailbox).getLength());
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "nobody guarantees it")
    void withNobodyThereTheClientIsTold() throws IOException {
        try (DatagramSocket nobody = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(nobody)) {
            // It keeps its port and receives only from itself: nobody, to all others.
            nobody.connect(nobody.getLocalSocketAddress());
            assertThrows(
                    PortUnreachableException.class,
                    () -> Client.ask(socket, QUESTION, Client.TIMEOUT_MILLIS));
        }
    }

    @Test
    void closeOfTheMailboxEndsTheServer() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK)) {
            start(mailbox);
        }
        assertEndedByClose(server);
    }

    @Test
    void demoPrintsWhatItReceivesAndLeavesNoThread() throws Exception {
        ThreadGroup group = new ThreadGroup("demo");
        FutureTask<Void> demo =
                new FutureTask<>(
                        () -> {
                            Demo.main(new String[0]);
                            return null;
                        });
        Thread main = new Thread(group, demo);
        main.start();
        demo.get();
        main.join();
        assertEquals(0, group.activeCount());

        String lines = printed.toString(US_ASCII).replace(System.lineSeparator(), "\n");
        String server = lines.split("\\s+")[2];
        String client = lines.split("\\s+")[5];
        assertEquals(
                String.join(
                        "\n",
                        "server: bind     " + server,
                        "client: bind     " + client,
                        "server: receive  Hello, from " + client,
                        "server: receive  server from " + client,
                        "client: receive  server from " + server,
                        ""),
                lines);
    }

    /** Converses with a server, and returns what the client has printed. */
    private String converse(String lines) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            start(mailbox);
            byte[] input = lines.getBytes(ISO_8859_1);
            Client.converse(socket, new ByteArrayInputStream(input), output);
        }
        return output.toString(ISO_8859_1);
    }

    private void start(DatagramSocket mailbox) {
        server =
                new FutureTask<>(
                        () -> {
                            Server.serve(mailbox);
                            return null;
                        });
        new Thread(server).start();
    }

    private static void assertEndedByClose(FutureTask<Void> server) {
        ExecutionException e = assertThrows(ExecutionException.class, server::get);
        assertInstanceOf(SocketException.class, e.getCause());
    }

    private static DatagramSocket connected(DatagramSocket peer) throws IOException {
        DatagramSocket socket = new DatagramSocket(LOOPBACK);
        socket.connect(peer.getLocalSocketAddress());
        return socket;
    }

    /**
     * Returns a socket connected to {@code peer}, who answers before {@code send} returns, except
     * the first {@code lost} times.
     */
    private static DatagramSocket answered(DatagramSocket peer, int lost, StringBuilder questions)
            throws IOException {
        DatagramSocket socket =
                new DatagramSocket(LOOPBACK) {
                    private int count;

                    @Override
                    public void send(DatagramPacket letter) throws IOException {
                        super.send(letter);
                        DatagramPacket question = PairTest.receive(peer);
                        questions.append(
                                new String(question.getData(), 0, question.getLength(), US_ASCII));
                        if (++count > lost) {
                            peer.send(question);
                        }
                    }
                };
        socket.connect(peer.getLocalSocketAddress());
        return socket;
    }

    private static DatagramPacket receive(DatagramSocket mailbox) throws IOException {
        DatagramPacket letter = new DatagramPacket(new byte[100], 100);
        mailbox.receive(letter);
        return letter;
    }
}
