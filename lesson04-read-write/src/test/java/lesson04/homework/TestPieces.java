package lesson04.homework;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream like a socket's: a read brings no more than what is left of the piece that has come, and
 * waits for the next piece only where nothing is left.
 */
class TestPieces extends InputStream {

    /** How often a call may bring nothing before it is taken for a loop without an end. */
    private static final int IDLE = 1_000;

    private final byte[] bytes;
    private final int[] sizes;
    private int come;
    private int piece;
    private int idle;

    /** How many bytes have been read. */
    int taken;

    /** Whether it was closed. */
    boolean closed;

    /** Brings {@code bytes} in pieces of these sizes, then more of the last size, then ends. */
    TestPieces(byte[] bytes, int... sizes) {
        this.bytes = bytes;
        this.sizes = sizes.length == 0 ? new int[] {bytes.length} : sizes;
        come = Math.min(bytes.length, this.sizes[0]);
    }

    /** Happens while a read waits for the next piece. */
    void waits() throws IOException {}

    @Override
    public int available() {
        countIdle("Does available() say what is still to come?");
        return come - taken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (taken == bytes.length) {
            countIdle("Does a loop go on where read() returns -1?");
            return -1;
        }
        if (taken == come) {
            waits();
            piece = Math.min(piece + 1, sizes.length - 1);
            come = Math.min(bytes.length, come + sizes[piece]);
        }
        int count = Math.min(length, come - taken);
        System.arraycopy(bytes, taken, buffer, offset, count);
        taken += count;
        idle = 0;
        return count;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void countIdle(String cause) {
        if (++idle > IDLE) {
            String got = Tried.say("%d calls that bring nothing", IDLE);
            Tried.to("read a stream of %d bytes to its end", bytes.length)
                    .fail("a result", got, cause, 3);
        }
    }
}
