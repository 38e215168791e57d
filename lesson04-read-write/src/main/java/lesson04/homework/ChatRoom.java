package lesson04.homework;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A room in which every line of one guest goes to all the others.
 *
 * <pre>
 * ann writes "hello\n"            bob and cid read "hello\n"
 * bob writes "hi\n"               ann and cid read "hi\n"
 * cid closes the socket           the room closes its end; ann and bob talk on
 * </pre>
 *
 * <p>About 90 minutes; hard, because many threads meet here. {@link #readLine} and {@link Waiting}
 * are written already. First pass the lines on, then let guests leave, and last see to those who do
 * not read.
 *
 * <ul>
 *   <li>A line of one guest goes to every other guest in the room, byte for byte and whole, and not
 *       back to its sender.
 *   <li>Each guest hears the lines of another in the order in which they were sent.
 *   <li>{@link #join} returns at once. From then on {@link #guests} counts the guest, who hears
 *       what the others say, but nothing from before.
 *   <li>Any number of guests may be in a room, and two rooms share nothing.
 *   <li>A guest may be silent for as long as they like, whatever timeout their socket came with.
 *   <li>A guest leaves when their stream ends, or when {@link #readLine} or a write to them fails.
 *   <li>When a guest leaves, the room closes their socket, no longer counts them, and keeps no
 *       thread for them.
 *   <li>Whatever one guest does, the others hear each other as before.
 *   <li>{@link #close} makes all guests leave and ends the threads of the room. A second call does
 *       nothing.
 *   <li>When a guest joins a closed room, {@link #join} closes their socket and throws an {@code
 *       IOException}.
 *   <li>The room keeps at least {@link #MAX_WAITING} lines for a guest who reads too slowly, or not
 *       at all, and at most twice as many. When there is no room for another line, the guest
 *       leaves. Until then they miss no line.
 *   <li>Free: threads, queues and locks; exception messages; the lines that still wait for a guest
 *       who leaves; the last lines of a guest who leaves because they do not read; the moment that
 *       passes until a guest has left or a thread has ended; a socket that had failed before it
 *       joined; and a socket whose close takes long.
 * </ul>
 */
public final class ChatRoom implements Closeable {

    /** The longest line, in bytes, with its line feed. */
    public static final int MAX_LINE = 1_024;

    /** How many lines the room keeps at least for a guest who does not read. */
    public static final int MAX_WAITING = 100;

    /** Opens an empty room. */
    public ChatRoom() {
        throw new ToDo("keep the guests where many threads can see them");
    }

    /** Lets in {@code guest}, a connected socket that belongs to the room from now on. */
    public void join(Socket guest) throws IOException {
        throw new ToDo("let a guest in, and pass the lines on to the others");
    }

    /** Returns how many guests are in the room. */
    public int guests() {
        throw new ToDo("count the guests");
    }

    /** Closes the room. */
    @Override
    public void close() {
        throw new ToDo("let all guests leave");
    }

    /**
     * Returns the next line with its line feed, or null if the stream ends before there is one. It
     * reads byte by byte, so hand it a {@code BufferedInputStream}, the same one for all lines.
     *
     * @throws IOException if the stream fails, or the line is longer than {@link #MAX_LINE}
     */
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

        /** Adds {@code line}, or returns false if {@link #MAX_WAITING} lines wait already. */
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
