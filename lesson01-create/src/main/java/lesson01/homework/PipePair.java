package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A two-way link inside one process, made of two one-way pipes: what two connected sockets are,
 * without a network.
 *
 * <pre>
 * one().output()  ------ pipe -----&gt;  other().input()
 * one().input()   &lt;----- pipe ------  other().output()
 * </pre>
 *
 * <ul>
 *   <li>Bytes come out in the order in which they went in, each once, and need no flush.
 *   <li>Each way holds at least 1,024 bytes that were written and are not read yet. With more, a
 *       write may wait until the peer reads. A write may be of any length.
 *   <li>Any thread may read and write, several at once, also after the thread that did so before
 *       has ended. The bytes of one write stay together: two threads that write do not mix.
 * </ul>
 *
 * Pipes of any make will do: {@link java.nio.channels.Pipe}, or a queue of your own. Those of
 * {@code java.io} ({@code PipedInputStream}) break the last point. Interrupts need not be handled.
 * Give the class the fields that it needs.
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

    /** Returns one end, the same at each call. */
    End one() {
        throw new ToDo("return one of the two ends");
    }

    /** Returns the other end, the same at each call: the peer of the one. */
    End other() {
        throw new ToDo("return the other of the two ends");
    }

    /**
     * One end of the link: what is written here is read at the peer, and the other way round. Give
     * it the fields and the constructor that it needs.
     */
    static final class End implements Closeable {

        /**
         * Returns the stream of what the peer writes, the same at each call. A read waits while
         * there is nothing, and then takes what there is: it does not wait until its array is full.
         */
        InputStream input() {
            throw new ToDo("return the stream that reads what the peer writes");
        }

        /** Returns the stream of what the peer shall read, the same at each call. */
        OutputStream output() {
            throw new ToDo("return the stream that writes what the peer reads");
        }

        /**
         * Closes this end, both ways, at once, whoever reads or writes at either end:
         *
         * <ul>
         *   <li>The peer reads what was written here before, and then, at each further read, the
         *       end of the stream (-1).
         *   <li>The peer's writes fail with an {@link IOException}. The first few may still
         *       succeed, and are lost, where the system is late to notice.
         *   <li>Here writes fail with an {@link IOException}, and reads fail with one or return -1,
         *       also when something was left to read.
         *   <li>Reads and writes that wait, here and at the peer, end in the same way.
         *   <li>To close again has no effect.
         * </ul>
         *
         * What it does to close a stream of an end, and not the end, is up to you.
         */
        @Override
        public void close() throws IOException {
            throw new ToDo("close this end, both ways");
        }
    }
}
