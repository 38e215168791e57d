package lesson05;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Nothing that arrives stops the server, or is taken by the client for its answer. */
class HostileDatagramsTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private static final byte[] QUESTION = "2 same\n".getBytes(US_ASCII);

    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    private FutureTask<Void> server;

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(PrintStream.nullOutputStream()));
        System.setErr(new PrintStream(complaints, true, US_ASCII));
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
            System.setErr(err);
        }
    }

    @Test
    void serverSurvivesEmptyDatagrams() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(LOOPBACK)) {
            start(mailbox);
            for (int i = 0; i < 3; i++) {
                send(stranger, new byte[0], mailbox);
                assertEquals(0, receive(stranger).length);
            }
            assertServes(mailbox);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "macOS has a lower limit of its own")
    void serverSurvivesTheLargestDatagram() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = connected(mailbox)) {
            start(mailbox);
            byte[] largest = new byte[65_507];
            Arrays.fill(largest, (byte) 0xff);
            assertComesBack(stranger, largest);
            assertComesBack(stranger, new byte[1]);
            assertServes(mailbox);
        }
    }

    @Test
    void serverSurvivesRandomBytes() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = connected(mailbox)) {
            start(mailbox);
            stranger.setSoTimeout(5_000); // so that the seed is told before the test is ended
            for (int i = 0; i < 200; i++) {
                byte[] bytes = randomBytes(random);
                assertDoesNotThrow(() -> assertComesBack(stranger, bytes), "seed " + seed);
            }
            assertServes(mailbox);
        }
    }

    @Test
    void serverSurvivesRepetition() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = connected(mailbox)) {
            start(mailbox);
            for (int i = 0; i < 20; i++) {
                stranger.send(new DatagramPacket(QUESTION, QUESTION.length));
            }
            for (int i = 0; i < 20; i++) {
                assertArrayEquals(QUESTION, receive(stranger));
            }
            assertServes(mailbox);
        }
    }

    @Test
    void serverSurvivesStrangersThatHaveGone() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK)) {
            for (int i = 0; i < 50; i++) {
                try (DatagramSocket stranger = connected(mailbox)) {
                    stranger.send(new DatagramPacket(QUESTION, QUESTION.length));
                }
            }
            start(mailbox);
            assertServes(mailbox);
        }
    }

    @Test
    void serverSurvivesAStrangerThatNeverReads() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = connected(mailbox)) {
            stranger.setReceiveBufferSize(1_000);
            start(mailbox);
            for (int i = 0; i < 200; i++) {
                stranger.send(new DatagramPacket(QUESTION, QUESTION.length));
            }
            assertServes(mailbox);
        }
    }

    @Test
    void serverSurvivesALetterThatNamesItAsItsSender() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK)) {
            // A forged sender does the same: it answers itself, without end.
            send(mailbox, QUESTION, mailbox);
            start(mailbox);
            assertServes(mailbox);
        }
    }

    @Test
    void serverSurvivesASendThatFails() throws IOException {
        // The system may be out of memory, or a firewall forbid it: neither is to be had here.
        DatagramSocket failing =
                new DatagramSocket(LOOPBACK) {
                    private int count;

                    @Override
                    public void send(DatagramPacket letter) throws IOException {
                        if (++count == 1) {
                            throw new SocketException("No buffer space available");
                        }
                        super.send(letter);
                    }
                };
        try (DatagramSocket mailbox = failing;
                DatagramSocket stranger = connected(mailbox)) {
            start(mailbox);
            stranger.send(new DatagramPacket(QUESTION, QUESTION.length));
            assertComesBack(stranger, new byte[1]);
            assertEquals(
                    "server: "
                            + stranger.getLocalSocketAddress()
                            + " failed (No buffer space available)."
                            + " The words in parentheses are the system's.",
                    complaints.toString(US_ASCII).strip());
            assertServes(mailbox);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2", "2 same", "2 same\n\n", "2 same\nmore", "1 same\n", "2 Same\n"})
    void clientTakesNothingElseForItsAnswer(String text) throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(peer)) {
            byte[] letter = text.getBytes(US_ASCII);
            send(peer, letter, socket);
            send(peer, letter, socket);
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, QUESTION, 5));
        }
    }

    @Test
    void clientIgnoresRandomBytes() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(peer)) {
            for (int i = 0; i < 50; i++) {
                send(peer, randomBytes(random), socket);
            }
            assertThrows(
                    SocketTimeoutException.class,
                    () -> Client.ask(socket, QUESTION, 5),
                    "seed " + seed);
        }
    }

    @Test
    void clientIgnoresLateAnswersToTheSameLineBefore() throws IOException {
        byte[] before = "1 same\n".getBytes(US_ASCII);
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(peer)) {
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, before, 5));
            for (int i = 0; i < Client.ATTEMPTS; i++) {
                send(peer, receive(peer), socket);
            }
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, QUESTION, 5));
        }
    }

    @Test
    void clientIgnoresTheRightAnswerFromAStranger() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(peer)) {
            send(stranger, QUESTION, socket);
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, QUESTION, 5));
        }
    }

    @Test
    void clientFindsItsAnswerAmongOthers() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(mailbox)) {
            for (int i = 0; i < 50; i++) {
                send(mailbox, (i + " same\nand more").getBytes(US_ASCII), socket);
            }
            start(mailbox);
            DatagramPacket answer = Client.ask(socket, QUESTION, Client.TIMEOUT_MILLIS);
            assertArrayEquals(QUESTION, Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }

    @Test
    void junkWithoutEndDoesNotKeepTheClientWaiting() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket socket =
                        new DatagramSocket(LOOPBACK) {
                            @Override
                            public void receive(DatagramPacket letter) throws IOException {
                                HostileDatagramsTest.send(peer, new byte[1], this);
                                super.receive(letter);
                            }
                        }) {
            socket.connect(peer.getLocalSocketAddress());
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, QUESTION, 20));
            assertTrue(System.nanoTime() - start >= Client.ATTEMPTS * 20_000_000L);
        }
    }

    /** Shows that a client that keeps to the rules is served. */
    private static void assertServes(DatagramSocket mailbox) throws IOException {
        try (DatagramSocket socket = connected(mailbox)) {
            Client.ask(socket, QUESTION, Client.TIMEOUT_MILLIS);
        }
    }

    private static void assertComesBack(DatagramSocket stranger, byte[] bytes) throws IOException {
        stranger.send(new DatagramPacket(bytes, bytes.length));
        assertArrayEquals(bytes, receive(stranger));
    }

    private static void send(DatagramSocket from, byte[] bytes, DatagramSocket to)
            throws IOException {
        from.send(new DatagramPacket(bytes, bytes.length, to.getLocalSocketAddress()));
    }

    private static byte[] receive(DatagramSocket mailbox) throws IOException {
        DatagramPacket letter = new DatagramPacket(new byte[65_535], 65_535);
        mailbox.receive(letter);
        return Arrays.copyOf(letter.getData(), letter.getLength());
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static DatagramSocket connected(DatagramSocket peer) throws IOException {
        DatagramSocket socket = new DatagramSocket(LOOPBACK);
        socket.connect(peer.getLocalSocketAddress());
        return socket;
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

    private static void assertEndedByClose(FutureTask<Void> task) {
        ExecutionException e = assertThrows(ExecutionException.class, task::get);
        assertInstanceOf(SocketException.class, e.getCause());
    }
}
