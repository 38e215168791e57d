package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

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

    private static final class Queue {

        private final Lock turn = new ReentrantLock(true); // fair: no writer starves
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

        final OutputStream output =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        putInTurn((byte) b);
                    }

                    @Override
                    public void write(byte[] array, int offset, int length) throws IOException {
                        for (int i = 0; i < length; i++) {
                            putInTurn(array[offset + i]);
                        }
                    }
                };

        private void putInTurn(byte b) throws IOException {
            turn.lock();
            try {
                put(b);
            } finally {
                turn.unlock();
            }
        }

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
