package lesson01.homework;

import static org.junit.jupiter.api.Assertions.fail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/** Writes, reads and closes at both ends of a link; each test runs from either end. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class PipePairTest {

    @Test
    @Order(1)
    void everyByteArrives() throws Exception {
        expect(
                "256 values in order",
                "wrote the values 0 to 255 at %s, read them at %s",
                "Does each byte reach the peer, unflushed, as 0 to 255? See hint 1.",
                (near, far) -> {
                    OutputStream out = near.output();
                    InputStream in = far.input();
                    for (int value = 0; value < 256; value++) {
                        out.write(value);
                    }
                    for (int value = 0; value < 256; value++) {
                        int read = in.read();
                        if (read != value) {
                            return read + " in the place of " + value;
                        }
                    }
                    return "256 values in order";
                });
    }

    @Test
    @Order(2)
    void bytesGoBothWays() throws Exception {
        expect(
                "pong",
                "wrote ping at %1$s, pong at %2$s, read 4 bytes at %1$s",
                "Does an end read what it wrote itself? See hint 1.",
                (near, far) -> {
                    near.output().write(ascii("ping"));
                    far.output().write(ascii("pong"));
                    return read(near.input(), 4);
                });
    }

    @Test
    @Order(3)
    void readTakesWhatIsThere() throws Exception {
        expect(
                "hello",
                "wrote hello at %s, read at %s into an array of 100 bytes",
                "Does read(byte[]) wait for more, until the array is full? See hint 2.",
                (near, far) -> {
                    near.output().write(ascii("hello"));
                    byte[] array = new byte[100];
                    int length = 0;
                    while (length < 5) {
                        int count = far.input().read(array, length, array.length - length);
                        if (count < 0) {
                            return "the end of the stream after " + length + " bytes";
                        }
                        length += count;
                    }
                    return new String(array, 0, length, US_ASCII);
                });
    }

    @Test
    @Order(4)
    void writesRunAheadOfReads() throws Exception {
        expect(
                "1024 and 1024 bytes",
                "wrote 1024 bytes at %s and 1024 at %s, then read at both",
                "Does a write wait for a reader too soon? See hint 2.",
                (near, far) -> {
                    near.output().write(new byte[1024]);
                    far.output().write(new byte[1024]);
                    int there = read(far.input(), 1024).length();
                    int back = read(near.input(), 1024).length();
                    return there + " and " + back + " bytes";
                });
    }

    @Test
    @Order(5)
    void longStreamsCrossInPieces() throws Exception {
        long seed = new Random().nextInt(1_000_000);
        byte[] there = new byte[20_000];
        byte[] back = new byte[20_000];
        new Random(seed).nextBytes(there);
        new Random(seed + 1).nextBytes(back);
        expect(
                "20000 and 20000 bytes as sent",
                "wrote 20000 bytes at %s and at %s at once, by 1 and in pieces, seed " + seed,
                "Do read and write keep to the given part of the array? See hint 3.",
                (near, far) -> {
                    Helper.start(() -> writeInPieces(near.output(), there, seed));
                    Helper.start(() -> writeInPieces(far.output(), back, seed));
                    Helper<String> atFar =
                            Helper.start(() -> readInPieces(far.input(), there, seed));
                    String atNear = readInPieces(near.input(), back, seed);
                    return atFar.get() + " and " + atNear + " bytes as sent";
                });
    }

    @Test
    @Order(6)
    void threadsComeAndGo() throws Exception {
        expect(
                "ab",
                "wrote a at %1$s, read it at %2$s, wrote b, read it, each in a thread that ended",
                "Does the pipe ask whether its last reader or writer lives? See hint 2.",
                (near, far) -> {
                    OutputStream out = near.output();
                    InputStream in = far.input();
                    Helper.end(() -> write(out, "a"));
                    String first = Helper.end(() -> read(in, 1));
                    Helper.end(() -> write(out, "b"));
                    return first + Helper.end(() -> read(in, 1));
                });
    }

    @Test
    @Order(7)
    void writesOfTwoThreadsStayWhole() throws Exception {
        expect(
                "2 runs of 20000",
                "wrote 20000 a and 20000 b at %s, each with one write in its own thread",
                "Can two threads be in a write at the same time? See hint 2.",
                (near, far) -> {
                    String a = "a".repeat(20_000);
                    String b = "b".repeat(20_000);
                    CountDownLatch allRead = new CountDownLatch(1);
                    untilItWaits(Helper.start(() -> writeAndStay(near.output(), a, allRead)));
                    untilItWaits(Helper.start(() -> writeAndStay(near.output(), b, allRead)));
                    StringBuilder slowly = new StringBuilder();
                    for (int i = 0; i < 100; i++) { // each may let the other writer in
                        slowly.append(read(far.input(), 1));
                    }
                    String all = slowly + read(far.input(), 39_900);
                    allRead.countDown();
                    if (all.equals(a + b) || all.equals(b + a)) {
                        return "2 runs of 20000";
                    }
                    return all.replaceAll("(.)\\1*", "$1").length() + " runs";
                });
    }

    @Test
    @Order(8)
    void peerReadsWhatWasSentThenTheEnd() throws Exception {
        expect(
                "hello, -1, -1",
                "wrote hello at %1$s, closed %1$s, read at %2$s to the end, and again",
                "Is what was sent read first, and is the end still there after it? See hint 3.",
                (near, far) -> {
                    near.output().write(ascii("hello"));
                    near.close();
                    InputStream in = far.input();
                    return read(in, 5) + ", " + in.read() + ", " + in.read();
                });
    }

    @Test
    @Order(9)
    void peerCannotWriteAfterClose() throws Exception {
        expect(
                "an IOException",
                "closed %s, wrote byte after byte at %s",
                "Does close end the way back, too? See hint 3.",
                (near, far) -> {
                    OutputStream out = far.output();
                    near.close();
                    try {
                        for (int i = 0; i < 10_000; i++) {
                            out.write('x');
                        }
                        return "10000 bytes taken";
                    } catch (IOException e) {
                        return "an IOException";
                    }
                });
    }

    @Test
    @Order(10)
    void closedEndCannotBeUsed() throws Exception {
        expect(
                "read nothing, wrote nothing",
                "wrote x at %2$s, closed %1$s, read and wrote at %1$s",
                "Does close end both ways for the end itself? See hint 3.",
                (near, far) -> {
                    InputStream in = near.input();
                    OutputStream out = near.output();
                    far.output().write('x');
                    near.close();
                    return "read " + readOrNothing(in) + ", wrote " + writtenOrNothing(out);
                });
    }

    @Test
    @Order(11)
    void closeIsIdempotent() throws Exception {
        expect(
                "no exception",
                "closed %1$s twice, and then %2$s twice",
                "What is left to do at the second close? See hint 3.",
                (near, far) -> {
                    near.close();
                    near.close();
                    far.close();
                    far.close();
                    return "no exception";
                });
    }

    @Test
    @Order(12)
    void closeWakesThePeersReader() throws Exception {
        expect(
                "-1",
                "read at %2$s, where nothing came, and closed %1$s meanwhile",
                "Who tells a reader that waits? See hint 3.",
                (near, far) -> {
                    Helper<Integer> reader = Helper.start(far.input()::read);
                    untilItWaits(reader);
                    near.close();
                    return reader.get().toString();
                });
    }

    @Test
    @Order(13)
    void closeWakesThePeersWriter() throws Exception {
        expect(
                "the end of the writes",
                "wrote at %2$s, where nobody read, until full, and closed %1$s meanwhile",
                "Who tells a writer that waits for room? See hint 3.",
                (near, far) -> {
                    Helper<String> writer = Helper.start(() -> writeUntilFull(far.output()));
                    untilItWaits(writer);
                    near.close();
                    return writer.get();
                });
    }

    @Test
    @Order(14)
    void closeWakesItsOwnThreads() throws Exception {
        expect(
                "nothing read, the end of the writes",
                "read and wrote at %1$s until both waited, and closed %1$s meanwhile",
                "Who tells the threads that wait at the closed end itself? See hint 3.",
                (near, far) -> {
                    Helper<String> reader = Helper.start(() -> readOrNothing(near.input()));
                    Helper<String> writer = Helper.start(() -> writeUntilFull(near.output()));
                    untilItWaits(reader);
                    untilItWaits(writer);
                    near.close();
                    return reader.get() + " read, " + writer.get();
                });
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    private static String write(OutputStream out, String text) throws IOException {
        out.write(ascii(text));
        return text;
    }

    /**
     * The thread does not end before its bytes are read: threads that end are a test of their own.
     */
    private static boolean writeAndStay(OutputStream out, String text, CountDownLatch allRead)
            throws IOException, InterruptedException {
        write(out, text);
        return allRead.await(2, SECONDS);
    }

    /** Reads {@code length} bytes, or fewer where the stream ends before. */
    private static String read(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = 0;
        int count = 0;
        while (count >= 0 && done < length) {
            count = in.read(bytes, done, length - done);
            done += Math.max(count, 0);
        }
        return new String(bytes, 0, done, US_ASCII);
    }

    private static String readOrNothing(InputStream in) {
        try {
            int read = in.read();
            return read < 0 ? "nothing" : "the byte " + read;
        } catch (IOException e) {
            return "nothing";
        }
    }

    private static String writtenOrNothing(OutputStream out) {
        try {
            out.write('x');
            return "a byte";
        } catch (IOException e) {
            return "nothing";
        }
    }

    /** Writes until the pipe fails; after 1 MiB the pipe is one that makes no writer wait. */
    private static String writeUntilFull(OutputStream out) {
        try {
            for (int i = 0; i < 128; i++) {
                out.write(new byte[8192]);
            }
        } catch (IOException e) {
            // the end that close makes
        }
        return "the end of the writes";
    }

    /** Writes 1,000 bytes one at a time, and the rest in pieces of 1 to 5,000. */
    private static String writeInPieces(OutputStream out, byte[] bytes, long seed)
            throws IOException {
        Random random = new Random(seed);
        int done = 0;
        while (done < 1000) {
            out.write(bytes[done++]);
        }
        while (done < bytes.length) {
            int length = Math.min(1 + random.nextInt(5000), bytes.length - done);
            out.write(bytes, done, length);
            done += length;
        }
        return "written";
    }

    /** Reads into an array at growing offsets, and returns how many bytes came as expected. */
    private static String readInPieces(InputStream in, byte[] expected, long seed)
            throws IOException {
        Random random = new Random(~seed);
        byte[] bytes = new byte[expected.length];
        int done = 0;
        int count = 0;
        while (count >= 0 && done < bytes.length) {
            int length = Math.min(1 + random.nextInt(5000), bytes.length - done);
            count = in.read(bytes, done, length);
            done += Math.max(count, 0);
        }
        int wrong = Arrays.mismatch(bytes, expected);
        return String.valueOf(wrong < 0 ? done : Math.min(wrong, done));
    }

    /** What is done with the two ends; it returns what came of it. */
    private interface Deed {
        String at(PipePair.End near, PipePair.End far) throws Exception;
    }

    private static void expect(String expected, String tried, String cause, Deed deed)
            throws InterruptedException {
        expect(expected, tried.formatted("one()", "other()"), cause, false, deed);
        expect(expected, tried.formatted("other()", "one()"), cause, true, deed);
    }

    private static void expect(
            String expected, String tried, String cause, boolean reverse, Deed deed)
            throws InterruptedException {
        PipePair.End[] ends = new PipePair.End[2];
        Helper<String> helper =
                Helper.start(
                        () -> {
                            PipePair pair = new PipePair();
                            ends[0] = reverse ? pair.other() : pair.one();
                            ends[1] = reverse ? pair.one() : pair.other();
                            return deed.at(ends[0], ends[1]);
                        });
        Object got;
        try {
            got = helper.get(2, SECONDS);
        } catch (TimeoutException e) {
            got = "no answer within 2 s";
        } catch (ExecutionException e) {
            got = e.getCause();
            if (got instanceof ExecutionException inHelper) {
                got = inHelper.getCause();
            }
            if (got instanceof Error error) {
                throw error;
            }
        }
        for (PipePair.End end : ends) { // a close that hangs holds up nobody
            Helper.start(
                    () -> {
                        end.close();
                        return "closed";
                    });
        }
        if (!expected.equals(got)) {
            fail(tried + "; expected " + expected + "; got " + got + ". " + cause);
        }
    }

    /**
     * Returns when {@code helper} waits, in Java or in a system call, or has ended, or after 100
     * ms. A right answer passes at whatever moment this returns; it is here so that a wrong one
     * does not.
     */
    private static void untilItWaits(Helper<?> helper) {
        long limit = System.nanoTime() + MILLISECONDS.toNanos(500);
        int seen = 0;
        while (seen < 3 && System.nanoTime() < limit) {
            seen = helper.waits() ? seen + 1 : 0;
            Thread.yield();
        }
    }

    /** A piece of work in a daemon thread of its own. */
    private static final class Helper<T> extends FutureTask<T> {

        private final Thread thread = new Thread(this);

        private Helper(Callable<T> work) {
            super(work);
            thread.setDaemon(true);
        }

        static <T> Helper<T> start(Callable<T> work) {
            Helper<T> helper = new Helper<>(work);
            helper.thread.start();
            return helper;
        }

        /** Does {@code work} in a thread that has ended when this returns. */
        static <T> T end(Callable<T> work) throws Exception {
            Helper<T> helper = start(work);
            helper.thread.join();
            return helper.get();
        }

        boolean waits() {
            StackTraceElement[] stack = thread.getStackTrace();
            return thread.getState() != Thread.State.RUNNABLE
                    || stack.length > 0 && stack[0].isNativeMethod();
        }
    }
}
