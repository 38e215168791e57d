package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** A two-way link of two queues of bytes in memory. */
final class PipePair {

    private final Queue there = new Queue();
    private final Queue back = new Queue();
    private final End one = new End(back, there);
    private final End other = new End(there, back);

    End one() {
        return one;
    }

    End other() {
        return other;
    }

    /** An end reads one queue, and writes the other. */
    static final class End implements Closeable {

        private final Queue in;
        private final Queue out;

        private End(Queue in, Queue out) {
            this.in = in;
            this.out = out;
        }

        InputStream input() {
            return in.input;
        }

        OutputStream output() {
            return out.output;
        }

        @Override
        public void close() {
            in.close(true);
            out.close(false);
        }
    }

    /** A ring of bytes; its monitor guards it, and whoever changes it wakes all who wait. */
    private static final class Queue {

        private final byte[] ring = new byte[4096];
        private int first;
        private int count;
        private boolean closed;

        final InputStream input =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        byte[] one = new byte[1];
                        return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                    }

                    @Override
                    public int read(byte[] array, int offset, int length) throws IOException {
                        return take(array, offset, length);
                    }
                };

        /** A write holds the monitor of this stream to its end; the ring's is free meanwhile. */
        final OutputStream output =
                new OutputStream() {
                    @Override
                    public synchronized void write(int b) throws IOException {
                        put((byte) b);
                    }

                    @Override
                    public synchronized void write(byte[] array, int offset, int length)
                            throws IOException {
                        for (int i = 0; i < length; i++) {
                            put(array[offset + i]);
                        }
                    }
                };

        private synchronized void put(byte b) throws IOException {
            while (!closed && count == ring.length) {
                pause();
            }
            if (closed) {
                throw new IOException("closed");
            }
            ring[(first + count++) % ring.length] = b;
            notifyAll();
        }

        private synchronized int take(byte[] array, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (!closed && count == 0) {
                pause();
            }
            if (count == 0) {
                return -1;
            }
            int taken = Math.min(length, count);
            for (int i = 0; i < taken; i++) {
                array[offset + i] = ring[first];
                first = (first + 1) % ring.length;
            }
            count -= taken;
            notifyAll();
            return taken;
        }

        /** Nothing more is put; what is there is still taken, unless {@code dropping} it. */
        synchronized void close(boolean dropping) {
            closed = true;
            if (dropping) {
                count = 0;
            }
            notifyAll();
        }

        private void pause() throws InterruptedIOException {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }
}
