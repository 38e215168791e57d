package lesson03.homework;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Each attempt is a call of its own, which makes the next one when it has failed. */
public final class Dialer {

    /** What the next attempt needs to know, the times in nanoseconds. */
    private record Plan(InetSocketAddress address, int attempts, long pause, long deadline) {

        long left() {
            return deadline - System.nanoTime();
        }

        Plan next() {
            return new Plan(address, attempts - 1, 2 * pause, deadline);
        }
    }

    private final int attempts;
    private final long firstPause;
    private final long limit;
    private final Supplier<Socket> sockets;

    public Dialer(int attempts, int firstPauseMillis, int deadlineMillis) {
        this(attempts, firstPauseMillis, deadlineMillis, Socket::new);
    }

    public Dialer(
            int attempts, int firstPauseMillis, int deadlineMillis, Supplier<Socket> sockets) {
        this.attempts = attempts;
        this.firstPause = TimeUnit.MILLISECONDS.toNanos(firstPauseMillis);
        this.limit = TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
        this.sockets = sockets;
    }

    public Socket connect(InetSocketAddress address) throws IOException, InterruptedException {
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        return attempt(new Plan(address, attempts, firstPause, System.nanoTime() + limit));
    }

    private Socket attempt(Plan plan) throws IOException, InterruptedException {
        Socket socket = sockets.get();
        IOException failure;
        try {
            // Rounded up: never 0, which would be for ever.
            socket.connect(plan.address(), (int) Math.max(1, (plan.left() + 999_999) / 1_000_000));
            return socket;
        } catch (IOException e) {
            failure = e;
        }
        socket.close();
        if (plan.attempts() == 1 || plan.pause() >= plan.left()) {
            throw failure;
        }
        // Nobody counts this latch down: it is a pause that an interrupt ends.
        new CountDownLatch(1).await(plan.pause(), TimeUnit.NANOSECONDS);
        if (plan.left() <= 0) {
            throw failure;
        }
        return attempt(plan.next());
    }
}
