package lesson04.homework;

import static lesson04.homework.TestFrames.frame;
import static lesson04.homework.TestFrames.frames;
import static lesson04.homework.TestFrames.hex;
import static lesson04.homework.TestFrames.read;
import static lesson04.homework.TestFrames.same;
import static lesson04.homework.TestFrames.shown;
import static lesson04.homework.TestFrames.thrown;
import static lesson04.homework.TestFrames.written;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@link Frames} promises, over streams in memory that behave like those of a socket. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class FramesTest {

    private static final String FRAME =
            "A frame is the length of the message in bytes, as 4 bytes, the most significant"
                    + " first (big-endian), and then the message, which may be empty.";
    private static final String WAITS =
            "read waits until the whole frame has come, in however many pieces, and returns the"
                    + " message in a new array.";
    private static final String REFUSES =
            "read throws an IOException that is not an EOFException if the length is negative or"
                    + " greater than MAX_BYTES. It does so before it reads on or takes memory for"
                    + " the message, because the length comes from a stranger.";
    private static final String TOO_LONG =
            "write throws an IllegalArgumentException if the message is longer than MAX_BYTES, and"
                    + " then it writes nothing.";
    private static final String CUT =
            "read throws an EOFException if the stream ends inside a frame, even inside its"
                    + " length.";
    private static final String UNCHANGED =
            "An exception that a stream throws, even a timeout, reaches the caller unchanged.";
    private static final String AT_ONCE =
            "Several threads may call both methods at once, each with its own streams, and no call"
                    + " waits for another.";

    /** The question where a read took a part for the whole. */
    private static final String PIECES =
            "Does one read() bring all that was asked for, and does available() say what is still"
                    + " to come?";

    /** The question where a stream was closed. */
    private static final String CLOSES =
            "Does a try (...), or a failure, close a stream that belongs to somebody else?";

    /** The longest message, in bytes. */
    private static final int MOST = 1_048_576;

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);
    private static final byte[] WORLD = "world".getBytes(US_ASCII);
    private static final byte[] YOU = "you".getBytes(US_ASCII);

    @Test
    @Order(1)
    @Proves({FRAME, "write writes one frame and flushes out."})
    void writesTheLengthInFourBytesThenTheMessage() throws IOException {
        same(
                Tried.to("wrote the message hello"),
                frame(HELLO),
                written(HELLO),
                "Is the length 4 bytes, the most significant first?",
                2);
    }

    @Test
    @Order(2)
    @Proves(FRAME)
    void readsTheLengthInFourBytesThenTheMessage() {
        same(
                Tried.to("read 00 00 00 05 68 65 6c 6c 6f"),
                HELLO,
                read(new TestPieces(frame(HELLO))),
                "Is the length 4 bytes, the most significant first?",
                2);
    }

    @Test
    @Order(3)
    @Proves("write writes one frame and flushes out.")
    void flushesWhatItWrites() throws IOException {
        for (int length : new int[] {5, 0, 1_000}) {
            ByteArrayOutputStream behind = new ByteArrayOutputStream();
            Frames.write(new BufferedOutputStream(behind, 100), new byte[length]);
            same(
                    Tried.to("wrote %d bytes through a buffer of 100 bytes", length),
                    written(new byte[length]),
                    behind.toByteArray(),
                    "Who flushes the buffer?",
                    2);
        }
    }

    @Test
    @Order(4)
    @Proves(FRAME)
    void anEmptyMessageIsAMessage() throws IOException {
        Tried wrote = Tried.to("wrote an empty message");
        same(
                wrote,
                new byte[4],
                written(new byte[0]),
                "Does an empty message have a frame, too?",
                1);
        Tried read = Tried.to("read 00 00 00 00");
        Object got = read(new TestPieces(new byte[4]));
        same(read, new byte[0], got, "Is a length of 0 taken for the end of the stream?", 1);
    }

    @Test
    @Order(5)
    @Proves(FRAME)
    void everyByteOfTheMessagePassesAsItIs() throws IOException {
        byte[] message = new byte[256];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) i;
        }
        String cause = "Is the message turned into text?";
        Tried wrote = Tried.to("wrote a message of the bytes 0 to 255");
        same(wrote, frame(message), written(message), cause, 2);
        Tried read = Tried.to("read a message of the bytes 0 to 255");
        same(read, message, read(new TestPieces(frame(message))), cause, 2);
    }

    @Test
    @Order(6)
    @Proves("read returns null if the stream ends before the first byte of a frame.")
    void theEndBetweenTwoFramesIsNull() {
        InputStream in = new TestPieces(frame(HELLO));
        read(in);
        for (InputStream ended : List.of(new TestPieces(new byte[0]), in)) {
            same(
                    Tried.to(
                            ended == in
                                    ? "read on after the only frame of a stream"
                                    : "read a stream that ends at once"),
                    null,
                    read(ended),
                    "What does read return where the stream ends between two frames?",
                    3);
        }
    }

    @Test
    @Order(7)
    @Proves("read takes no byte of the next frame, because the next call needs it.")
    void severalFramesComeAtOnce() {
        List<byte[]> messages = List.of(HELLO, new byte[100], WORLD);
        TestPieces in = new TestPieces(frames(messages));
        int end = 0;
        for (byte[] message : messages) {
            end += 4 + message.length;
            Tried tried =
                    Tried.to(
                            "read frame %d of %d, which all came at once",
                            messages.indexOf(message) + 1, messages.size());
            same(tried, message, read(in), "Does a read take more than its own frame?", 2);
            tried.check(
                    in.taken == end,
                    Tried.say("%d bytes taken so far", end),
                    in.taken,
                    "Does a read take more than its own frame?",
                    2);
        }
    }

    @Test
    @Order(8)
    @Proves(WAITS)
    void eachMessageHasItsOwnArray() {
        InputStream in = new TestPieces(frames(List.of(HELLO, WORLD)));
        Object first = read(in);
        read(in);
        same(
                Tried.to("read hello, then world, and looked at the first again"),
                HELLO,
                first,
                "Is an array that was returned used again?",
                1);
    }

    @Test
    @Order(9)
    @Proves(WAITS)
    void aFrameComesInPieces() {
        for (int size : new int[] {1, 3, 6}) {
            TestPieces in = new TestPieces(frames(List.of(HELLO, WORLD)), size);
            for (byte[] message : List.of(HELLO, WORLD)) {
                Tried tried = Tried.to("read hello, then world, %d bytes in a piece", size);
                same(tried, message, read(in), PIECES, 1);
            }
        }
        byte[] message = new byte[20_000];
        same(
                Tried.to("read 20000 bytes, each a piece of its own"),
                message,
                read(new TestPieces(frame(message), 1)),
                "Does something count the pieces?",
                1);
    }

    @Test
    @Order(10)
    @Proves(FRAME)
    void everyByteOfTheLengthCountsFromZeroTo255() throws IOException {
        for (int length : new int[] {127, 128, 255, 256, 1_024, 33_000, 65_536, 100_000}) {
            byte[] message = new byte[length];
            same(
                    Tried.to("wrote a message of %d bytes", length),
                    frame(message),
                    written(message),
                    "Does a length of more than one byte go out whole?",
                    2);
            same(
                    Tried.to("read %s", hex(frame(message))),
                    message,
                    read(new TestPieces(frame(message))),
                    "Is a byte of 128 or more taken for a negative number?",
                    2);
        }
    }

    @Test
    @Order(11)
    @Proves(CUT)
    void theEndInsideTheLengthIsAnEofException() {
        for (int count = 1; count < 4; count++) {
            assertCut(count, "Is an end inside the 4 bytes of the length an end between frames?");
        }
    }

    @Test
    @Order(12)
    @Proves(CUT)
    void theEndInsideTheMessageIsAnEofException() {
        for (int count = 4; count < 9; count++) {
            assertCut(count, "Have as many bytes come as the length says?");
        }
    }

    @Test
    @Order(13)
    @Proves(REFUSES)
    void aNegativeLengthIsRefused() {
        for (int length : new int[] {-1, -5, Integer.MIN_VALUE}) {
            assertRefused(length, "What number is a length whose highest bit is set?");
        }
    }

    @Test
    @Order(14)
    @Proves(REFUSES)
    void aLengthBeyondTheLimitIsRefused() {
        for (int length : new int[] {MOST + 1, 2 * MOST}) {
            assertRefused(length, "Is the length checked before its bytes are read?");
        }
        assertRefused(Integer.MAX_VALUE, "Is the length checked before memory is taken for it?");
    }

    @Test
    @Order(15)
    @Proves(TOO_LONG)
    void aMessageBeyondTheLimitIsNotWritten() {
        Tried tried = Tried.to("wrote a message of %d bytes", MOST + 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Object got = thrown(() -> Frames.write(out, new byte[MOST + 1]));
        tried.check(
                got instanceof IllegalArgumentException,
                "an IllegalArgumentException",
                got == null ? "no exception" : got,
                "Does write know the limit, and throw this kind of exception?",
                1);
        same(
                tried,
                new byte[0],
                out.toByteArray(),
                "Is the limit checked before the first byte goes out?",
                1);
    }

    @Test
    @Order(16)
    @Proves({TOO_LONG, REFUSES})
    void theLongestMessageIsCarried() {
        byte[] message = new byte[MOST];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String cause = "Is a message of exactly the limit refused?";
        Object got = thrown(() -> Frames.write(out, message.clone()));
        Tried tried = Tried.to("wrote a message of %d bytes", MOST);
        tried.check(got == null, "no exception", got, cause, 1);
        same(tried, frame(message), out.toByteArray(), cause, 1);
        tried = Tried.to("read a message of %d bytes", MOST);
        same(tried, message, read(new TestPieces(frame(message))), cause, 1);
    }

    @Test
    @Order(17)
    @Proves(UNCHANGED)
    void aFailureOfTheInputIsNoEnd() {
        for (int count : new int[] {0, 2, 6}) {
            Tried alone = Tried.to("read hello, its first %d bytes in one piece", count);
            same(alone, HELLO, read(new TestPieces(frame(HELLO), count, 9)), PIECES, 1);
            assertFails(
                    count,
                    new SocketException("Connection reset"),
                    "Is a reset taken for the end of the stream, or made another exception?");
            assertFails(
                    count,
                    new SocketTimeoutException("Read timed out"),
                    "Is a timeout taken for the end, or the read tried again?");
        }
        String cause = "Is an exception of the stream taken for its end?";
        assertFails(0, new EOFException("Unexpected end of ZLIB input stream"), cause);
    }

    @Test
    @Order(18)
    @Proves(UNCHANGED)
    void aFailureOfTheOutputReachesTheCaller() {
        IOException failure = new SocketException("Broken pipe");
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        throw failure;
                    }
                };
        Object got = thrown(() -> Frames.write(broken, HELLO.clone()));
        Tried.to("wrote to a stream that throws %s", failure)
                .check(
                        got == failure,
                        "that exception",
                        got == null ? "no exception" : got,
                        "Who learns that the message was not sent?",
                        1);
    }

    @Test
    @Order(19)
    @Proves("Neither method closes its stream.")
    void leavesTheStreamsOpen() {
        assertNotClosed("hello", new TestPieces(frame(HELLO)));
        assertNotClosed("a stream that ends at once", new TestPieces(new byte[0]));
        assertNotClosed("3 bytes, where the stream ends", new TestPieces(new byte[3]));
        assertNotClosed("a length of -1", new TestPieces(new byte[] {-1, -1, -1, -1}));
        IOException failure = new SocketException("Connection reset");
        assertNotClosed("a stream that fails", failing(2, failure));
        List<String> closed = new ArrayList<>();
        OutputStream out =
                new FilterOutputStream(new ByteArrayOutputStream()) {
                    @Override
                    public void close() {
                        closed.add("close()");
                    }
                };
        for (int length : new int[] {5, MOST + 1}) {
            thrown(() -> Frames.write(out, new byte[length]));
            Tried.to("wrote a message of %d bytes", length)
                    .check(closed.isEmpty(), "no close()", "a close()", CLOSES, 2);
        }
    }

    @Test
    @Order(20)
    @Proves(AT_ONCE)
    void readsFromTwoStreamsAtOnce() throws Exception {
        byte[] message = new byte[70_000]; // a length whose first half is not zero
        Arrays.fill(message, (byte) 'x');
        Tried alone = Tried.to("read 70000 bytes, 2 bytes of the length in the first piece");
        same(alone, message, read(new TestPieces(frame(message), 2, 2, 100, 70_000)), PIECES, 1);
        TestFrames.Meanwhile meanwhile =
                new TestFrames.Meanwhile("read", () -> read(new TestPieces(frame(YOU))), YOU);
        InputStream in =
                new TestPieces(frame(message), 2, 2, 100, 70_000) {
                    @Override
                    void waits() {
                        meanwhile.happens();
                    }
                };
        Object got = read(in);
        meanwhile.check();
        same(
                Tried.to("read 70000 bytes while another thread read from another stream"),
                message,
                got,
                "Do two calls share an array, or another static field?",
                1);
    }

    @Test
    @Order(21)
    @Proves(AT_ONCE)
    void writesToTwoStreamsAtOnce() throws Exception {
        byte[] message = new byte[100];
        Arrays.fill(message, (byte) 'x');
        TestFrames.Meanwhile meanwhile =
                new TestFrames.Meanwhile("wrote", () -> written(YOU), frame(YOU));
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        OutputStream out =
                new OutputStream() {
                    @Override
                    public void write(int value) {
                        meanwhile.happens();
                        behind.write(value);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        meanwhile.happens();
                        behind.write(bytes, offset, length);
                    }
                };
        Frames.write(out, message.clone());
        meanwhile.check();
        same(
                Tried.to("wrote 100 bytes while another thread wrote to another stream"),
                frame(message),
                behind.toByteArray(),
                "Do two calls share an array, or another static field?",
                1);
    }

    /** Fails unless a stream of the first {@code count} bytes of a frame is said to be cut. */
    private static void assertCut(int count, String cause) {
        byte[] cut = Arrays.copyOf(frame(HELLO), count);
        Object got = read(new TestPieces(cut));
        Tried.to("read %s, where the stream ends", hex(cut))
                .check(got instanceof EOFException, "an EOFException", shown(got), cause, 3);
    }

    /** Fails if a read closes {@code in}. */
    private static void assertNotClosed(String what, TestPieces in) {
        read(in);
        Tried.to("read %s", what).check(!in.closed, "no close()", "a close()", CLOSES, 2);
    }

    /** Returns a stream of the first {@code count} bytes of a frame, which then fails once. */
    private static TestPieces failing(int count, IOException failure) {
        return new TestPieces(frame(HELLO), count, 9) {
            private boolean failed;

            @Override
            void waits() throws IOException {
                if (taken == count && !failed) {
                    failed = true;
                    throw failure;
                }
            }
        };
    }

    /** Fails unless {@code failure} of the stream, after {@code count} bytes, is passed on. */
    private static void assertFails(int count, IOException failure, String cause) {
        Object got = read(failing(count, failure));
        Tried.to("read a stream that throws %s after %d bytes", failure, count)
                .check(got == failure, "that exception", shown(got), cause, 1);
    }

    /** Fails unless {@code length} is refused at sight, however many bytes would follow. */
    private static void assertRefused(int length, String cause) {
        byte[] head = Arrays.copyOf(frame(new byte[0]), 3 * MOST);
        ByteBuffer.wrap(head).putInt(length);
        TestPieces in = new TestPieces(head, 4, 3 * MOST);
        Object got = read(in);
        Tried tried = Tried.to("read the length %s (%d)", hex(Arrays.copyOf(head, 4)), length);
        tried.check(
                got instanceof IOException && !(got instanceof EOFException),
                "an IOException that is not an EOFException",
                shown(got),
                got instanceof IOException || got instanceof IllegalArgumentException
                        ? "Is this the kind of exception that the contract names?"
                        : cause,
                1);
        tried.check(in.taken == 4, "4 bytes read", in.taken, cause, 1);
    }
}
