package lesson01.homework;

import static org.junit.jupiter.api.Assertions.fail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Writes, reads and closes at both ends of a link; each test runs from either end. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class PipePairTest {

    /** How long a link may take for all that a test does: a right answer needs milliseconds. */
    private static final int MOST_SECONDS = 2;

    /** How many bytes of a long stream go one at a time: fewer than a link holds. */
    private static final int ONE_BY_ONE = 500;

    @Test
    @Order(1)
    void bytesGoBothWays() throws Exception {
        expect(
                "pong",
                "wrote ping at %1$s, pong at %2$s, read 4 bytes at %1$s",
                "Does an end read what it wrote itself, or is anything kept back? See hint 1.",
                (near, far) -> {
                    near.output().write(ascii("ping"));
                    far.output().write(ascii("pong"));
                    return read(near.input(), 4);
                });
    }

    @Test
    @Order(2)
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
    @Order(3)
    void endsAndStreamsAreTheSameAtEachCall() throws Exception {
        PipePair pair = new PipePair();
        PipePair.End one = pair.one();
        PipePair.End other = pair.other();
        try {
            same("one()", one, pair.one());
            same("other()", other, pair.other());
            same("one().input()", one.input(), one.input());
            same("one().output()", one.output(), one.output());
            same("other().input()", other.input(), other.input());
            same("other().output()", other.output(), other.output());
        } finally {
            close(one, other);
        }
    }

    @Test
    @Order(4)
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
    @Order(5)
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
    @Order(6)
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
                    byte[] atFar = new byte[there.length];
                    byte[] atNear = new byte[back.length];
                    writeOneByOne(near.output(), there);
                    writeOneByOne(far.output(), back);
                    readInPieces(near.input(), atNear, 0, ONE_BY_ONE, seed);
                    Helper.start(() -> writeInPieces(near.output(), there, seed));
                    Helper.start(() -> writeInPieces(far.output(), back, seed));
                    Helper<Integer> reader =
                            Helper.start(() -> readInPieces(far.input(), atFar, 0, 20_000, seed));
                    int done = readInPieces(near.input(), atNear, ONE_BY_ONE, 20_000, seed);
                    return "%d and %d bytes as sent"
                            .formatted(same(there, atFar, reader.get()), same(back, atNear, done));
                });
    }

    @Test
    @Order(7)
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
    @Order(8)
    void writesOfSeveralThreadsStayWhole() throws Exception {
        expect(
                "26 runs",
                "wrote 100000 a, b meanwhile, and c to z in threads that had read, all at %1$s",
                "Can two threads be in a write at once, also while one waits? See hint 2.",
                (near, far) -> {
                    OutputStream out = near.output();
                    InputStream in = far.input();
                    CountDownLatch allRead = new CountDownLatch(1);
                    String a = "a".repeat(100_000);
                    untilItWaits(Helper.start(() -> writeAndStay(out, a, allRead)));
                    untilItWaits(Helper.start(() -> writeAndStay(out, "b", allRead)));
                    BlockingQueue<String> heads = new LinkedBlockingQueue<>();
                    StringBuilder all = new StringBuilder();
                    for (String letter : "cdefghijklmnopqrstuvwxyz".split("")) {
                        Callable<Boolean> readAndWrite =
                                () -> { // its read makes room, and it is there before a wakes
                                    heads.add(read(in, 100));
                                    return writeAndStay(out, letter, allRead);
                                };
                        Helper.start(readAndWrite);
                        all.append(heads.take());
                    }
                    all.append(read(in, 100_025 - all.length()));
                    allRead.countDown();
                    return all.toString().replaceAll("(.)\\1*", "$1").length() + " runs";
                });
    }

    @Test
    @Order(9)
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
    @Order(10)
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
    @Order(11)
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
    @Order(12)
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
    @Order(13)
    void closeWakesThePeersReaders() throws Exception {
        expect(
                "-1 and -1",
                "read at %2$s in two threads, where nothing came, and closed %1$s meanwhile",
                "Who tells the readers that wait, each of them? See hint 3.",
                (near, far) -> {
                    Helper<Integer> reader = untilItWaits(Helper.start(far.input()::read));
                    Helper<Integer> second = untilItWaits(Helper.start(far.input()::read));
                    near.close();
                    return reader.get() + " and " + second.get();
                });
    }

    @Test
    @Order(14)
    void closeWakesThePeersWriters() throws Exception {
        expect(
                "the end of the writes, twice",
                "wrote at %2$s in two threads until full, and closed %1$s meanwhile",
                "Who tells the writers that wait, each of them? See hint 3.",
                (near, far) -> {
                    Helper<String> writer =
                            untilItWaits(Helper.start(() -> writeUntilFull(far.output())));
                    Helper<String> second =
                            untilItWaits(Helper.start(() -> writeUntilFull(far.output())));
                    near.close();
                    return writer.get().equals(second.get()) ? writer.get() + ", twice" : "";
                });
    }

    @Test
    @Order(15)
    void closeWakesItsOwnThreads() throws Exception {
        expect(
                "nothing read, the end of the writes",
                "read and wrote at %1$s until both waited, and closed %1$s meanwhile",
                "Who tells the threads that wait at the closed end itself? See hint 3.",
                (near, far) -> {
                    Helper<String> reader =
                            untilItWaits(Helper.start(() -> readOrNothing(near.input())));
                    Helper<String> writer =
                            untilItWaits(Helper.start(() -> writeUntilFull(near.output())));
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

    /** The thread does not end before all is read: threads that end are a test of their own. */
    private static boolean writeAndStay(OutputStream out, String text, CountDownLatch allRead)
            throws IOException, InterruptedException {
        write(out, text);
        return allRead.await(2 * MOST_SECONDS, SECONDS);
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

    private static void writeOneByOne(OutputStream out, byte[] bytes) throws IOException {
        for (int i = 0; i < ONE_BY_ONE; i++) {
            out.write(bytes[i]);
        }
    }

    /** Writes what {@link #writeOneByOne} has left, in pieces of 1 to 5,000. */
    private static String writeInPieces(OutputStream out, byte[] bytes, long seed)
            throws IOException {
        Random random = new Random(seed);
        int done = ONE_BY_ONE;
        while (done < bytes.length) {
            int length = Math.min(1 + random.nextInt(5000), bytes.length - done);
            out.write(bytes, done, length);
            done += length;
        }
        return "written";
    }

    /** Reads into an array from one index up to another, in pieces; returns how far it came. */
    private static int readInPieces(InputStream in, byte[] bytes, int from, int to, long seed)
            throws IOException {
        Random random = new Random(~seed);
        int done = from;
        int count = 0;
        while (count >= 0 && done < to) {
            int length = Math.min(1 + random.nextInt(5000), to - done);
            count = in.read(bytes, done, length);
            done += Math.max(count, 0);
        }
        return done;
    }

    /** Returns how many of the bytes that were read are as they were sent. */
    private static int same(byte[] sent, byte[] read, int done) {
        int wrong = Arrays.mismatch(sent, read);
        return wrong < 0 ? done : Math.min(wrong, done);
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
            got = helper.getWithin(MOST_SECONDS);
        } catch (TimeoutException e) {
            got = "no answer within " + MOST_SECONDS + " s";
        } catch (ExecutionException e) {
            got = e.getCause();
            if (got instanceof ExecutionException inHelper) {
                got = inHelper.getCause();
            }
            if (got instanceof Error error) {
                throw error;
            }
        }
        close(ends);
        if (!expected.equals(got)) {
            Throwable thrown = got instanceof Throwable failure ? failure : null;
            String came = got + (thrown == null ? "" : at(thrown));
            fail(tried + "; expected " + expected + "; got " + came + ". " + cause, thrown);
        }
    }

    private static void same(String call, Object first, Object second) {
        if (first != second) {
            fail(
                    "called %s twice; expected the same; got another. ".formatted(call)
                            + "Is it made anew at each call? See hint 1.");
        }
    }

    /** Closes the ends; a close that hangs holds up nobody. */
    private static void close(PipePair.End... ends) {
        for (PipePair.End end : ends) {
            Helper.start(
                    () -> {
                        end.close();
                        return "closed";
                    });
        }
    }

    /** Returns the line of the answer that {@code failure} has come from, if any. */
    private static String at(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if ("PipePair.java".equals(frame.getFileName())) {
                return ", at PipePair.java:" + frame.getLineNumber();
            }
        }
        return "";
    }

    /**
     * Returns {@code helper} when it waits, in Java or for the system, or has ended, or after 3,000
     * looks, some 500 ms. A right answer passes at whatever moment this returns; it is here so that
     * a wrong one does not.
     */
    private static <T> Helper<T> untilItWaits(Helper<T> helper) {
        int seen = 0;
        for (int looks = 0; seen < 3 && looks < 3000; looks++) {
            seen = helper.waits() ? seen + 1 : 0;
            LockSupport.parkNanos(MICROSECONDS.toNanos(100));
        }
        return helper;
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

        /**
         * Waits for the result by turns of 100 ms, so that a pause of the whole computer counts as
         * one; but not for more than three times as long.
         */
        T getWithin(int seconds) throws InterruptedException, ExecutionException, TimeoutException {
            long limit = System.nanoTime() + SECONDS.toNanos(3L * seconds);
            for (int turn = 1; turn < 10 * seconds && System.nanoTime() < limit; turn++) {
                try {
                    return get(100, MILLISECONDS);
                } catch (TimeoutException e) {
                    // the next turn
                }
            }
            return get(100, MILLISECONDS);
        }

        /** Waits in Java, or in a call of the system that reads or writes. */
        boolean waits() {
            StackTraceElement[] stack = thread.getStackTrace();
            return thread.getState() != Thread.State.RUNNABLE
                    || stack.length > 0
                            && stack[0].isNativeMethod()
                            && stack[0].getClassName().matches("(sun.nio|java.io)[.].*");
        }
    }
}
