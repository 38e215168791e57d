package lesson05.homework;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
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

    /** Lets each send fail. */
    static Script failing(IOException failure) {
        return (socket, datagram) -> {
            throw failure;
        };
    }

    /** A datagram, and where it comes from or goes to. */
    record Datagram(SocketAddress address, byte[] bytes) {}

    /** How long two calls that must not wait for each other may take to meet, in seconds. */
    private static final int MEETING_SECONDS = 3;

    /** How many datagrams of a flood come after the end of the attempt. */
    private static final int LATE_AT_MOST = 100;

    /** All that was sent, while {@link #keeps} is set. */
    final List<Datagram> sent = new ArrayList<>();

    final List<Long> sentNanos = new ArrayList<>();

    boolean keeps = true;

    /** How many datagrams were sent. */
    int count;

    /** More datagrams than these fail the test, so that endless attempts end. */
    int most = Integer.MAX_VALUE;

    /** How long the receives after one send have waited together, at most, in milliseconds. */
    long longestWait;

    /** Whether a receive to which nothing comes skips the time of its timeout. */
    boolean hurries;

    /** What a receive with a timeout gets when the queue is empty; null is nothing. */
    Supplier<Datagram> more = () -> null;

    /**
     * What a receive without a timeout gets when the queue is empty; null is nothing. With a
     * timeout of more than 20 seconds, the time of three receives is first over at once.
     */
    Supplier<Datagram> unbounded;

    private int longTimeouts;

    /** Why a receive may have no timeout, as a question, and the hint. */
    String stuck = "Does each receive() have a timeout?";

    int stuckHint = 2;

    /** How many datagrams of a flood were received after the end of the attempt. */
    int late;

    /** Thrown by each receive after a send. */
    IOException failure;

    /** Where each send and each receive waits for the one of another call. */
    Phaser meeting;

    private final Tried tried;
    private final Script script;
    private final Queue<Datagram> coming = new ArrayDeque<>();
    private final Queue<Datagram> later = new ArrayDeque<>();
    private volatile Thread user;
    private volatile String misuse;
    private volatile long endNanos;
    private volatile long receivedNanos;
    private long waited;
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

    /** Runs a call of the answer in a thread that alone may use the socket. */
    <T> T within(int seconds, Callable<T> call, String expected, String cause) throws Exception {
        Callable<T> alone =
                () -> {
                    user = Thread.currentThread();
                    try {
                        return call.call();
                    } finally {
                        endNanos = System.nanoTime();
                    }
                };
        try {
            return tried.within(seconds, alone, expected, cause, 2);
        } finally {
            String use = "the calling thread alone to use the socket, without a connection";
            String which = "Which thread sends and receives, and is a connection needed?";
            tried.check(misuse == null, use, misuse, which, 2);
        }
    }

    /** Fails where the contract forbids {@code call}. */
    private void check(String call, boolean isForbidden) throws SocketException {
        if (isClosed()) {
            throw new SocketException("Socket closed");
        }
        boolean isStray = user != null && user != Thread.currentThread();
        if (isForbidden || isStray) {
            misuse = call + (isStray ? " in another thread" : "");
            misuse += Tried.lineIn(new Throwable().getStackTrace());
            throw new SocketException(misuse);
        }
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        check("send()", false);
        meet();
        int end = packet.getOffset() + packet.getLength();
        byte[] bytes = Arrays.copyOfRange(packet.getData(), packet.getOffset(), end);
        if (++count > most) {
            tried.fail(most + " datagrams", "more", "What ends the attempts?", 2);
        }
        if (keeps) {
            sent.add(new Datagram(packet.getSocketAddress(), bytes));
            sentNanos.add(System.nanoTime());
        }
        waited = 0;
        script.sent(this, bytes);
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        check("receive()", false);
        if (failure != null && count > 0) {
            throw failure;
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
        receivedNanos = System.nanoTime();
        meet();
    }

    private Datagram next() throws IOException {
        if (!coming.isEmpty() || !later.isEmpty()) {
            return coming.isEmpty() ? later.remove() : coming.remove();
        }
        int timeout = getSoTimeout();
        if (unbounded != null && (timeout == 0 || timeout > 20_000)) {
            if (timeout > 0 && ++longTimeouts <= 3) {
                throw new SocketTimeoutException("Receive timed out");
            }
            Datagram next = unbounded.get();
            if (next != null) {
                return next;
            }
        }
        if (timeout == 0) {
            tried.fail("a receive() with a timeout", "one without", stuck, stuckHint);
        }
        long start = System.nanoTime();
        Datagram next = more.get();
        long passed = (System.nanoTime() - start) / 1_000_000;
        waited += next == null ? timeout : Math.min(timeout, passed); // whatever the load
        longestWait = Math.max(longestWait, waited);
        if (next == null) {
            pause(hurries ? 0 : timeout);
            throw new SocketTimeoutException("Receive timed out");
        }
        return next;
    }

    /** Starts a call in another thread. */
    static <T> FutureTask<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "other call");
        thread.setDaemon(true);
        thread.start();
        return task;
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

    /**
     * Lets one datagram come in each attempt of so many milliseconds: in every second attempt
     * early, in the others by turns half a millisecond before and after the end.
     */
    void comesInEachAttempt(int millis, Supplier<Datagram> stray) {
        int[] attempt = new int[1];
        more =
                () -> {
                    if (attempt[0] == count) {
                        return null;
                    }
                    attempt[0] = count;
                    int[] micros = {200 * millis, 1_000 * millis - 500, 1_000 * millis + 500};
                    int turn = count % 2 == 0 ? 0 : 1 + count / 2 % 2;
                    sleepUntil(sentNanos.get(count - 1) + micros[turn] * 1_000L);
                    return stray.get();
                };
    }

    /**
     * Lets datagrams come without a pause in each attempt of so many milliseconds, and up to {@link
     * #LATE_AT_MOST} more to receives after its end.
     */
    void comesWithoutAPause(int millis, Supplier<Datagram> stray) {
        int[] attempt = new int[1];
        long[] end = new long[1];
        more =
                () -> {
                    long now = System.nanoTime();
                    if (attempt[0] != count) {
                        attempt[0] = count;
                        end[0] = now + TimeUnit.MILLISECONDS.toNanos(millis + 10); // any clock
                    }
                    return now > end[0] && ++late > LATE_AT_MOST ? null : stray.get();
                };
    }

    /** To the microsecond: sleeps first, and looks at the clock for the last milliseconds. */
    static void sleepUntil(long nanos) {
        LockSupport.parkNanos(nanos - System.nanoTime() - 3_000_000);
        while (System.nanoTime() < nanos) {
            Thread.onSpinWait();
        }
    }

    /** Expects that the last of a flood's datagrams did not come any more. */
    void expectNoFlood(String cause) {
        String expected = "an end of the attempt, whatever comes";
        String got = "more datagrams received when its time was over";
        tried.check(late <= LATE_AT_MOST, expected, got, cause, 3);
    }

    List<Integer> lengths() {
        return sent.stream().map(datagram -> datagram.bytes().length).toList();
    }

    List<SocketAddress> addresses() {
        return sent.stream().map(Datagram::address).toList();
    }

    /** Returns the times between two sends, and at last between the last one and the end. */
    List<Long> pausesMillis() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < sentNanos.size(); i++) {
            boolean isLast = i == sentNanos.size() - 1;
            long next = isLast ? endNanos : sentNanos.get(i + 1);
            pauses.add((next - sentNanos.get(i)) / 1_000_000);
        }
        return pauses;
    }

    /** Returns the time between the last datagram that came and the end. */
    long silenceMillis() {
        return (endNanos - receivedNanos) / 1_000_000;
    }

    @Override
    public void connect(SocketAddress peer) throws SocketException {
        check("connect()", true);
    }

    @Override
    public void connect(InetAddress address, int port) {
        try {
            check("connect()", true);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
