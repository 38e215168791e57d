package lesson05;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import java.util.concurrent.atomic.AtomicInteger;

/** Nothing that arrives stops the server, or is taken by the client for its answer. */
class HostileDatagramsTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private static final byte[] QUESTION = "2 same\n".getBytes(US_ASCII);

    /** How long a socket of these tests waits. An answer is there at once. */
    private static final int MILLIS = 1_000;

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
    void serverSurvivesADatagramThatNamesItAsItsSender() throws IOException {
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
                    public void send(DatagramPacket datagram) throws IOException {
                        if (++count == 1) {
                            throw new SocketException("No buffer space available");
                        }
                        super.send(datagram);
                    }
                };
        try (DatagramSocket mailbox = failing;
                DatagramSocket stranger = connected(mailbox)) {
            start(mailbox);
            stranger.send(new DatagramPacket(QUESTION, QUESTION.length));
            assertComesBack(stranger, new byte[1]);
            assertEquals(
                    "server: the system has no room to send to "
                            + stranger.getLocalSocketAddress()
                            + " (No buffer space available). Try again.",
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
            byte[] datagram = text.getBytes(US_ASCII);
            send(peer, datagram, socket);
            send(peer, datagram, socket);
            socket.setSoTimeout(5);
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, 2, QUESTION));
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
            socket.setSoTimeout(5);
            assertThrows(
                    SocketTimeoutException.class,
                    () -> Client.ask(socket, 2, QUESTION),
                    "seed " + seed);
        }
    }

    @Test
    void clientIgnoresLateAnswersToTheSameLineBefore() throws IOException {
        byte[] before = "1 same\n".getBytes(US_ASCII);
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(peer)) {
            socket.setSoTimeout(5);
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, 1, before));
            for (int i = 0; i < Client.ATTEMPTS; i++) {
                send(peer, receive(peer), socket);
            }
            socket.setSoTimeout(5);
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, 2, QUESTION));
        }
    }

    @Test
    void clientIgnoresTheRightAnswerFromAStranger() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(peer)) {
            send(stranger, QUESTION, socket);
            socket.setSoTimeout(5);
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, 2, QUESTION));
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
            byte[] question = "50 same\n".getBytes(US_ASCII);
            assertArrayEquals(question, Client.ask(socket, 50, question));
        }
    }

    @Test
    void junkWithoutEndDoesNotKeepTheClientWaiting() throws IOException {
        AtomicInteger received = new AtomicInteger();
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket socket =
                        new DatagramSocket(LOOPBACK) {
                            @Override
                            public void receive(DatagramPacket datagram) throws IOException {
                                HostileDatagramsTest.send(peer, new byte[1], this);
                                super.receive(datagram);
                                received.incrementAndGet();
                            }
                        }) {
            socket.connect(peer.getLocalSocketAddress());
            socket.setSoTimeout(5);
            assertThrows(SocketTimeoutException.class, () -> Client.ask(socket, 2, QUESTION));
            // Each attempt looks at as many as two questions can have brought.
            assertEquals(Client.ATTEMPTS * 2 * Client.ATTEMPTS, received.get());
        }
    }

    @Test
    void answerIsFoundBehindAllThatCanBeLate() throws IOException {
        // The server answers each datagram once. So no more can be late than was sent before.
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = connected(peer)) {
            int number = 10;
            for (int i = 0; i < (number - 1) * Client.ATTEMPTS; i++) {
                send(peer, (1 + i / Client.ATTEMPTS + " same\n").getBytes(US_ASCII), socket);
            }
            byte[] question = (number + " same\n").getBytes(US_ASCII);
            send(peer, question, socket);
            assertArrayEquals(question, Client.ask(socket, number, question));
            // At the first attempt: nothing was asked again.
            assertArrayEquals(question, receive(peer));
            socket.send(new DatagramPacket(new byte[1], 1));
            assertEquals(1, receive(peer).length);
        }
    }

    /** Shows that a client that keeps to the rules is served. */
    private static void assertServes(DatagramSocket mailbox) throws IOException {
        try (DatagramSocket socket = connected(mailbox)) {
            Client.ask(socket, 2, QUESTION);
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
        DatagramPacket datagram = new DatagramPacket(new byte[65_535], 65_535);
        mailbox.receive(datagram);
        return Arrays.copyOf(datagram.getData(), datagram.getLength());
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static DatagramSocket connected(DatagramSocket peer) throws IOException {
        DatagramSocket socket = new DatagramSocket(LOOPBACK);
        socket.connect(peer.getLocalSocketAddress());
        socket.setSoTimeout(MILLIS);
        return socket;
    }

    private void start(DatagramSocket mailbox) {
        server =
                new FutureTask<>(
                        () -> {
                            Server.serve(mailbox);
                            return null;
                        });
        Thread thread = new Thread(server);
        thread.setDaemon(true); // whatever becomes of its test, the build ends
        thread.start();
    }

    private static void assertEndedByClose(FutureTask<Void> task) {
        ExecutionException e = assertThrows(ExecutionException.class, task::get);
        assertInstanceOf(SocketException.class, e.getCause());
    }
}
