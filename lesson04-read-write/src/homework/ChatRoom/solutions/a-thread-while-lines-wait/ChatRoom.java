package lesson04.homework;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A room in which every line of one guest goes to all the others. A guest has one thread that reads
 * from him, and borrows one to write to him only while lines wait for him.
 */
public final class ChatRoom implements Closeable {

    /** The longest line, in bytes, with its line feed. */
    public static final int MAX_LINE = 1_024;

    /** How many lines may wait in the room for a guest who does not read. */
    public static final int MAX_WAITING = 100;

    private final Map<Socket, Deque<byte[]>> guests = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task);
                        thread.setDaemon(true);
                        return thread;
                    });
    private volatile boolean closed;

    /** Lets a guest in, and returns at once. */
    public void join(Socket guest) throws IOException {
        guests.put(guest, new ArrayDeque<>());
        if (closed) { // looked at after the put: either this sees it, or close() sees the guest
            leave(guest);
            throw new IOException("nobody is let in any more");
        }
        threads.execute(() -> listen(guest));
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
                    if (guest != from) {
                        add(guest, waiting, line);
                    }
                });
    }

    /** Adds {@code line} to what waits for {@code guest}; the first one calls for a thread. */
    private void add(Socket guest, Deque<byte[]> waiting, byte[] line) {
        synchronized (waiting) {
            if (waiting.size() > MAX_WAITING) {
                leave(guest);
                return;
            }
            waiting.add(line);
            if (waiting.size() == 1) {
                threads.execute(() -> tell(guest, waiting));
            }
        }
    }

    /** Writes what waits for {@code guest}. A line leaves the queue when it is written. */
    private void tell(Socket guest, Deque<byte[]> waiting) {
        try {
            byte[] line;
            synchronized (waiting) {
                line = waiting.peek();
            }
            while (line != null) {
                guest.getOutputStream().write(line);
                synchronized (waiting) {
                    waiting.remove();
                    line = waiting.peek();
                }
            }
        } catch (IOException e) {
            leave(guest);
        }
    }

    private void leave(Socket guest) {
        guests.remove(guest);
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
}
