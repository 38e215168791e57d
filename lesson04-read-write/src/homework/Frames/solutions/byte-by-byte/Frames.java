package lesson04.homework;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages over a stream, a byte at a time: slow without a buffer around the stream, and right. */
public final class Frames {

    /** The longest message, in bytes, without the 4 bytes of its length: 1 MiB. */
    public static final int MAX_BYTES = 1_048_576;

    private Frames() {}

    /** Writes {@code message} as one frame, and flushes {@code out}. */
    public static void write(OutputStream out, byte[] message) throws IOException {
        if (message.length > MAX_BYTES) {
            throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes");
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(message.length >> shift); // the lowest 8 bits of what is left
        }
        for (byte each : message) {
            out.write(each);
        }
        out.flush();
    }

    /** Returns the next message, or null at the end of the stream. */
    public static byte[] read(InputStream in) throws IOException {
        int length = in.read(); // the highest byte of four, or the end
        if (length == -1) {
            return null;
        }
        for (int i = 1; i < 4; i++) {
            length = length << 8 | next(in);
        }
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("the length " + length + " is out of range");
        }
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) next(in);
        }
        return message;
    }

    private static int next(InputStream in) throws IOException {
        int next = in.read();
        if (next == -1) {
            throw new EOFException("cut inside a frame");
        }
        return next;
    }
}
