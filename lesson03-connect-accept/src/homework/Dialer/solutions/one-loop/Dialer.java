package lesson03.homework;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Connects, and tries again when that fails, until one deadline for all of it. */
public final class Dialer {

    private final int attempts;
    private final int firstPauseMillis;
    private final int deadlineMillis;
    private final Supplier<Socket> sockets;

    public Dialer(int attempts, int firstPauseMillis, int deadlineMillis) {
        this(attempts, firstPauseMillis, deadlineMillis, Socket::new);
    }

    public Dialer(
            int attempts, int firstPauseMillis, int deadlineMillis, Supplier<Socket> sockets) {
        this.attempts = attempts;
        this.firstPauseMillis = firstPauseMillis;
        this.deadlineMillis = deadlineMillis;
        this.sockets = sockets;
    }

    public Socket connect(InetSocketAddress address) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
        long pause = firstPauseMillis;
        for (int attempt = 1; ; attempt++) {
            // create: a socket whose connect has failed is of no further use.
            Socket socket = sockets.get();
            try {
                socket.connect(address, Math.max(1, millisUntil(deadline)));
                return socket;
            } catch (IOException e) {
                socket.close();
                // A name that nobody knows now, nobody will know at the next attempt.
                if (e instanceof UnknownHostException
                        || attempt == attempts
                        || pause >= millisUntil(deadline)) {
                    throw e;
                }
                Thread.sleep(pause);
                pause *= 2;
                // The pause may have lasted longer than it should: look at the clock again.
                if (millisUntil(deadline) <= 0) {
                    throw e;
                }
            }
        }
    }

    private static int millisUntil(long deadline) {
        return (int) TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
}
