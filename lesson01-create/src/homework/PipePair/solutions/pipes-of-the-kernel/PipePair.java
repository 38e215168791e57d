package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

/**
 * A two-way link inside one process, made of two one-way pipes of the kernel.
 *
 * <pre>
 * one().output()  ------ there ----&gt;  other().input()
 * one().input()   &lt;----- back ------  other().output()
 * </pre>
 */
final class PipePair {

    private final End one;
    private final End other;

    /** Makes the two ends, linked to each other. */
    PipePair() throws IOException {
        // A pipe has one end to read, its source, and one to write, its sink.
        Pipe there = Pipe.open();
        Pipe back = Pipe.open();

        // Crossed: the pipe that is written here is read at the peer.
        one = new End(back.source(), there.sink());
        other = new End(there.source(), back.sink());
    }

    /** Returns one end. */
    End one() {
        return one;
    }

    /** Returns its peer. */
    End other() {
        return other;
    }

    /** One end of the link: the source of one pipe, and the sink of the other. */
    static final class End implements Closeable {

        private final InputStream input;
        private final OutputStream output;

        private End(Pipe.SourceChannel source, Pipe.SinkChannel sink) {
            input = Channels.newInputStream(source);
            output = Channels.newOutputStream(sink);
        }

        /** Returns the stream of what the peer writes. */
        InputStream input() {
            return input;
        }

        /** Returns the stream of what the peer shall read. */
        OutputStream output() {
            return output;
        }

        /** Closes this end, both ways. The kernel tells the peer, and whoever waits. */
        @Override
        public void close() throws IOException {
            // A pipe without its sink comes to its end; one without its source cannot be written.
            try (input) {
                output.close();
            } // close: the input too, also when the line above has failed.
        }
    }
}
