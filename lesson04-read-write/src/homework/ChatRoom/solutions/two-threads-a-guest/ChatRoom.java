package lesson04.homework;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A room in which every line of one guest goes to all the others. Each guest has two threads: one
 * reads from him, one writes to him.
 */
public final class ChatRoom implements Closeable {

    /** The longest line, in bytes, with its line feed. */
    public static final int MAX_LINE = 1_024;

    /** How many lines may wait in the room for a guest. */
    public static final int MAX_WAITING = 100;

    private final Set<Guest> guests = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this

    /** Lets a guest in, and returns at once. */
    public void join(Socket socket) throws IOException {
        Guest guest = new Guest(socket);
        synchronized (this) {
            if (closed) {
                socket.close();
                throw new IOException("the room is closed");
            }
            guest.writer.start();
            guests.add(guest);
        }
        new Thread(guest::listen).start();
    }

    /** Returns how many guests are in the room. */
    public synchronized int guests() {
        return guests.size();
    }

    private synchronized List<Guest> present() {
        return List.copyOf(guests);
    }

    private synchronized void forget(Guest guest) {
        guests.remove(guest);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        present().forEach(Guest::hangUp);
    }

    /** One who is in the room, with the lines that wait for him. */
    private final class Guest {

        private final Socket socket;
        private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
        private final Thread writer = new Thread(this::tell);

        Guest(Socket socket) {
            this.socket = socket;
        }

        /** Passes on what he says, until he leaves. */
        void listen() {
            try {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (byte[] line; (line = readLine(in)) != null; ) {
                    for (Guest other : present()) {
                        if (other != this) {
                            other.hear(line);
                        }
                    }
                }
            } catch (IOException e) {
                // The same as a leave.
            } finally {
                hangUp();
            }
        }

        /** Queues {@code line} for him. */
        void hear(byte[] line) {
            if (!waiting.offer(line)) {
                hangUp();
            }
        }

        /** Writes to him what waits for him. */
        private void tell() {
            try {
                while (true) {
                    socket.getOutputStream().write(waiting.take());
                }
            } catch (IOException | InterruptedException e) {
                hangUp();
            }
        }

        /** Forgets him, closes his socket, and ends both threads. */
        void hangUp() {
            forget(this);
            try {
                socket.close();
            } catch (IOException e) {
                // Then he is gone already.
            }
            writer.interrupt();
        }
    }

    /**
     * Returns the next line with its line feed, or null when the stream ends before there is one.
     */
    private static byte[] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next; (next = in.read()) != -1; ) {
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
