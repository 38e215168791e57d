package lesson04.homework;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Messages over a stream: 4 bytes of length, the highest first, then the message. */
public final class Frames {

    /** The longest message, in bytes, without the 4 bytes of its length: 1 MiB. */
    public static final int MAX_BYTES = 1_048_576;

    private Frames() {}

    /** Writes {@code message} as one frame, and flushes {@code out}. */
    public static void write(OutputStream out, byte[] message) throws IOException {
        if (message.length > MAX_BYTES) {
            throw new IllegalArgumentException("more than " + MAX_BYTES + " bytes");
        }
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(message.length);
        data.write(message);
        data.flush();
    }

    /** Returns the next message, or null at the end of the stream. */
    public static byte[] read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(4);
        if (head.length == 0) {
            return null;
        }
        if (head.length < 4) {
            throw new EOFException("cut inside the length");
        }
        int length = ByteBuffer.wrap(head).getInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] message = in.readNBytes(length);
        if (message.length < length) {
            throw new EOFException("cut inside the message");
        }
        return message;
    }
}
