package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A two-way link inside one program, made of two one-way pipes: what two connected sockets are,
 * without a network.
 *
 * <pre>
 * one().output()  ------ pipe -----&gt;  other().input()
 * one().input()   &lt;----- pipe ------  other().output()
 * </pre>
 *
 * <pre>
 * PipePair pair = new PipePair();
 * pair.one().output().write('x');
 * pair.one().close();
 * pair.other().input().read()      // 'x'
 * pair.other().input().read()      // -1, the end of the stream
 * </pre>
 *
 * <p>About 40 minutes; middling. Pipes of any make will do. {@link java.nio.channels.Pipe#open}
 * makes one, as in the Lab, and {@link java.nio.channels.Channels} makes streams of its ends; then
 * some 20 lines are enough. Those of {@code java.io} ({@code PipedInputStream}) fail when the
 * thread that used them has ended. Give both classes the fields and constructors that they need.
 *
 * <ul>
 *   <li>What is written at one end is read at the other, unchanged and in order, and no flush is
 *       needed.
 *   <li>{@link #one}, {@link #other}, {@link End#input} and {@link End#output} return the same
 *       object at each call, and no pair shares anything with another.
 *   <li>A read waits while there is nothing to read, and then takes what there is, even if its
 *       array has room for more.
 *   <li>Each way holds at least 1,024 bytes that nobody has read yet, and a write waits only when
 *       there is no room.
 *   <li>A write may have any length, even 0, and when it has returned, its array may be changed.
 *   <li>Any thread may use an end, even when the thread that used it before has ended.
 *   <li>When one end was closed, the other reads what was written before, and then -1 at each
 *       further read.
 *   <li>When one end was closed, a write at the other throws an {@link IOException}, after 10,000
 *       lost bytes at the latest.
 *   <li>At the closed end itself a write throws an {@link IOException}, and a read throws one or
 *       returns -1, even if something was left to read.
 *   <li>{@link End#close} ends reads and writes that wait at either end in the same way, and a
 *       second one does nothing.
 *   <li>When both ends are closed, the pair leaves no thread and no descriptor behind.
 *   <li>Free: interrupts, a read of 0 bytes, two threads in the same stream at once, and what it
 *       does to close one stream instead of the end.
 * </ul>
 */
final class PipePair {

    /**
     * Makes the two ends, linked to each other.
     *
     * @throws IOException if the system has no pipe to give
     */
    PipePair() throws IOException {
        throw new ToDo("make two pipes, and of them the two ends");
    }

    /** Returns one end. */
    End one() {
        throw new ToDo("return one of the two ends");
    }

    /** Returns the other end. */
    End other() {
        throw new ToDo("return the other of the two ends");
    }

    /** One end of the link. */
    static final class End implements Closeable {

        /** Returns the stream of what the other end writes. */
        InputStream input() {
            throw new ToDo("return the stream that reads what the other end writes");
        }

        /** Returns the stream of what the other end shall read. */
        OutputStream output() {
            throw new ToDo("return the stream that writes what the other end reads");
        }

        /** Closes this end, both ways. */
        @Override
        public void close() throws IOException {
            throw new ToDo("close this end, both ways");
        }
    }
}
