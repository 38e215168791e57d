package lesson05;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
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
            bytes.append(c);
        }
        assertEquals(bytes + "\n", converse(bytes + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\r\ntwo\r\n", "one\rtwo\n", "one\ntwo", "\n\n", "\r", ""})
    void endsOfLinesComeBackAsTheyAre(String lines) throws IOException {
        assertEquals(lines, converse(lines));
    }

    @Test
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
    void lineWithoutAnEndIsReadUpToTheLimitOnly() throws IOException {
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }
                };
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            assertThrows(IOException.class, () -> Client.converse(socket, endless, printed));
        }
    }

    @Test
    void failureOfTheInputIsThrownAsItIs() throws IOException {
        IOException failure = new IOException("Is a directory");
        InputStream failing =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw failure;
                    }
                };
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            assertSame(
                    failure,
                    assertThrows(
                            IOException.class, () -> Client.converse(socket, failing, printed)));
        }
    }

    @Test
    void failureOfTheOutputIsThrownAsItIs() throws IOException {
        IOException failure = new IOException("No space left on device");
        OutputStream failing =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw failure;
                    }
                };
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            start(mailbox);
            InputStream input = new ByteArrayInputStream("one\n".getBytes(US_ASCII));
            assertSame(
                    failure,
                    assertThrows(IOException.class, () -> Client.converse(socket, input, failing)));
        }
    }

    @Test
    void serverPrintsEachDatagram() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            start(mailbox);
            Client.ask(socket, 1, QUESTION);
            assertEquals(
                    "server: 8 bytes from " + socket.getLocalSocketAddress(),
                    printed.toString(US_ASCII).lines().findFirst().orElseThrow());
        }
    }

    @Test
    void serverNeverAnswersMoreThanItWasSent() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            start(mailbox);
            for (int length : new int[] {100, 1, 0, 50, 2}) { // shorter ones after longer ones, too
                byte[] bytes = new byte[length];
                socket.send(new DatagramPacket(bytes, length, mailbox.getLocalSocketAddress()));
                assertEquals(length, receive(socket).getLength());
            }
            // One answer each, and no other: the next to come is the answer to the next.
            socket.send(new DatagramPacket(new byte[3], 3, mailbox.getLocalSocketAddress()));
            assertEquals(3, receive(socket).getLength());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void lostQuestionIsAskedAgain(int lost) throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = answered(mailbox, lost, new StringBuilder())) {
            socket.setSoTimeout(50);
            assertArrayEquals(QUESTION, Client.ask(socket, 1, QUESTION));
        }
    }

    @Test
    void withoutAnAnswerTheClientGivesUp() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            socket.setSoTimeout(30);
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, 1, QUESTION));
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= Client.ATTEMPTS * 30, millis + " ms");
            assertTrue(millis < 10 * Client.ATTEMPTS * 30, millis + " ms");

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
            assertThrows(PortUnreachableException.class, () -> Client.ask(socket, 1, QUESTION));
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
    void demoLosesADatagramAsksAgainAndLeavesNoThread() throws Exception {
        ThreadGroup group = new ThreadGroup("demo");
        FutureTask<Void> demo =
                new FutureTask<>(
                        () -> {
                            Demo.main(new String[0]);
                            return null;
                        });
        Thread main = daemon(new Thread(group, demo));
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
                        "client: send     \"one\" to " + server,
                        "server: receive  \"one\" from " + client,
                        "server: send     \"one\" to " + client,
                        "client: receive  \"one\" from " + server,
                        "client: send     \"two\" to " + server,
                        "client: receive  nothing (Receive timed out)",
                        "server: close",
                        "server: bind     " + server,
                        "server: receive  nothing (Receive timed out)",
                        "client: send     \"two\" to " + server,
                        "server: receive  \"two\" from " + client,
                        "server: send     \"two\" to " + client,
                        "client: receive  \"two\" from " + server,
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
        daemon(new Thread(server)).start();
    }

    /** A thread that does not keep the build alive, whatever becomes of its test. */
    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    private static void assertEndedByClose(FutureTask<Void> server) {
        ExecutionException e = assertThrows(ExecutionException.class, server::get);
        assertInstanceOf(SocketException.class, e.getCause());
    }

    private static DatagramSocket connected(DatagramSocket peer) throws IOException {
        DatagramSocket socket = new DatagramSocket(LOOPBACK);
        socket.connect(peer.getLocalSocketAddress());
        socket.setSoTimeout(Client.TIMEOUT_MILLIS);
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
                    public void send(DatagramPacket datagram) throws IOException {
                        super.send(datagram);
                        DatagramPacket question = PairTest.receive(peer);
                        questions.append(
                                new String(question.getData(), 0, question.getLength(), US_ASCII));
                        if (++count > lost) {
                            peer.send(question);
                        }
                    }
                };
        socket.connect(peer.getLocalSocketAddress());
        socket.setSoTimeout(Client.TIMEOUT_MILLIS);
        return socket;
    }

    private static DatagramPacket receive(DatagramSocket mailbox) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[100], 100);
        mailbox.receive(datagram);
        return datagram;
    }
}
