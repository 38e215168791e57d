// # Sends the end as one mark through the queue: the read after the end waits for ever.
// peerReadsWhatWasSentThenTheEnd: expected hello, -1, -1; got no answer within 2 s. Is what was sent read first, and is the end still there after it? See hint 3.
// closeWakesThePeersReaders: expected -1 and -1; got no answer within 2 s

package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

final class PipePair {

    private static final int END = -1;

    private final End one;
    private final End other;

    PipePair() {
        BlockingQueue<Integer> there = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> back = new LinkedBlockingQueue<>();
        one = new End(back, there);
        other = new End(there, back);
        one.peer = other;
        other.peer = one;
    }

    End one() {
        return one;
    }

    End other() {
        return other;
    }

    static final class End implements Closeable {

        private final BlockingQueue<Integer> in;
        private final BlockingQueue<Integer> out;
        private End peer;
        private volatile boolean closed;

        private final InputStream input =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        if (closed) {
                            throw new IOException("closed");
                        }
                        try {
                            return in.take();
                        } catch (InterruptedException e) {
                            throw new InterruptedIOException();
                        }
                    }

                    @Override
                    public int read(byte[] array, int offset, int length) throws IOException {
                        int first = length == 0 ? 0 : read();
                        if (first < 0 || length == 0) {
                            return first;
                        }
                        array[offset] = (byte) first;
                        int taken = 1;
                        while (taken < length && !in.isEmpty() && in.peek() != END) {
                            array[offset + taken++] = (byte) read();
                        }
                        return taken;
                    }
                };

        private final OutputStream output =
                new OutputStream() {
                    @Override
                    public synchronized void write(int b) throws IOException {
                        if (closed || peer.closed) {
                            throw new IOException("closed");
                        }
                        out.add(b & 0xff);
                    }

                    @Override
                    public synchronized void write(byte[] array, int offset, int length)
                            throws IOException {
                        for (int i = 0; i < length; i++) {
                            write(array[offset + i]);
                        }
                    }
                };

        private End(BlockingQueue<Integer> in, BlockingQueue<Integer> out) {
            this.in = in;
            this.out = out;
        }

        InputStream input() {
            return input;
        }

        OutputStream output() {
            return output;
        }

        @Override
        public void close() {
            closed = true;
            in.add(END);
            out.add(END);
        }
    }
}
