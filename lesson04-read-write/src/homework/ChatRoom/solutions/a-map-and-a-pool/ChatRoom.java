package lesson04.homework;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A room in which every line of one guest goes to all the others. A map has the lines that wait for
 * each guest, and a pool lends two threads for each: one reads, one writes.
 */
public final class ChatRoom implements Closeable {

    /** The longest line, in bytes, with its line feed. */
    public static final int MAX_LINE = 1_024;

    /** How many lines may wait in the room for a guest who does not read. */
    public static final int MAX_WAITING = 100;

    private final Map<Socket, Waiting> guests = new ConcurrentHashMap<>();
    private final ExecutorService threads = // an idle one ends at once
            new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
    private volatile boolean closed;

    /** Lets a guest in, and returns at once. */
    public void join(Socket guest) throws IOException {
        Waiting waiting = new Waiting();
        guests.put(guest, waiting);
        if (closed) { // looked at after the put: either this sees it, or close() sees the guest
            leave(guest);
            throw new IOException("nobody is let in any more");
        }
        threads.execute(() -> listen(guest));
        threads.execute(() -> tell(guest, waiting));
    }

    /** Returns how many guests are in the room. */
    public int guests() {
        return guests.size();
    }

    @Override
    public void close() {
        closed = true;
        guests.keySet().forEach(this::leave);
    }

    private void listen(Socket guest) {
        try {
            guest.setSoTimeout(0);
            InputStream in = new BufferedInputStream(guest.getInputStream());
            byte[] line;
            while ((line = readLine(in)) != null) {
                pass(guest, line);
            }
        } catch (IOException e) {
            // A way to leave.
        } finally {
            leave(guest);
        }
    }

    private void pass(Socket from, byte[] line) {
        guests.forEach(
                (guest, waiting) -> {
                    if (guest != from && !waiting.offer(line)) {
                        leave(guest);
                    }
                });
    }

    /** Writes what waits for {@code guest}. A write waits as long as the guest does not read. */
    private void tell(Socket guest, Waiting waiting) {
        try {
            OutputStream out = guest.getOutputStream();
            byte[] line;
            while ((line = waiting.take()) != null) {
                out.write(line);
            }
        } catch (IOException e) {
            leave(guest);
        }
    }

    private void leave(Socket guest) {
        Waiting waiting = guests.remove(guest);
        if (waiting != null) {
            waiting.close();
        }
        try {
            guest.close();
        } catch (IOException e) {
            // It is forgotten all the same.
        }
    }

    /** Returns the next line with its line feed, or null if the stream ends before there is one. */
    static byte[] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) != -1) {
            line.write(next);
            if (next == '\n') {
                return line.toByteArray();
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("a line of more than " + MAX_LINE + " bytes");
            }
        }
        return null;
    }

    /** The lines that wait for one guest. Several threads may use it at the same time. */
    static final class Waiting {

        private final Queue<byte[]> lines = new ArrayDeque<>();
        private boolean closed;

        /** Adds {@code line}, or returns false if {@link #MAX_WAITING} wait; it never waits. */
        synchronized boolean offer(byte[] line) {
            boolean hasRoom = lines.size() < MAX_WAITING;
            if (hasRoom) {
                lines.add(line);
                notifyAll();
            }
            return hasRoom;
        }

        /** Removes and returns the oldest line; waits for one, and returns null after close(). */
        synchronized byte[] take() {
            while (lines.isEmpty() && !closed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    closed = true;
                }
            }
            return closed ? null : lines.remove();
        }

        /** Ends the wait in {@link #take}. */
        synchronized void close() {
            closed = true;
            notifyAll();
        }
    }
}
