package lesson04.homework;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

public final class Frames {

    /** The longest message, in bytes, without the 4 bytes of its length: 1 MiB. */
    public static final int MAX_BYTES = 1_048_576;

    private Frames() {}

    /** Writes {@code message} as one frame, and flushes {@code out}. */
    public static void write(OutputStream out, byte[] message) throws IOException {
        if (message.length > MAX_BYTES) {
            throw new IOException(message.length + " bytes are too many");
        }
        // write: length and message in one, so that Nagle's algorithm has nothing to hold back.
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + message.length);
        out.write(frame.putInt(message.length).put(message).array());
        out.flush();
    }

    /** Returns the next message, or null at the end of the stream. */
    public static byte[] read(InputStream in) throws IOException {
        // read: as often as it takes; fewer bytes than asked for come only at the end.
        byte[] head = in.readNBytes(Integer.BYTES);
        if (head.length == 0) {
            return null;
        }
        int length = ByteBuffer.wrap(whole(head, Integer.BYTES)).getInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return whole(in.readNBytes(length), length);
    }

    /** Returns {@code bytes}, unless the stream has ended before there were {@code length}. */
    private static byte[] whole(byte[] bytes, int length) throws EOFException {
        if (bytes.length < length) {
            throw new EOFException("cut after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }
}
