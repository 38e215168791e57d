package lesson04;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Whatever a peer does ends its own conversation, with one line at most, and nothing else. */
class HostilePeersTest {

    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A thread starts in the group of the one that starts it: here are all of the server's. */
    private final ThreadGroup group = new ThreadGroup("server");

    private final List<Socket> peers = new ArrayList<>();
    private ServerSocket listener;
    private Thread server;

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
        Socket peer = connect();
        FutureTask<Void> flood = startFlood(peer);
        awaitServerThreadIn("Net.poll.*SocketOutputStream.write");
        assertOthersAreServed();
        reset(peer);
        flood.get();
        assertSurvived(1, 1);
    }

    @Test
    void peerThatNeverReadsHoldsOneThreadUntilItCloses() throws Exception {
        Socket peer = connect();
        FutureTask<Void> flood = startFlood(peer);
        awaitServerThreadIn("Net.poll.*SocketOutputStream.write");
        assertOthersAreServed();
        peer.close(); // with unread data: that is a reset
        flood.get();
        assertSurvived(0, 1);
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
            new Thread(reading).start();
            peer.getOutputStream().write(bytes);
            assertArrayEquals(bytes, reading.get());
        }
        assertSurvived(0, 0);
    }

    @Test
    @Timeout(60) // seconds: a thousand threads take their time on a busy machine
    void callerBeyondTheLastPlaceWaitsForOne() throws Exception {
        reset(connect()); // its place comes back, and is one of those that are taken now
        Socket last = null;
        for (int i = 0; i < Server.CONVERSATIONS; i++) {
            last = connect();
        }
        assertEchoes(last, 1);
        Socket late = connect();
        late.getOutputStream().write(2);
        awaitServerThreadIn("Semaphore.acquire");
        assertEquals(0, late.getInputStream().available());
        reset(last);
        assertEquals(2, late.getInputStream().read());
        for (Socket peer : peers) {
            reset(peer);
        }
        assertSurvived(Server.CONVERSATIONS + 1, Server.CONVERSATIONS + 2);
    }

    @Test
    void acceptThatFailsIsTriedAgain() throws Exception {
        listener.close();
        serve(
                new ServerSocket(0, Server.BACKLOG, InetAddress.getLoopbackAddress()) {
                    private boolean failed;

                    @Override
                    public Socket accept() throws IOException {
                        if (!failed) {
                            failed = true;
                            throw new SocketException("Too many open files");
                        }
                        return super.accept();
                    }
                });
        assertSurvived(1, 1);
    }

    private void serve(ServerSocket listener) {
        this.listener = listener;
        server = new Thread(group, () -> Server.serve(listener));
        server.start();
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
     * Waits until the conversations of all who called have ended, and looks whether the server goes
     * on. Then stops it: all it has said on standard error is {@code least} to {@code most} lines.
     */
    private void assertSurvived(int least, int most) throws Exception {
        assertOthersAreServed(); // so all who called before have a thread by now
        awaitConversations();
        assertOthersAreServed();
        listener.close();
        server.join();
        awaitConversations();
        List<String> lines = err.toString(US_ASCII).lines().toList();
        assertTrue(lines.stream().allMatch(line -> line.startsWith("server: ")), lines::toString);
        assertTrue(least <= lines.size() && lines.size() <= most, lines::toString);
    }

    private void awaitConversations() throws InterruptedException {
        for (Thread thread : threads()) {
            if (thread != server) {
                thread.join();
            }
        }
    }

    private List<Thread> threads() {
        Thread[] threads = new Thread[2 * Server.CONVERSATIONS];
        return Arrays.asList(threads).subList(0, group.enumerate(threads));
    }

    /** Writes to {@code peer} and never reads, until a write fails. */
    private static FutureTask<Void> startFlood(Socket peer) {
        FutureTask<Void> flood =
                new FutureTask<>(
                        () -> {
                            try {
                                while (true) {
                                    peer.getOutputStream().write(new byte[100_000]);
                                }
                            } catch (SocketException e) {
                                return null;
                            }
                        });
        new Thread(flood).start();
        return flood;
    }

    /**
     * Waits until one of the server's threads stands in {@code methods}. Nothing tells from outside
     * when a call blocks, so this looks at their stacks every millisecond, for 8 seconds at most.
     */
    private void awaitServerThreadIn(String methods) {
        Pattern pattern = Pattern.compile(methods);
        long end = System.nanoTime() + 8_000_000_000L;
        while (threads().stream()
                .noneMatch(t -> pattern.matcher(Arrays.toString(t.getStackTrace())).find())) {
            assertTrue(System.nanoTime() < end, methods);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
