package lesson04.homework;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Messages over a stream. A stream does not mark where a message ends, so each message travels as a
 * <i>frame</i>, which begins with its length.
 *
 * <pre>
 * 00 00 00 05 68 65 6c 6c 6f      the message "hello"
 * 00 00 00 00                     the empty message
 * </pre>
 *
 * <p>About 30 minutes; easy, once you expect a read to bring fewer bytes than you asked for.
 *
 * <ul>
 *   <li>A frame is the length of the message in bytes, as 4 bytes, the most significant first
 *       (big-endian), and then the message, which may be empty.
 *   <li>{@link #write} writes one frame and flushes {@code out}.
 *   <li>{@link #write} throws an {@code IllegalArgumentException} if the message is longer than
 *       {@link #MAX_BYTES}, and then it writes nothing.
 *   <li>{@link #read} waits until the whole frame has come, in however many pieces, and returns the
 *       message in a new array.
 *   <li>{@link #read} takes no byte of the next frame, because the next call needs it.
 *   <li>{@link #read} returns null if the stream ends before the first byte of a frame.
 *   <li>{@link #read} throws an {@code EOFException} if the stream ends inside a frame, even inside
 *       its length.
 *   <li>{@link #read} throws an {@code IOException} that is not an {@code EOFException} if the
 *       length is negative or greater than {@link #MAX_BYTES}. It does so before it reads on or
 *       takes memory for the message, because the length comes from a stranger.
 *   <li>An exception that a stream throws, even a timeout, reaches the caller unchanged.
 *   <li>Neither method closes its stream.
 *   <li>Several threads may call both methods at once, each with its own streams, and no call waits
 *       for another.
 *   <li>Free: exception messages, reading and writing byte by byte, and where a stream stands after
 *       an exception.
 * </ul>
 */
public final class Frames {

    /** The longest message, in bytes, without the 4 bytes of its length: 1 MiB. */
    public static final int MAX_BYTES = 1_048_576;

    private Frames() {}

    /** Writes {@code message} to {@code out} as one frame. */
    public static void write(OutputStream out, byte[] message) throws IOException {
        throw new ToDo("write 4 bytes of length, then the message");
    }

    /** Returns the next message from {@code in}, or null at the end of the stream. */
    public static byte[] read(InputStream in) throws IOException {
        throw new ToDo("read 4 bytes of length, then that many bytes");
    }
}
