package lesson04.homework;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;

/** Frames as the contract describes them, how a failure shows them, and calls that meet. */
final class TestFrames {

    /** How long a call may take that must not wait, in seconds. */
    private static final int PATIENCE = 2;

    /** How many bytes of a message a failure shows. */
    private static final int SHOWN = 12;

    private TestFrames() {}

    /** Fails unless {@code got} are the bytes of {@code expected}, or both are null. */
    static void same(Tried tried, byte[] expected, Object got, String cause, int hint) {
        boolean same = got instanceof byte[] bytes && Arrays.equals(expected, bytes);
        String where =
                expected != null && got instanceof byte[] bytes && bytes.length > SHOWN
                        ? ", first difference at byte " + Arrays.mismatch(expected, bytes)
                        : "";
        Object told = where.isEmpty() ? shown(got) : shown(got) + where;
        tried.check(same || expected == got, shown(expected) + "", told, cause, hint);
    }

    /** Returns bytes as a failure shows them, and anything else as it is. */
    static Object shown(Object got) {
        return got instanceof byte[] bytes ? hex(bytes) : got;
    }

    static String hex(byte[] bytes) {
        if (bytes.length == 0) {
            return "no bytes";
        }
        int shown = Math.min(bytes.length, SHOWN);
        String start = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
        return shown == bytes.length ? start : start + " ... (" + bytes.length + " bytes)";
    }

    /** Returns {@code message} behind its length. */
    static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
    }

    static byte[] frames(List<byte[]> messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        messages.forEach(message -> out.writeBytes(frame(message)));
        return out.toByteArray();
    }

    /** Returns what {@code write} writes. */
    static byte[] written(byte[] message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Frames.write(out, message.clone());
        return out.toByteArray();
    }

    /** Returns what a read comes to: a message, null, or the exception. */
    static Object read(InputStream in) {
        try {
            return Frames.read(in);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return e;
        }
    }

    interface Call {
        void run() throws Exception;
    }

    static Exception thrown(Call call) {
        try {
            call.run();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /** What another thread does with a stream of its own while a call waits for its stream. */
    static final class Meanwhile {

        /** How often it happens: during the length, if it goes byte by byte, and the message. */
        private static final int TIMES = 6;

        private final Tried tried;
        private final Callable<?> call;
        private final byte[] expected;
        private Throwable failure;
        private int times;

        Meanwhile(String did, Callable<?> call, byte[] expected) {
            tried = Tried.to("%s the message you in another thread while a call waited", did);
            this.call = call;
            this.expected = expected;
        }

        /** Waits until the other thread has done it, a few times; no more if that was in vain. */
        void happens() {
            if (failure == null && ++times <= TIMES) {
                try {
                    String cause = "Does a call that waits hold up those of other threads?";
                    Object got = tried.within(PATIENCE, call, shown(expected) + "", cause, 1);
                    same(tried, expected, got, "Do two calls share a static field?", 1);
                } catch (Exception | AssertionError e) {
                    failure = e;
                }
            }
        }

        /** Fails if it went wrong. */
        void check() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            tried.check(failure == null, "no exception", failure, "Do two calls share a field?", 1);
        }
    }
}
