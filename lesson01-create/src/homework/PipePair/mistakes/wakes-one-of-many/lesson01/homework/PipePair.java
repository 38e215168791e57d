package lesson01.homework;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
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

        private final Lock lock = new ReentrantLock();
        private final Condition notFull = lock.newCondition();
        private final Condition notEmpty = lock.newCondition();
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

        private void put(byte b) throws IOException {
            lock.lock();
            try {
                while (!closed && count == ring.length) {
                    pause(notFull);
                }
                if (closed) {
                    throw new IOException("closed");
                }
                ring[(first + count++) % ring.length] = b;
                notEmpty.signal();
            } finally {
                lock.unlock();
            }
        }

        private int take(byte[] array, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            lock.lock();
            try {
                while (!closed && count == 0) {
                    pause(notEmpty);
                }
                if (count == 0) {
                    return -1;
                }
                int taken = 0;
                while (taken < length && count > 0) {
                    array[offset + taken++] = ring[first];
                    first = (first + 1) % ring.length;
                    count--;
                }
                notFull.signal();
                return taken;
            } finally {
                lock.unlock();
            }
        }

        void close(boolean dropping) {
            lock.lock();
            try {
                closed = true;
                if (dropping) {
                    count = 0;
                }
                notEmpty.signal();
                notFull.signal();
            } finally {
                lock.unlock();
            }
        }

        private void pause(Condition changed) throws InterruptedIOException {
            try {
                changed.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }
}
