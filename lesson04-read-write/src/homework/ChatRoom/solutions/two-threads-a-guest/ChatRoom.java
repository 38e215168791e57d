package lesson04.homework;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A room in which every line of one guest goes to all the others. Each guest has two threads: one
 * reads from the guest, one writes to the guest.
 */
public final class ChatRoom implements Closeable {

    /** The longest line, in bytes, with its line feed. */
    public static final int MAX_LINE = 1_024;

    /** How many lines may wait in the room for a guest who does not read. */
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
            guests.add(guest);
            guest.writer.start();
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
        present().forEach(Guest::leave);
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
                socket.setSoTimeout(0); // for ever: he may be silent
                InputStream in = new BufferedInputStream(socket.getInputStream());
                byte[] line;
                while ((line = readLine(in)) != null) {
                    for (Guest other : present()) {
                        if (other != this) {
                            other.hear(line);
                        }
                    }
                }
            } catch (IOException e) {
                // The same as the end of the stream.
            } finally {
                leave();
            }
        }

        /** Queues {@code line} for him. It never waits, so that nobody waits for him. */
        void hear(byte[] line) {
            if (!waiting.offer(line)) {
                leave();
            }
        }

        /** Writes to him what waits for him. A write waits as long as he does not read. */
        private void tell() {
            try {
                OutputStream out = socket.getOutputStream();
                while (true) {
                    out.write(waiting.take());
                }
            } catch (IOException | InterruptedException e) {
                leave();
            }
        }

        /** Forgets him, closes his socket, which ends a read or a write, and ends a take. */
        void leave() {
            forget(this);
            try {
                socket.close();
            } catch (IOException e) {
                // It is forgotten all the same.
            }
            writer.interrupt();
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
