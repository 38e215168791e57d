package lesson04.homework;

import static org.junit.jupiter.api.Assertions.fail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** What {@link Frames} promises, over streams in memory and over a connection. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class FramesTest {

    /** The longest message, in bytes. */
    private static final int MOST = 1_048_576;

    /** How long anything may take that has to wait: a right answer needs milliseconds. */
    private static final int MOST_SECONDS = 5;

    /** How many bytes of a message a failure shows. */
    private static final int SHOWN = 12;

    /** The class of the answer. */
    private static final String ANSWER = Frames.class.getName();

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);

    @Test
    @Order(1)
    void writesTheLengthInFourBytesThenTheMessage() throws IOException {
        assertSame(
                frame(HELLO),
                written(HELLO),
                "wrote the message hello",
                "Is the length 4 bytes, the highest first? See hint 2.");
    }

    @Test
    @Order(2)
    void readsTheLengthInFourBytesThenTheMessage() {
        assertSame(
                HELLO,
                read(new Pieces(frame(HELLO))),
                "read 00 00 00 05 68 65 6c 6c 6f",
                "Is the length 4 bytes, the highest first? See hint 2.");
    }

    @Test
    @Order(3)
    void flushesWhatItWrites() throws IOException {
        ByteArrayOutputStream buffered = new ByteArrayOutputStream();
        Frames.write(new BufferedOutputStream(buffered, 100), HELLO.clone());
        assertSame(
                written(HELLO),
                buffered.toByteArray(),
                "wrote the message hello through a buffer of 100 bytes",
                "Who flushes the buffer? See hint 2.");
    }

    @Test
    @Order(4)
    void anEmptyMessageIsAMessage() throws IOException {
        assertSame(
                new byte[4],
                written(new byte[0]),
                "wrote an empty message",
                "Does an empty message have a length too? See hint 1.");
        assertSame(
                new byte[0],
                read(new Pieces(new byte[4])),
                "read 00 00 00 00",
                "Is a length of 0 the end of the stream? See hint 1.");
    }

    @Test
    @Order(5)
    void theEndBetweenTwoMessagesIsNull() {
        assertSame(
                null,
                read(new Pieces(new byte[0])),
                "read a stream that ends at once",
                "What does a read return where the stream ends between two frames? See hint 3.");
        InputStream in = new Pieces(frame(HELLO));
        read(in);
        assertSame(
                null,
                read(in),
                "read on after the only frame of a stream",
                "What does a read return where the stream ends between two frames? See hint 3.");
    }

    @Test
    @Order(6)
    void severalMessagesComeAtOnce() {
        List<byte[]> messages = List.of(HELLO, "you".getBytes(US_ASCII), new byte[100], HELLO);
        assertReads(
                messages,
                new Pieces(frames(messages)),
                "came at once",
                "Does a read take more than its own frame? See hint 2.");
    }

    @Test
    @Order(7)
    void eachMessageHasItsOwnArray() {
        byte[] world = "world".getBytes(US_ASCII);
        InputStream in = new Pieces(frames(List.of(HELLO, world)));
        Object first = read(in);
        read(in);
        assertSame(
                HELLO,
                first,
                "read hello, then world, and looked at the first again",
                "Is an array that was returned used again? See hint 1.");
    }

    @Test
    @Order(8)
    void messagesComeByteByByte() {
        List<byte[]> messages = List.of(HELLO, "you".getBytes(US_ASCII));
        assertReads(
                messages,
                new Pieces(frames(messages), () -> 1),
                "came one byte at a time",
                "Does one read() return all that was asked for, and does available() say what"
                        + " is still to come? See hint 1.");
    }

    @Test
    @Order(9)
    void messagesComeInRandomPieces() {
        int seed = 4;
        Random random = new Random(seed);
        List<byte[]> messages = new ArrayList<>();
        for (int length : new int[] {300, 1, 70_000, 40, 5_120}) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            messages.add(message);
        }
        assertReads(
                messages,
                new Pieces(frames(messages), () -> 1 + random.nextInt(7)),
                "came in random pieces (seed " + seed + ")",
                "Does one read() return all that was asked for, and not a byte of the next"
                        + " frame? See hint 2.");
    }

    @Test
    @Order(10)
    void everyByteOfTheLengthCountsFromZeroTo255() throws IOException {
        for (int length : new int[] {127, 128, 200, 255, 256, 300, 33_000, 65_408, 100_000}) {
            byte[] message = new byte[length];
            assertSame(
                    frame(message),
                    written(message),
                    "wrote a message of " + length + " bytes",
                    "Does a length of more than one byte go out whole? See hint 2.");
            assertSame(
                    message,
                    read(new Pieces(frame(message))),
                    "read " + hex(frame(message)),
                    "Is a byte of 128 or more taken for a negative number? See hint 2.");
        }
    }

    @Test
    @Order(11)
    void theEndInsideTheLengthIsAnEofException() {
        for (int count = 1; count < 4; count++) {
            assertCut(count, "Is an end inside the 4 bytes of the length an end between frames?");
        }
    }

    @Test
    @Order(12)
    void theEndInsideTheMessageIsAnEofException() {
        for (int count = 4; count < 9; count++) {
            assertCut(count, "Did as many bytes come as the length says?");
        }
    }

    @Test
    @Order(13)
    void aFailureOfTheStreamIsNoEnd() {
        for (int count : new int[] {0, 2, 6}) {
            assertFails(
                    new SocketException("Connection reset"),
                    count,
                    "Is a reset taken for the end of the stream? See hint 1.");
            assertFails(
                    new SocketTimeoutException("Read timed out"),
                    count,
                    "Is a timeout taken for the end, or the read tried again? See hint 1.");
        }
    }

    @Test
    @Order(14)
    void aNegativeLengthIsRefused() {
        for (int length : new int[] {-1, -5, Integer.MIN_VALUE}) {
            assertRefused(length, "What does a length with its highest bit set come to?");
        }
    }

    @Test
    @Order(15)
    void aLengthBeyondTheLimitIsRefused() {
        for (int length : new int[] {MOST + 1, 2 * MOST}) {
            assertRefused(length, "Is the length looked at before its bytes are read?");
        }
        assertRefused(Integer.MAX_VALUE, "Is the length looked at before memory is taken for it?");
    }

    @Test
    @Order(16)
    void aMessageBeyondTheLimitIsNotWritten() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Object got = "no exception";
        try {
            Frames.write(out, new byte[MOST + 1]);
        } catch (IOException | RuntimeException e) {
            got = e;
        }
        String tried = "wrote a message of " + (MOST + 1) + " bytes";
        if (!(got instanceof IllegalArgumentException)) {
            failed(
                    tried,
                    "an IllegalArgumentException",
                    got,
                    "Does write know the limit? See hint 1.");
        }
        assertSame(
                new byte[0],
                out.toByteArray(),
                tried,
                "Is the limit checked before the first byte goes out? See hint 1.");
    }

    @Test
    @Order(17)
    void theLongestMessageIsCarried() throws IOException {
        byte[] message = new byte[MOST];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Frames.write(out, message);
        } catch (IllegalArgumentException e) {
            failed(
                    "wrote a message of " + MOST + " bytes",
                    "no exception",
                    e,
                    "Is a message of exactly the limit refused? See hint 1.");
        }
        assertSame(
                message,
                read(new Pieces(frame(message))),
                "read a message of " + MOST + " bytes",
                "Is a message of exactly the limit refused? See hint 1.");
    }

    @Test
    @Order(18)
    void leavesTheStreamsOpen() throws IOException {
        List<String> closed = new ArrayList<>();
        OutputStream out =
                new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                        closed.add("the output");
                    }
                };
        Frames.write(out, HELLO.clone());
        InputStream in =
                new Pieces(frame(HELLO)) {
                    @Override
                    public void close() {
                        closed.add("the input");
                    }
                };
        read(in);
        read(in);
        if (!closed.isEmpty()) {
            failed(
                    "wrote a message, read one, and the end",
                    "both streams still open",
                    "a close() of " + closed.get(0),
                    "Does a try (...) close the stream of the caller? See hint 2.");
        }
    }

    @Test
    @Order(19)
    void leavesTheCallersMessageAsItIs() throws IOException {
        byte[] message = HELLO.clone();
        Frames.write(new ByteArrayOutputStream(), message);
        assertSame(
                HELLO,
                message,
                "wrote the message hello, and looked at it again",
                "Whose array is the message? See hint 1.");
    }

    @Test
    @Order(20)
    void manyStreamsAreUsedAtOnce() throws IOException {
        byte[] message = new byte[70_000];
        new Random(4).nextBytes(message);
        written(HELLO); // a ToDo of write is met in this thread
        Meanwhile reading = new Meanwhile();
        InputStream in =
                new Pieces(frame(message), () -> 1) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        if (taken == 2 || taken == 100) {
                            reading.happens();
                        }
                        return super.read(buffer, offset, length);
                    }
                };
        Object got = read(in);
        reading.assertHappened("a read waited for its stream");
        String cause = "Do two calls share an array, or a variable? See hint 1.";
        String tried = "read a message of 70000 bytes while other streams were read and written";
        assertSame(message, got, tried, cause);

        Meanwhile writing = new Meanwhile();
        ByteArrayOutputStream out =
                new ByteArrayOutputStream() {
                    @Override
                    public void write(int value) {
                        writing.happens();
                        super.write(value);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        writing.happens();
                        super.write(bytes, offset, length);
                    }
                };
        Frames.write(out, message.clone());
        writing.assertHappened("a write waited for its stream");
        tried = "wrote a message of 70000 bytes while other streams were read and written";
        assertSame(frame(message), out.toByteArray(), tried, cause);
    }

    @Test
    @Order(21)
    void carriesMessagesOverAConnection() throws Exception {
        byte[] message = new byte[200_000];
        new Random(4).nextBytes(message);
        List<byte[]> messages = List.of(HELLO, message, HELLO);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (byte[] each : messages) {
            Frames.write(frames, each.clone());
        }
        byte[] bytes = frames.toByteArray();
        Semaphore reads = new Semaphore(0);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket peer = listener.accept()) {
            FutureTask<?> writing =
                    new FutureTask<>(
                            () -> {
                                OutputStream out = socket.getOutputStream();
                                reads.acquire();
                                out.write(bytes, 0, 2);
                                reads.acquire(); // nobody waits for 4 bytes in one read
                                out.write(bytes, 2, bytes.length - 2);
                                socket.shutdownOutput();
                                return null;
                            });
            Thread writer = new Thread(writing);
            writer.setDaemon(true);
            writer.start();
            peer.setSoTimeout(1_000 * MOST_SECONDS); // a read that waits longer fails the test
            assertReads(
                    messages,
                    counting(reads, peer.getInputStream()),
                    "goes over a connection, 2 bytes for the first read, then the rest",
                    "Does one read() return all that was asked for, and does available() say what"
                            + " is still to come? See hint 1.");
            writing.get();
        } finally {
            reads.release(2);
        }
    }

    /** Returns {@code in}, each read of which first releases one of {@code reads}. */
    private static InputStream counting(Semaphore reads, InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                reads.release();
                return super.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                reads.release();
                return super.read(buffer, offset, length);
            }
        };
    }

    /** Fails unless all of {@code messages} are read from {@code in}, and then the end. */
    private static void assertReads(
            List<byte[]> messages, InputStream in, String how, String cause) {
        List<Object> got = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            got.add(read(in));
            assertSame(messages.get(i), got.get(i), nth(i, messages) + ", which " + how, cause);
        }
        assertSame(
                null,
                read(in),
                "read on after the " + messages.size() + " messages of a stream",
                "What does a read return where the stream ends between two frames? See hint 3.");
        for (int i = 0; i < messages.size(); i++) {
            assertSame(
                    messages.get(i),
                    got.get(i),
                    nth(i, messages) + ", then all the others, and looked at it again",
                    "Do two calls return the same array? See hint 1.");
        }
    }

    private static String nth(int i, List<byte[]> messages) {
        return String.format(
                "read message %d of %d, of %d bytes",
                i + 1, messages.size(), messages.get(i).length);
    }

    /** Fails unless a stream of the first {@code count} bytes of a frame is said to be cut. */
    private static void assertCut(int count, String cause) {
        byte[] cut = Arrays.copyOf(frame(HELLO), count);
        for (int size : new int[] {count, 1}) {
            Object got = read(new Pieces(cut, () -> size));
            if (!(got instanceof EOFException)) {
                failed(
                        "read " + hex(cut) + ", where the stream ends",
                        "an EOFException",
                        got,
                        cause + " See hint 3.");
            }
        }
    }

    /** Fails unless {@code failure} of the stream, after {@code count} bytes, is passed on. */
    private static void assertFails(IOException failure, int count, String cause) {
        InputStream in =
                new Pieces(frame(HELLO), () -> 1) {
                    private boolean failed;

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        if (length > 0 && taken == count && !failed) {
                            failed = true;
                            throw failure;
                        }
                        return super.read(buffer, offset, length);
                    }
                };
        Object got = read(in);
        if (got != failure) {
            failed(
                    "read a stream that fails after " + count + " bytes with " + failure,
                    "that exception",
                    got,
                    cause);
        }
    }

    /** Fails unless {@code length} is refused at sight, however many bytes would follow. */
    private static void assertRefused(int length, String cause) {
        byte[] head = head(length);
        Pieces in = new Pieces(Arrays.copyOf(head, 3 * MOST), () -> 4);
        Object got = read(in);
        String tried = "read the length " + hex(head) + " (" + length + ")";
        if (!(got instanceof IOException) || got instanceof EOFException) {
            String kind = got instanceof Exception ? "Is it this kind of exception?" : cause;
            failed(tried, "an IOException that is no EOFException", got, kind + " See hint 1.");
        }
        if (in.taken != 4) {
            failed(
                    tried,
                    "an IOException before anything else is read",
                    got + " after " + in.taken + " bytes",
                    cause + " See hint 1.");
        }
    }

    /** Fails unless {@code got} are the bytes of {@code expected}, or both are null. */
    private static void assertSame(byte[] expected, Object got, String tried, String cause) {
        if (!(got instanceof byte[] bytes)) {
            if (expected != got) {
                failed(tried, words(expected), got, cause);
            }
        } else if (!Arrays.equals(expected, bytes)) {
            failed(tried, words(expected), words(bytes) + difference(expected, bytes), cause);
        }
    }

    /** Says where two messages differ, if that is hard to see. */
    private static String difference(byte[] expected, byte[] got) {
        return expected == null || Math.max(expected.length, got.length) <= SHOWN
                ? ""
                : ", first difference at byte " + Arrays.mismatch(expected, got);
    }

    /** Fails; what an answer threw is the cause. */
    private static void failed(String tried, String expected, Object got, String cause) {
        fail(
                failure(tried, expected, words(got), cause),
                got instanceof Throwable thrown ? thrown : null);
    }

    private static String failure(String tried, String expected, String got, String cause) {
        return String.format("%s; expected %s; got %s. %s", tried, expected, got, cause);
    }

    /** Returns what {@code write} writes. */
    private static byte[] written(byte[] message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Frames.write(out, message.clone());
        return out.toByteArray();
    }

    /** Returns what a read comes to: a message, null, or the exception. */
    private static Object read(InputStream in) {
        try {
            return Frames.read(in);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return e;
        }
    }

    private static String words(Object got) {
        if (got instanceof byte[] bytes) {
            return hex(bytes);
        }
        return got instanceof Throwable thrown ? thrown + at(thrown) : String.valueOf(got);
    }

    /** Returns the line of the answer that threw {@code thrown}, or called what threw it. */
    private static String at(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().split("[$]")[0].equals(ANSWER))
                .findFirst()
                .map(frame -> ", at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static String hex(byte[] bytes) {
        if (bytes.length == 0) {
            return "no bytes";
        }
        int shown = Math.min(bytes.length, SHOWN);
        String start = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
        return bytes.length <= SHOWN ? start : start + " ... (" + bytes.length + " bytes)";
    }

    /** Returns a length as the protocol has it. */
    private static byte[] head(int length) {
        return new byte[] {
            (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        };
    }

    private static byte[] frame(byte[] message) {
        byte[] frame = Arrays.copyOf(head(message.length), 4 + message.length);
        System.arraycopy(message, 0, frame, 4, message.length);
        return frame;
    }

    private static byte[] frames(List<byte[]> messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        messages.forEach(message -> out.writeBytes(frame(message)));
        return out.toByteArray();
    }

    /** What another thread does with other streams while a stream is waited for. */
    private static final class Meanwhile {

        private static final byte[] YOU = "you".getBytes(US_ASCII);

        private String missing;

        /** Waits until a frame has been written and one read; only once if that is in vain. */
        void happens() {
            if (missing != null) {
                return;
            }
            FutureTask<String> task = new FutureTask<>(Meanwhile::use);
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
            try {
                missing = task.get(MOST_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                missing = "nothing within " + MOST_SECONDS + " s";
            } catch (InterruptedException | ExecutionException e) {
                missing = e.toString();
            }
        }

        /** Returns what is wrong, or null. */
        private static String use() throws IOException {
            byte[] out = written(YOU);
            if (!Arrays.equals(frame(YOU), out)) {
                return words(out);
            }
            Object in = FramesTest.read(new Pieces(frame(YOU)));
            return in instanceof byte[] bytes && Arrays.equals(YOU, bytes) ? null : words(in);
        }

        /** Fails if what happened meanwhile was wrong. */
        void assertHappened(String when) {
            if (missing != null) {
                failed(
                        "wrote and read the message you in another thread while " + when,
                        "it written and read",
                        missing,
                        "Does a call that waits keep those of other threads waiting?"
                                + " See hint 1.");
            }
        }
    }

    /**
     * A stream like a socket's: a read gives no more than what is left of the piece that came last,
     * and waits for the next piece only where nothing is left.
     */
    private static class Pieces extends InputStream {

        /** How often a read may meet the end before it is taken for a loop without one. */
        private static final int PATIENCE = 1_000;

        private final byte[] bytes;
        private final IntSupplier sizes;

        /** How many bytes have been read. */
        int taken;

        /** How many of the bytes have come. */
        private int come;

        private int idle;

        /** All of {@code bytes} at once, then the end. */
        Pieces(byte[] bytes) {
            this(bytes, () -> bytes.length);
        }

        /** The {@code bytes} in pieces of these {@code sizes}, then the end. */
        Pieces(byte[] bytes, IntSupplier sizes) {
            this.bytes = bytes;
            this.sizes = sizes;
            next();
        }

        private void next() {
            come = Math.min(bytes.length, come + sizes.getAsInt());
        }

        @Override
        public int available() {
            countIdle();
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
                countIdle();
                return -1;
            }
            if (taken == come) {
                next();
            }
            int count = Math.min(length, come - taken);
            System.arraycopy(bytes, taken, buffer, offset, count);
            taken += count;
            idle = 0;
            return count;
        }

        private void countIdle() {
            if (++idle > PATIENCE) {
                throw new AssertionError(
                        failure(
                                "read a stream of " + bytes.length + " bytes to its end",
                                "a result",
                                PATIENCE + " more calls of read() or available()",
                                "Does a loop go on where read() returns -1? See hint 3."));
            }
        }
    }
}
