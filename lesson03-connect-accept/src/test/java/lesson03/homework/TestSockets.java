package lesson03.homework;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Supplies sockets whose connect goes by a plan, without a network, and notes each attempt. */
final class TestSockets implements Supplier<Socket> {

    /** After so many attempts an answer is stopped. */
    private static final int RUNAWAY = 1_000;

    /** What an attempt does: it succeeds if it returns. The first attempt is number 1. */
    @FunctionalInterface
    interface Plan {
        void connect(int attempt) throws IOException;
    }

    /**
     * One call of connect: its socket, its arguments, when it began and ended, and how it failed.
     * Times are of {@link System#nanoTime}.
     */
    record Attempt(
            Planned socket,
            SocketAddress address,
            int timeout,
            long begin,
            long end,
            IOException failure) {}

    final List<Planned> sockets = new CopyOnWriteArrayList<>();
    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final Plan plan;

    /** Until when the supplier takes for a socket. */
    volatile LongSupplier givenAt = System::nanoTime;

    TestSockets(Plan plan) {
        this.plan = plan;
    }

    /** Supplies sockets whose connect fails at once, each with an exception of its own. */
    static TestSockets thatRefuse() {
        return thatRefuseAfter(0);
    }

    /** Supplies sockets whose connect fails after {@code millis} milliseconds. */
    static TestSockets thatRefuseAfter(int millis) {
        return new TestSockets(
                attempt -> {
                    takeUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
                    throw refusal(attempt);
                });
    }

    /** Supplies sockets of which the first fails with {@code failure}, and the others connect. */
    static TestSockets thatFailOnce(IOException failure) {
        return new TestSockets(
                attempt -> {
                    if (attempt == 1) {
                        throw failure;
                    }
                });
    }

    /** Supplies sockets of which the first is refused, and the others connect. */
    static TestSockets thatRefuseOnce() {
        return new TestSockets(
                attempt -> {
                    if (attempt == 1) {
                        throw refusal(attempt);
                    }
                });
    }

    /** Supplies sockets that all fail with this one exception. */
    static TestSockets thatFail(IOException failure) {
        return new TestSockets(
                attempt -> {
                    throw failure;
                });
    }

    static ConnectException refusal(int attempt) {
        return new ConnectException("refused, attempt " + attempt);
    }

    /** A named pause: what is planned takes its time, interrupted or not. */
    static void takeUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0;
                left = nanoTime - System.nanoTime()) {
            if (left > 200_000 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(left - 200_000);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Waits until the other thread is where the plan wants it, 2 seconds at most. */
    static void await(CountDownLatch latch) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (latch.getCount() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static String options(Socket socket) throws IOException {
        return Tried.say(
                "getSoTimeout() %d, getTcpNoDelay() %s, getKeepAlive() %s, getSoLinger() %d",
                socket.getSoTimeout(),
                socket.getTcpNoDelay(),
                socket.getKeepAlive(),
                socket.getSoLinger());
    }

    @Override
    public Socket get() {
        Planned socket = new Planned();
        takeUntil(givenAt.getAsLong());
        sockets.add(socket);
        socket.given = System.nanoTime();
        return socket;
    }

    /** Returns the pauses between the attempts, in milliseconds. */
    List<Long> pauses() {
        return IntStream.range(1, attempts.size())
                .mapToLong(i -> attempts.get(i).begin - attempts.get(i - 1).end)
                .mapToObj(TimeUnit.NANOSECONDS::toMillis)
                .toList();
    }

    IOException lastFailure() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).failure;
    }

    long stillOpen() {
        return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    /** A socket that only pretends to connect; its options are real. */
    final class Planned extends Socket {

        /** When the supplier was asked for it, and when it was given. */
        final long asked = System.nanoTime();

        volatile long given;
        private volatile boolean tried;
        private volatile boolean connected;

        @Override
        public boolean isConnected() {
            return connected;
        }

        @Override
        public void connect(SocketAddress address) throws IOException {
            connect(address, 0);
        }

        @Override
        public void connect(SocketAddress address, int timeout) throws IOException {
            if (timeout < 0) {
                throw new IllegalArgumentException("connect: timeout can't be negative");
            } else if (attempts.size() >= RUNAWAY) {
                Tried.to("attempts that all fail")
                        .fail("it to give up", RUNAWAY + " attempts", "Who counts them?", 2);
            }
            long begin = System.nanoTime();
            IOException failure = null;
            try {
                attempt(address);
            } catch (IOException e) {
                failure = e;
                throw e;
            } finally {
                attempts.add(
                        new Attempt(this, address, timeout, begin, System.nanoTime(), failure));
            }
        }

        private void attempt(SocketAddress address) throws IOException {
            if (isClosed()) {
                throw new SocketException("Socket closed");
            } else if (tried) {
                throw new SocketException("its connect has failed before");
            }
            tried = true;
            if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
                throw new UnknownHostException(inet.getHostString());
            }
            plan.connect(begun.incrementAndGet());
            connected = true;
        }
    }
}
