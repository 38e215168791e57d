package lesson05.homework;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A datagram socket whose link is played by a test: each datagram that is sent goes to a script,
 * and only what the script puts into the queue comes. So no datagram is lost or late by chance.
 */
final class TestSocket extends DatagramSocket {

    /** What the other end does with a datagram, while {@link #send} runs. */
    interface Script {
        void sent(TestSocket socket, byte[] datagram) throws IOException;
    }

    /** A datagram, and where it comes from or goes to. */
    record Datagram(SocketAddress address, byte[] bytes) {}

    /** How long two calls that must not wait for each other may take to meet, in seconds. */
    private static final int MEETING_SECONDS = 3;

    /** All that was sent, while {@link #keeps} is set. */
    final List<Datagram> sent = new ArrayList<>();

    final List<Long> sentNanos = new ArrayList<>();

    /** When the answer has returned or thrown. */
    long endNanos;

    boolean keeps = true;

    /** How many datagrams were sent. */
    int count;

    /** More datagrams than these fail the test, so that endless attempts end. */
    int most = Integer.MAX_VALUE;

    /** The longest timeout with which a receive has waited for nothing, in milliseconds. */
    int longestWait;

    /** Whether a receive to which nothing comes skips the time of its timeout. */
    boolean hurries;

    /** What a receive with a timeout gets when the queue is empty; null is nothing. */
    Supplier<Datagram> more = () -> null;

    /**
     * What a receive without a timeout gets when the queue is empty. With a timeout of more than 20
     * seconds, the time of three receives is first over at once.
     */
    Supplier<Datagram> unbounded;

    private int longTimeouts;

    /** Why a receive may have no timeout, as a question, and the hint. */
    String stuck = "What bounds each receive()?";

    int stuckHint = 2;

    /** Thrown by each receive after a send. */
    IOException failure;

    /** Nobody has opened the peer's port: a connected socket is told so, once for each send. */
    boolean nobody;

    /** Where each send and each receive waits for the one of another call. */
    Phaser meeting;

    private final Tried tried;
    private final Script script;
    private final Queue<Datagram> coming = new ArrayDeque<>();
    private final Queue<Datagram> later = new ArrayDeque<>();
    private SocketAddress connected;
    private boolean unreachable;
    private DatagramPacket filled;
    private int filledLength;
    private int room;

    TestSocket(Tried tried, Script script) throws IOException {
        super(new InetSocketAddress("127.0.0.1", 0));
        this.tried = tried;
        this.script = script;
    }

    /** Lets a datagram arrive when a receive finds the queue empty. */
    void comesLater(SocketAddress from, byte[] datagram) {
        later.add(new Datagram(from, datagram));
    }

    /** Puts a datagram into the queue. */
    void comes(SocketAddress from, byte[] datagram) {
        coming.add(new Datagram(from, datagram));
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        assertIsOpen();
        meet();
        int end = packet.getOffset() + packet.getLength();
        byte[] bytes = Arrays.copyOfRange(packet.getData(), packet.getOffset(), end);
        SocketAddress to = packet.getAddress() == null ? connected : packet.getSocketAddress();
        if (to == null || (connected != null && !connected.equals(to))) {
            throw new IllegalArgumentException("to " + to + ", and connected to " + connected);
        }
        if (++count > most) {
            tried.fail(most + " datagrams", "more", "What ends the attempts?", 2);
        }
        if (keeps) {
            sent.add(new Datagram(to, bytes));
            sentNanos.add(System.nanoTime());
        }
        unreachable = nobody && connected != null;
        script.sent(this, bytes);
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        assertIsOpen();
        if (failure != null && count > 0) {
            throw failure;
        }
        if (unreachable) {
            unreachable = false;
            throw new PortUnreachableException();
        }
        Datagram next = next();
        // As a real socket does: the room of a packet is what was last set, not what last came.
        if (packet != filled || packet.getLength() != filledLength) {
            room = packet.getLength();
        }
        filled = packet;
        filledLength = Math.min(next.bytes().length, room);
        System.arraycopy(next.bytes(), 0, packet.getData(), packet.getOffset(), filledLength);
        packet.setLength(filledLength);
        packet.setSocketAddress(next.address());
        meet();
    }

    private Datagram next() throws IOException {
        while (!coming.isEmpty()) {
            Datagram next = coming.remove();
            if (connected == null || connected.equals(next.address())) {
                return next;
            }
        }
        if (!later.isEmpty()) {
            return later.remove();
        }
        int timeout = getSoTimeout();
        if (unbounded != null && (timeout == 0 || timeout > 20_000)) {
            if (timeout > 0 && ++longTimeouts <= 3) {
                throw new SocketTimeoutException("Receive timed out");
            }
            Datagram next = unbounded.get();
            unbounded = null;
            return next;
        }
        if (timeout == 0) {
            tried.fail("a timeout while nothing comes", "a receive() without", stuck, stuckHint);
        }
        Datagram next = more.get();
        while (next != null && connected != null && !connected.equals(next.address())) {
            next = more.get(); // a connected socket never sees it
        }
        if (next == null) {
            longestWait = Math.max(longestWait, timeout);
            pause(hurries ? 0 : timeout);
            throw new SocketTimeoutException("Receive timed out");
        }
        return next;
    }

    /** Returns the result of a call in another thread, or throws what it threw. */
    static <T> T result(Tried tried, FutureTask<T> other) throws Exception {
        try {
            return tried.within(8, other::get, "an end of both calls", "Is there a lock?", 1);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** Lets time pass. */
    static void pause(int millis) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    /** Waits for the same step of the other call. */
    void meet() throws IOException {
        if (meeting == null) {
            return;
        }
        try {
            meeting.awaitAdvanceInterruptibly(meeting.arrive(), MEETING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            String got = "one that waits for the other";
            tried.fail("both calls to go on", got, "Do both calls take one lock?", 2);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    /** Returns the shortest time between two sends, or between the last one and the end. */
    long shortestPauseMillis() {
        long next = endNanos;
        long shortest = Long.MAX_VALUE;
        for (int i = sentNanos.size() - 1; i >= 0; i--) {
            shortest = Math.min(shortest, next - sentNanos.get(i));
            next = sentNanos.get(i);
        }
        return shortest / 1_000_000;
    }

    /** Returns the time between the last send and the end. */
    long lastPauseMillis() {
        return (endNanos - sentNanos.get(sentNanos.size() - 1)) / 1_000_000;
    }

    /** Discards what has come, even the peer's datagrams, as a real socket does. */
    @Override
    public void connect(SocketAddress peer) {
        coming.clear();
        connected = peer;
    }

    @Override
    public void connect(InetAddress address, int port) {
        connect(new InetSocketAddress(address, port));
    }

    @Override
    public void disconnect() {
        connected = null;
    }

    @Override
    public boolean isConnected() {
        return connected != null;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return connected;
    }

    private void assertIsOpen() throws SocketException {
        if (isClosed()) {
            throw new SocketException("Socket closed");
        }
    }
}
