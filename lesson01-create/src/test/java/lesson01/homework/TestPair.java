package lesson01.homework;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.UnixOperatingSystemMXBean;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** Does something with the ends of new pairs, each time from either end, and tells what came. */
abstract class TestPair {

    /** How long a deed may take, in seconds: a right answer needs milliseconds. */
    static final int PATIENCE = 2;

    /** More than most pipes hold, and more than 16 bits count. */
    static final int LONG = 70_000;

    /** What is done with the two ends; it returns what came of it. */
    interface Deed {
        String at(PipePair.End near, PipePair.End far) throws Exception;
    }

    static void both(String done, String expected, String cause, int hint, Deed deed)
            throws Exception {
        from(false, PATIENCE, done, expected, cause, hint, deed);
        from(true, PATIENCE, done, expected, cause, hint, deed);
    }

    /** Does what is the same from either end, and may take longer. */
    static void once(String done, String expected, String cause, int hint, Deed deed)
            throws Exception {
        from(false, 2 * PATIENCE, done, expected, cause, hint, deed);
    }

    private static void from(
            boolean isOther,
            int seconds,
            String done,
            String expected,
            String cause,
            int hint,
            Deed deed)
            throws Exception {
        Tried tried = Tried.to(done, isOther ? "other()" : "one()", isOther ? "one()" : "other()");
        Callable<String> work =
                () -> {
                    PipePair pair = new PipePair();
                    PipePair.End one = pair.one();
                    PipePair.End other = pair.other();
                    String came = isOther ? deed.at(other, one) : deed.at(one, other);
                    closed(one);
                    closed(other);
                    return came;
                };
        told(tried, seconds, expected, cause, hint, work);
    }

    /** Closes; that close itself fails, perhaps because it is a second one, is told elsewhere. */
    private static void closed(PipePair.End end) {
        try {
            end.close();
        } catch (Exception e) {
            // the deed is done
        }
    }

    /** What is done with two pairs; it returns what came of it. */
    interface DeedOfTwo {
        String with(PipePair first, PipePair second) throws Exception;
    }

    static void twoPairs(
            String done, int seconds, String expected, String cause, int hint, DeedOfTwo deed)
            throws Exception {
        Callable<String> work =
                () -> {
                    PipePair first = new PipePair();
                    PipePair second = new PipePair();
                    String came = deed.with(first, second);
                    for (PipePair pair : List.of(first, second)) {
                        closed(pair.one());
                        closed(pair.other());
                    }
                    return came;
                };
        told(Tried.to(done), seconds, expected, cause, hint, work);
    }

    private static void told(
            Tried tried,
            int seconds,
            String expected,
            String cause,
            int hint,
            Callable<String> deed)
            throws Exception {
        Object came;
        try {
            came = tried.within(seconds, deed, expected, cause, hint);
        } catch (IOException | RuntimeException e) {
            came = e;
        }
        tried.check(expected.equals(came), expected, came, cause, hint);
    }

    static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    static String text(byte[] array) {
        return new String(array, US_ASCII);
    }

    static String written(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        return "all as sent";
    }

    /** Reads as much as was sent. */
    static String compared(InputStream in, byte[] sent) throws IOException {
        byte[] array = new byte[5_000];
        int done = 0;
        while (done < sent.length) {
            int count = in.read(array, 0, Math.min(array.length, sent.length - done));
            if (count < 1) {
                return Tried.say("%s after %d bytes", gave(count), done);
            }
            if (!Arrays.equals(array, 0, count, sent, done, done + count)) {
                return Tried.say("other bytes than were sent after the first %d", done);
            }
            done += count;
        }
        return "all as sent";
    }

    /** Reads {@code length} bytes, or fewer where the stream ends before. */
    static String read(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = 0;
        int count = 0;
        while (count >= 0 && done < length) {
            count = in.read(bytes, done, length - done);
            done += Math.max(count, 0);
        }
        return new String(bytes, 0, done, US_ASCII);
    }

    /** Reads up to {@code most} bytes, until there are {@code least}; returns how many, or -1. */
    static int filled(InputStream in, byte[] array, int offset, int least, int most)
            throws IOException {
        int count = in.read(array, offset, most);
        while (count > 0 && count < least) {
            count += in.read(array, offset + count, most - count);
        }
        return count;
    }

    /** Says what a read has returned that should have returned something else. */
    static String gave(int returned) {
        return Tried.say("a read that returned %d", returned);
    }

    static String readOrNothing(InputStream in) {
        try {
            int read = in.read();
            return read < 0 ? "nothing" : "the byte " + read;
        } catch (IOException e) {
            return "nothing";
        }
    }

    static String writtenOrNothing(OutputStream out) {
        try {
            out.write('x');
            return "a byte";
        } catch (IOException e) {
            return "nothing";
        }
    }

    /** Writes more than there is room for; where no write ever waits, it ends by itself. */
    static String wroteAll(OutputStream out) {
        try {
            out.write(new byte[LONG]);
            return "all";
        } catch (IOException e) {
            return "not all";
        }
    }

    /** Lets a read wait at {@code there}, and then one at {@code last}, which is written first. */
    static String wokenInTurn(
            PipePair.End here, PipePair.End there, PipePair.End from, PipePair.End last)
            throws Exception {
        TestThread<Integer> first = TestThread.untilItWaits(there.input()::read);
        TestThread<Integer> second = TestThread.untilItWaits(last.input()::read);
        from.output().write('x');
        String came = gave(second.result());
        here.output().write('y');
        came += ", " + gave(first.result());
        return came.equals(gave('x') + ", " + gave('y'))
                ? "x at the last, and then y at the first"
                : came;
    }

    /** Uses 20 pairs; they are returned so that nothing else gives back what they hold. */
    static List<PipePair> usedAndClosed() throws Exception {
        List<PipePair> pairs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            PipePair pair = new PipePair();
            pairs.add(pair);
            pair.one().output().write('x');
            pair.one().close();
            pair.other().close();
        }
        return pairs;
    }

    /** Returns how many files, pipes and sockets this process has open. */
    static long descriptors() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }
}
