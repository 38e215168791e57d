package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A two-way link of two queues, in which each write is an array. */
final class PipePair {

    private final End one;
    private final End other;

    PipePair() {
        BlockingQueue<byte[]> there = new LinkedBlockingQueue<>();
        BlockingQueue<byte[]> back = new LinkedBlockingQueue<>();
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

        /** Stands for the end of the stream, because no other array in a queue is empty. */
        private static final byte[] END = {};

        private final BlockingQueue<byte[]> in;
        private final BlockingQueue<byte[]> out;
        private End peer;
        private volatile boolean closed;

        private final InputStream input =
                new InputStream() {
                    private byte[] current = END;
                    private int next;

                    @Override
                    public int read() throws IOException {
                        byte[] one = new byte[1];
                        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                    }

                    @Override
                    public synchronized int read(byte[] array, int offset, int length)
                            throws IOException {
                        if (next == current.length) {
                            current = take();
                            next = 0;
                        }
                        if (current.length == 0) {
                            in.add(END); // for the next read
                        }
                        if (closed) {
                            throw new IOException("closed");
                        }
                        if (current.length == 0) {
                            return -1;
                        }
                        int count = Math.min(length, current.length - next);
                        System.arraycopy(current, next, array, offset, count);
                        next += count;
                        return count;
                    }
                };

        private final OutputStream output =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] array, int offset, int length) throws IOException {
                        if (closed || peer.closed) {
                            throw new IOException("closed");
                        }
                        if (length > 0) {
                            out.add(Arrays.copyOfRange(array, offset, offset + length));
                        }
                    }
                };

        private End(BlockingQueue<byte[]> in, BlockingQueue<byte[]> out) {
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
            out.add(END);
            in.add(END); // wakes a read that waits here
        }

        private byte[] take() throws InterruptedIOException {
            try {
                return in.take();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }
}
