package lesson04.homework;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Messages over a stream. A stream does not say where a message ends, so each goes as a
 * <i>frame</i>: first its length in bytes, in 4 bytes, the highest first (big-endian), then the
 * message itself.
 *
 * <pre>
 * 00 00 00 05 68 65 6c 6c 6f      the message "hello"
 * 00 00 00 00                     the empty message, which is a message too
 * </pre>
 *
 * Neither method closes its stream. A failure of the stream itself, a reset or a timeout, reaches
 * the caller as it is. After an exception from {@code read} the stream may stand inside a frame; it
 * need not be usable any more.
 *
 * <p>Many threads may call both methods at once, on streams of their own. Two threads that write to
 * the same stream take turns, and so do two that read from the same: that is the callers' care. A
 * call that waits for its stream keeps no call on another stream waiting.
 */
public final class Frames {

    /** The longest message, in bytes, without the 4 bytes of its length: 1 MiB. */
    public static final int MAX_BYTES = 1_048_576;

    private Frames() {}

    /**
     * Writes {@code message} as one frame, and flushes {@code out}. It leaves {@code message} as it
     * is.
     *
     * @throws IllegalArgumentException when the message is longer than {@link #MAX_BYTES}; nothing
     *     is written then
     * @throws IOException when {@code out} fails
     */
    public static void write(OutputStream out, byte[] message) throws IOException {
        throw new ToDo("write 4 bytes of length, then the message");
    }

    /**
     * Reads the next frame, waiting until all of it has come, and returns its message. Takes the
     * bytes of this frame from {@code in} and not one more: what follows is the next call's.
     *
     * <p>The length comes from a stranger. When it is negative or beyond {@link #MAX_BYTES},
     * nothing after the 4 bytes is read, and no memory is taken for it.
     *
     * @return the message, in an array of its own; null when the stream ends between two frames
     * @throws java.io.EOFException when the stream ends inside a frame, be it inside the length
     * @throws IOException when the length is negative or beyond {@link #MAX_BYTES} (another kind,
     *     then, than {@code EOFException}), or {@code in} fails
     */
    public static byte[] read(InputStream in) throws IOException {
        throw new ToDo("read 4 bytes of length, then that many bytes");
    }
}
