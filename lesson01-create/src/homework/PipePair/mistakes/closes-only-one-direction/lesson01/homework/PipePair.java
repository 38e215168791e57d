package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

final class PipePair {

    private final End one;
    private final End other;

    PipePair() throws IOException {
        Pipe there = Pipe.open();
        Pipe back = Pipe.open();

        one = new End(back.source(), there.sink());
        other = new End(there.source(), back.sink());
    }

    End one() {
        return one;
    }

    End other() {
        return other;
    }

    static final class End implements Closeable {

        private final InputStream input;
        private final OutputStream output;

        private End(Pipe.SourceChannel source, Pipe.SinkChannel sink) {
            input = Channels.newInputStream(source);
            output = Channels.newOutputStream(sink);
        }

        InputStream input() {
            return input;
        }

        OutputStream output() {
            return output;
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }
}
