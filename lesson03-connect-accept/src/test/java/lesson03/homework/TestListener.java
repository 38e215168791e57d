package lesson03.homework;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A listening socket whose accept goes by a plan, without a network. It guards itself. */
final class TestListener extends ServerSocket {

    /** Who waits to be accepted. */
    private final Queue<TestClient> queue = new ArrayDeque<>();

    private final Queue<IOException> failures = new ArrayDeque<>();

    private int accepts;

    /** When the last accept has failed by plan, or 0, and how long it took until the next. */
    private long failed;

    private final List<Long> rests = new ArrayList<>();

    /** Begins to count down when accept is called. */
    final CountDownLatch waiting = new CountDownLatch(1);

    /** If not null, an accept that has taken a client off the queue returns after it. */
    volatile CountDownLatch held;

    final CountDownLatch taken = new CountDownLatch(1);

    TestListener() throws IOException {
        super(0, 1, InetAddress.getLoopbackAddress());
    }

    static List<IOException> failures() {
        return List.of(
                new SocketException("Too many open files"),
                new SocketTimeoutException("Accept timed out"),
                new IOException("by plan"));
    }

    synchronized void add(TestClient client) {
        queue.add(client);
        notifyAll();
    }

    synchronized void fail(IOException... planned) {
        failures.addAll(Arrays.asList(planned));
        notifyAll();
    }

    synchronized int accepts() {
        return accepts;
    }

    /** Returns the shortest of the last three times between a failure and the next accept, or 0. */
    synchronized long shortestRest() {
        int count = rests.size();
        return count < 3
                ? 0
                : TimeUnit.NANOSECONDS.toMillis(Collections.min(rests.subList(count - 3, count)));
    }

    @Override
    public Socket accept() throws IOException {
        TestClient client = next();
        if (held != null) {
            taken.countDown();
            TestDoor.await(held);
        }
        return client;
    }

    private synchronized TestClient next() throws IOException {
        accepts++;
        waiting.countDown();
        if (failed != 0) {
            rests.add(System.nanoTime() - failed);
            failed = 0;
        }
        await(isClosed() ? 0 : getSoTimeout());
        if (isClosed()) {
            throw new SocketException("Socket closed");
        } else if (!failures.isEmpty()) {
            failed = System.nanoTime();
            throw failures.remove();
        } else if (queue.isEmpty()) {
            throw new SocketTimeoutException("Accept timed out");
        }
        return queue.remove();
    }

    /** Waits for a client, a failure or the end; an interrupt ends no real accept, nor this. */
    private void await(int timeoutMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        boolean interrupted = false;
        while (!isClosed()
                && failures.isEmpty()
                && queue.isEmpty()
                && (timeoutMillis == 0 || System.nanoTime() < end)) {
            try {
                wait(timeoutMillis);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        synchronized (this) {
            notifyAll();
        }
    }
}
