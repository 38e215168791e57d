package lesson04;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/** Whatever a peer does ends its own conversation, with one line at most, and nothing else. */
class HostilePeersTest {

    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A thread starts in the group of the one that starts it: here are all of the server's. */
    private final ThreadGroup group = new ThreadGroup("server");

    private final List<Socket> peers = new ArrayList<>();
    private ServerSocket listener;

    @BeforeEach
    void start() throws IOException {
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(err, true));
        serve(new ServerSocket(0, Server.BACKLOG, InetAddress.getLoopbackAddress()));
    }

    @AfterEach
    void restore() throws Exception {
        listener.close();
        for (Socket peer : peers) {
            peer.close();
        }
        System.setOut(systemOut);
        System.setErr(systemErr);
    }

    @Test
    void closeAtOnceIsNoFailure() throws Exception {
        connect().close();
        assertSurvived(0, 0);
    }

    @Test
    void resetAtOnceEndsOneConversation() throws Exception {
        reset(connect());
        assertSurvived(0, 1);
    }

    @Test
    void resetAfterAnAnswerCostsOneLine() throws Exception {
        Socket peer = connect();
        assertEchoes(peer, 1);
        reset(peer);
        assertSurvived(1, 1);
    }

    @Test
    void resetAfterWritingEndsOneConversation() throws Exception {
        Socket peer = connect();
        peer.getOutputStream().write(random(10_000));
        reset(peer);
        assertSurvived(0, 1);
    }

    @Test
    void closeWithUnreadDataEndsOneConversation() throws Exception {
        Socket peer = connect();
        peer.getOutputStream().write(random(10_000));
        peer.getInputStream().read(); // the rest is there, or on its way, and nobody reads it
        peer.close();
        assertSurvived(0, 1);
    }

    @Test
    void resetAfterTheHalfCloseEndsOneConversation() throws Exception {
        Socket peer = connect();
        peer.getOutputStream().write(random(10_000));
        peer.shutdownOutput();
        reset(peer);
        assertSurvived(0, 1);
    }

    @Test
    void peerThatNeverReadsHoldsOneThreadUntilItResets() throws Exception {
        try (SocketChannel peer = SocketChannel.open(listener.getLocalSocketAddress())) {
            floodUntilTheServerWaits(peer);
            assertOthersAreServed();
            peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        assertSurvived(1, 1);
    }

    @Test
    void peerThatNeverReadsHoldsOneThreadUntilItCloses() throws Exception {
        try (SocketChannel peer = SocketChannel.open(listener.getLocalSocketAddress())) {
            floodUntilTheServerWaits(peer);
            assertOthersAreServed();
        } // with unread data: that is a reset
        assertSurvived(1, 1);
    }

    @Test
    void peerThatNeverWritesHoldsUpNobody() throws Exception {
        try (Socket silent = connect()) {
            assertOthersAreServed();
        }
        assertSurvived(0, 0);
    }

    @Test
    void peerThatDripsHoldsUpNobody() throws Exception {
        try (Socket peer = connect()) {
            for (int i = 0; i < 5; i++) {
                assertEchoes(peer, i);
                assertOthersAreServed();
            }
        }
        assertSurvived(0, 0);
    }

    @Test
    void outOfBandDataDoesNotComeBack() throws Exception {
        try (Socket peer = connect()) {
            assertEchoes(peer, 1);
            peer.sendUrgentData(2);
            assertEchoes(peer, 3);
            assertOthersAreServed();
        }
        assertSurvived(0, 0);
    }

    @Test
    void megabytesOfBinaryComeBack() throws Exception {
        byte[] bytes = random(4_000_000);
        try (Socket peer = connect()) {
            FutureTask<byte[]> reading =
                    new FutureTask<>(() -> peer.getInputStream().readNBytes(bytes.length));
            start(reading);
            peer.getOutputStream().write(bytes);
            assertArrayEquals(bytes, reading.get());
        }
        assertSurvived(0, 0);
    }

    @Test
    void acceptThatFailsIsToldAndTriedAgain() throws Exception {
        failAndServe(1);
        assertSurvived(1, 2); // one more thread may have failed just before
    }

    @Test
    void acceptsThatFailAreToldTenTimesASecond() throws Exception {
        List<Long> told = failAndServe(4);
        long millis = (told.get(3) - told.get(0)) / 1_000_000;
        assertTrue(300 <= millis && millis < 5_000, millis + " ms");
        assertSurvived(4, 5);
    }

    @Test
    void failureThatHadToWaitIsNotTold() throws Exception {
        long tenthOfASecondAgo = System.currentTimeMillis() - 100;
        Server.explainAndPause(new SocketException("over"), listener, tenthOfASecondAgo);
        assertSurvived(0, 0);
    }

    /**
     * Serves with a listener whose accepts fail, as with no descriptor left, until {@code lines}
     * lines have been told. Returns when each of them was told, in nanoseconds.
     */
    private List<Long> failAndServe(int lines) throws Exception {
        CountDownLatch left = new CountDownLatch(lines);
        List<Long> told = new CopyOnWriteArrayList<>();
        System.setErr(
                new PrintStream(err, true) {
                    @Override
                    public void println(String line) {
                        super.println(line);
                        told.add(System.nanoTime());
                        left.countDown();
                    }
                });
        listener.close();
        serve(
                new ServerSocket(0, Server.BACKLOG, InetAddress.getLoopbackAddress()) {
                    @Override
                    public Socket accept() throws IOException {
                        if (left.getCount() > 0) {
                            throw new SocketException("Too many open files");
                        }
                        return super.accept();
                    }
                });
        left.await();
        return told;
    }

    private void serve(ServerSocket listener) {
        this.listener = listener;
        start(() -> Server.serveMany(listener));
    }

    /** Starts a thread of the group. A thread that it starts is of the same group, and a daemon. */
    private void start(Runnable task) {
        Thread thread = new Thread(group, task);
        thread.setDaemon(true);
        thread.start();
    }

    private Socket connect() throws IOException {
        Socket peer = new Socket(listener.getInetAddress(), listener.getLocalPort());
        peers.add(peer);
        return peer;
    }

    private static void reset(Socket peer) throws IOException {
        if (!peer.isClosed()) {
            peer.setSoLinger(true, 0);
            peer.close();
        }
    }

    private static void assertEchoes(Socket peer, int value) throws IOException {
        peer.getOutputStream().write(value);
        assertEquals(value, peer.getInputStream().read());
    }

    private void assertOthersAreServed() throws IOException {
        byte[] bytes = random(1_000);
        try (Socket peer = connect()) {
            peer.getOutputStream().write(bytes);
            peer.shutdownOutput();
            assertArrayEquals(bytes, peer.getInputStream().readAllBytes());
        }
    }

    /**
     * Looks whether the server goes on, stops it, and waits for the end of all its conversations.
     * All it has said on standard error is {@code least} to {@code most} lines.
     */
    private void assertSurvived(int least, int most) throws Exception {
        assertOthersAreServed();
        listener.close();
        Thread[] threads = new Thread[2 * Server.CONVERSATIONS];
        int count = group.enumerate(threads);
        for (int i = 0; i < count; i++) {
            threads[i].join();
        }
        List<String> lines = err.toString(US_ASCII).lines().toList();
        assertTrue(lines.stream().allMatch(line -> line.startsWith("server: ")), lines::toString);
        assertTrue(least <= lines.size() && lines.size() <= most, lines::toString);
    }

    /**
     * Writes to {@code peer} and never reads, until the server has stopped reading from it: it has,
     * when the kernel takes no more byte of the flood while the server serves somebody else.
     */
    private void floodUntilTheServerWaits(SocketChannel peer) throws IOException {
        peer.configureBlocking(false); // write returns 0 where it would wait
        ByteBuffer flood = ByteBuffer.allocate(100_000);
        boolean taken;
        do {
            assertOthersAreServed();
            taken = peer.write(flood.clear()) > 0;
            while (peer.write(flood.clear()) > 0) {}
        } while (taken);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
