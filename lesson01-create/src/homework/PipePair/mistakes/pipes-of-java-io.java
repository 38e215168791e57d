// # Uses the pipes of java.io: they fail when the thread that used them last has ended.
// threadsComeAndGo: expected a and b; got java.io.IOException: Read end dead, at PipePair.java

package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;

final class PipePair {

    private final End one;
    private final End other;

    PipePair() throws IOException {
        PipedOutputStream there = new PromptOutputStream();
        PipedOutputStream back = new PromptOutputStream();
        one = new End(new PipedInputStream(back), there, back);
        other = new End(new PipedInputStream(there), back, there);
    }

    End one() {
        return one;
    }

    End other() {
        return other;
    }

    static final class End implements Closeable {

        private final PipedInputStream input;
        private final PipedOutputStream output;
        private final PipedOutputStream peersOutput;

        private End(
                PipedInputStream input, PipedOutputStream output, PipedOutputStream peersOutput) {
            this.input = input;
            this.output = output;
            this.peersOutput = peersOutput;
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
            peersOutput.close(); // wakes whoever reads here
            input.close();
        }
    }

    /** One write at a time; and without the flush a reader looks only once a second. */
    private static final class PromptOutputStream extends PipedOutputStream {

        @Override
        public synchronized void write(int b) throws IOException {
            super.write(b);
            flush();
        }

        @Override
        public synchronized void write(byte[] array, int offset, int length) throws IOException {
            super.write(array, offset, length);
            flush();
        }
    }
}
