package lesson05.homework;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Files that come in bits, fail, are too large to keep, or tell that they are closed. */
final class TestFiles {

    private TestFiles() {}

    /** A file that gives no more than {@code most} bytes at a time, and never says how many. */
    static InputStream inBits(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int start, int length) {
                return super.read(into, start, Math.min(length, most));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }

    /** A file that fails behind {@code bytes}. */
    static InputStream failing(byte[] bytes, IOException failure) {
        ByteArrayInputStream before = new ByteArrayInputStream(bytes);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                read(one, 0, 1);
                return one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int start, int length) throws IOException {
                if (length > 0 && before.available() == 0) {
                    throw failure;
                }
                return before.read(into, start, length);
            }
        };
    }

    /** A file of {@code count} bytes, all of them 0. */
    static InputStream zeros(int count) {
        return new InputStream() {
            private int left = count;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int available() {
                return left;
            }

            @Override
            public int read(byte[] into, int start, int length) {
                int some = Math.min(left, length);
                left -= some;
                return some > 0 || length == 0 ? some : -1;
            }
        };
    }

    static InputStream closable(byte[] bytes, Runnable close) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                close.run();
            }
        };
    }

    static OutputStream closable(Runnable close) {
        return new ByteArrayOutputStream() {
            @Override
            public void close() {
                close.run();
            }
        };
    }

    static OutputStream failing(IOException failure) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw failure;
            }
        };
    }

    /** Counts what is written, and keeps nothing of it. */
    static final class Counter extends OutputStream {
        int count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int start, int length) {
            count += length;
        }
    }
}
