package lesson04.homework;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
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

    /** How many lines may wait in the room for a guest. */
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
            hangUp(guest);
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
        guests.keySet().forEach(this::hangUp);
    }

    /** Cuts what comes from {@code guest} into lines, in place, and passes them on. */
    private void listen(Socket guest) {
        byte[] buffer = new byte[MAX_LINE];
        int end = 0;
        try {
            for (int count;
                    end < MAX_LINE
                            && (count = guest.getInputStream().read(buffer, end, MAX_LINE - end))
                                    != -1; ) {
                int start = 0;
                for (int i = end; i < end + count; i++) {
                    if (buffer[i] == '\n') {
                        pass(guest, Arrays.copyOfRange(buffer, start, i + 1));
                        start = i + 1;
                    }
                }
                end += count - start;
                System.arraycopy(buffer, start, buffer, 0, end);
            }
        } catch (IOException e) {
            // The same as a leave.
        } finally {
            hangUp(guest);
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
                hangUp(guest);
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
            hangUp(guest);
        }
    }

    private void hangUp(Socket guest) {
        guests.remove(guest);
        try {
            guest.close();
        } catch (IOException e) {
            // It is forgotten all the same.
        }
    }
}
