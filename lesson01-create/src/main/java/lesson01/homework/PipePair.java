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
 * <p>About 40 minutes; medium. {@link java.nio.channels.Pipe#open} makes a pipe, as in the Lab, and
 * {@link java.nio.channels.Channels} makes streams of its ends; about 20 lines are then enough.
 * Queues of your own will do, too, but take twice as long. The pipes of {@code java.io} will not,
 * because they fail when a thread that used them has ended. Give both classes the fields and
 * constructors that they need.
 *
 * <ul>
 *   <li>What is written at one end is read at the other, unchanged and in order, and no flush is
 *       needed.
 *   <li>{@link #one}, {@link #other}, {@link End#input} and {@link End#output} return the same
 *       object at each call, and no pair shares a stream, a buffer or a lock with another.
 *   <li>A read waits until there is something to read, and then returns at least one byte at once,
 *       even if its array has room for more.
 *   <li>Each way holds at least 1,024 bytes that nobody has read yet (more, or no limit, is fine),
 *       and a write waits only when there is no room.
 *   <li>A write may have any length, even 0, and its array may be changed as soon as it returns.
 *   <li>Any thread may use an end, even when the thread that used it before has ended.
 *   <li>After one end is closed, the other reads what was written before, and then -1 at each
 *       further read.
 *   <li>After one end is closed, a write at the other throws an {@link IOException}, at the latest
 *       when 10,000 more bytes have been written there.
 *   <li>At the closed end itself, a write throws an {@link IOException}, and a read throws one or
 *       returns -1, even if bytes were left to read.
 *   <li>{@link End#close} also ends the reads and writes that are waiting at either end, and a
 *       second close does nothing.
 *   <li>When both ends are closed, the pair leaves no thread and no descriptor behind.
 *   <li>Free: interrupts, a constructor that fails, a read of 0 bytes, a write of 0 bytes after a
 *       close, two threads in the same stream or two closes at once, and closing a stream instead
 *       of its end.
 * </ul>
 */
final class PipePair {

    /**
     * Makes the two ends, linked to each other.
     *
     * @throws IOException if the system has no pipe left
     */
    PipePair() throws IOException {
        throw new ToDo("make two pipes, and make the two ends of them");
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

        /** Returns the stream to read from: it has what the other end writes. */
        InputStream input() {
            throw new ToDo("return the stream with what the other end writes");
        }

        /** Returns the stream to write to: the other end reads it. */
        OutputStream output() {
            throw new ToDo("return the stream that the other end reads");
        }

        /** Closes this end, both ways. */
        @Override
        public void close() throws IOException {
            throw new ToDo("close this end, both ways");
        }
    }
}
