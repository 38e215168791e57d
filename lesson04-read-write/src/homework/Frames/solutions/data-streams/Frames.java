package lesson04.homework;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages over a stream, with the JDK's data streams, which have no buffer of their own. */
public final class Frames {

    /** The longest message, in bytes, without the 4 bytes of its length: 1 MiB. */
    public static final int MAX_BYTES = 1_048_576;

    private Frames() {}

    /** Writes {@code message} as one frame, and flushes {@code out}. */
    public static void write(OutputStream out, byte[] message) throws IOException {
        if (message.length > MAX_BYTES) {
            throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes");
        }
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(message.length);
        data.write(message);
        data.flush();
    }

    /** Returns the next message, or null at the end of the stream. */
    public static byte[] read(InputStream in) throws IOException {
        int length = in.read(); // the highest byte of four, or the end
        if (length == -1) {
            return null;
        }
        for (int i = 1; i < 4; i++) {
            int next = in.read();
            if (next == -1) {
                throw new EOFException("cut inside the length");
            }
            length = length << 8 | next;
        }
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("the length " + length + " is out of range");
        }
        byte[] message = new byte[length];
        new DataInputStream(in).readFully(message);
        return message;
    }
}
