package lesson01.homework;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** What {@link PipePair} promises; most tests run twice, the second time from the other end. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class PipePairTest extends TestPair {

    private static final String IN_ORDER =
            "What is written at one end is read at the other, unchanged and in order, and no flush"
                    + " is needed.";
    private static final String THE_SAME =
            "one, other, End.input and End.output return the same object at each call, and no pair"
                    + " shares a stream, a buffer or a lock with another.";
    private static final String READ_WAITS =
            "A read waits until there is something to read, and then returns at least one byte at"
                    + " once, even if its array has room for more.";
    private static final String HAS_ROOM =
            "Each way holds at least 1,024 bytes that nobody has read yet (more, or no limit, is"
                    + " fine), and a write waits only when there is no room.";
    private static final String ANY_LENGTH =
            "A write may have any length, even 0, and its array may be changed as soon as it"
                    + " returns.";
    private static final String CLOSE_WAKES =
            "End.close also ends the reads and writes that are waiting at either end, and a second"
                    + " close does nothing.";
    private static final String NOTHING_LEFT =
            "When both ends are closed, the pair leaves no thread and no descriptor behind.";

    private static final String WHO_WAKES = "Who wakes a thread that is waiting, at either end?";

    @Test
    @Order(1)
    @Proves(IN_ORDER)
    void bytesGoBothWays() throws Exception {
        both(
                "wrote ping at %s, pong at %s, read 4 bytes at each",
                "pong and ping",
                "Has each way a pipe of its own, and is nothing kept back?",
                1,
                (near, far) -> {
                    near.output().write(ascii("ping"));
                    far.output().write(ascii("pong"));
                    return read(near.input(), 4) + " and " + read(far.input(), 4);
                });
    }

    @Test
    @Order(2)
    @Proves(THE_SAME)
    void pairsShareNothing() throws Exception {
        twoPairs(
                "made 2 pairs, wrote a at the first, b at the second, read and closed both",
                PATIENCE,
                "b and a",
                "Is something static, and so one for all pairs?",
                1,
                (first, second) -> {
                    first.one().output().write('a');
                    second.one().output().write('b');
                    String read = read(second.other().input(), 1);
                    second.one().close();
                    second.other().close();
                    return read + " and " + read(first.other().input(), 1);
                });
    }

    @Test
    @Order(3)
    @Proves(THE_SAME)
    void endsAndStreamsAreTheSameAtEachCall() throws Exception {
        PipePair pair = new PipePair();
        same("one()", pair.one(), pair.one());
        same("other()", pair.other(), pair.other());
        same("one().input()", pair.one().input(), pair.one().input());
        same("one().output()", pair.one().output(), pair.one().output());
        same("other().input()", pair.other().input(), pair.other().input());
        same("other().output()", pair.other().output(), pair.other().output());
        pair.one().close();
        pair.other().close();
    }

    @Test
    @Order(4)
    @Proves(IN_ORDER)
    void everyByteArrives() throws Exception {
        byte[] all = new byte[256];
        for (int value = 0; value < 256; value++) {
            all[value] = (byte) value;
        }
        both(
                "wrote the values 0 to 255 at %s, read them at %s, with read() and into an array",
                "256 values in order",
                "Does read() return 0 to 255, and -1 for the end alone?",
                1,
                (near, far) -> {
                    for (int value = 0; value < 256; value++) {
                        near.output().write(value);
                    }
                    for (int value = 0; value < 256; value++) {
                        int read = far.input().read();
                        if (read != value) {
                            return read + " in the place of " + value;
                        }
                    }
                    near.output().write(all);
                    return compared(far.input(), all).replace("all as sent", "256 values in order");
                });
    }

    @Test
    @Order(5)
    @Proves(IN_ORDER)
    void partsOfArraysAreParts() throws Exception {
        both(
                "wrote bytes 2 to 4 of abcdefg at %s, read at %s into the middle of .......",
                "..cde..",
                "Do read and write begin at the given offset of the array?",
                2,
                (near, far) -> {
                    near.output().write(ascii("abcdefg"), 2, 3);
                    byte[] array = ascii(".......");
                    filled(far.input(), array, 2, 3, 3);
                    return text(array);
                });
    }

    @Test
    @Order(6)
    @Proves(READ_WAITS)
    void aReadTakesWhatIsThere() throws Exception {
        both(
                "wrote hello at %s, read at %s into an array of 100 bytes",
                "hello",
                "Does read(byte[]) wait until its array is full?",
                2,
                (near, far) -> {
                    near.output().write(ascii("hello"));
                    byte[] array = new byte[100];
                    int count = filled(far.input(), array, 0, 5, array.length);
                    return count == 5 ? text(Arrays.copyOf(array, 5)) : gave(count);
                });
    }

    @Test
    @Order(7)
    @Proves(READ_WAITS)
    void aReadWaitsForAWrite() throws Exception {
        both(
                "read at %2$s while there was nothing, then wrote x at %1$s",
                "x",
                "What does a read do while there is nothing to read?",
                2,
                (near, far) -> {
                    TestThread<Integer> reader = TestThread.untilItWaits(far.input()::read);
                    if (!reader.endsWithinMillis(100)) {
                        near.output().write('x');
                    }
                    return reader.result() == 'x' ? "x" : gave(reader.result());
                });
    }

    @Test
    @Order(8)
    @Proves({READ_WAITS, HAS_ROOM})
    void aReadAndAWriteWaitAsLongAsItTakes() throws Exception {
        twoPairs(
                "read where nothing came for 3 s, and wrote where nobody read for 3 s",
                3 + PATIENCE,
                "x, and all that was written",
                "Is there a limit to the wait that nobody asked for?",
                2,
                (empty, full) -> {
                    TestThread<String> reader =
                            TestThread.untilItWaits(() -> read(empty.other().input(), 1));
                    TestThread<String> writer =
                            TestThread.untilItWaits(
                                    () -> written(full.one().output(), new byte[LONG]));
                    reader.endsWithinMillis(3_100);
                    if (writer.isDone()) {
                        writer.result(); // nothing, if it has failed
                    }
                    empty.one().output().write('x');
                    int length = read(full.other().input(), LONG).length();
                    String came = reader.result() + ", and ";
                    came += length == LONG ? writer.result() : length + " bytes";
                    return came.replace("all as sent", "all that was written");
                });
    }

    @Test
    @Order(9)
    @Proves({IN_ORDER, HAS_ROOM})
    void aWriteNeedNotWaitForARead() throws Exception {
        both(
                "read at %1$s, wrote x there meanwhile, and y at %2$s, then read at %2$s",
                "x",
                "Does a waiting read keep the same end from writing?",
                2,
                (near, far) -> {
                    TestThread<Integer> reader = TestThread.untilItWaits(near.input()::read);
                    near.output().write('x');
                    far.output().write('y'); // ends the read
                    return reader.result() == 'y' ? read(far.input(), 1) : gave(reader.result());
                });
    }

    /** The read that began to wait last is the first that has something to read. */
    @Test
    @Order(10)
    @Proves({READ_WAITS, THE_SAME})
    void aWriteWakesTheReadThatWaitsForIt() throws Exception {
        String expected = "x at the last, and then y at the first";
        twoPairs(
                "let reads wait at other() and then at one(), wrote x for the last",
                PATIENCE,
                expected,
                "Which thread does notify() wake, if several wait for one lock?",
                3,
                (a, b) -> wokenInTurn(a.one(), a.other(), a.other(), a.one()));
        twoPairs(
                "let a read wait at each of two pairs, wrote x for the last",
                PATIENCE,
                expected,
                "Do two pairs share a lock, in a static field?",
                3,
                (a, b) -> wokenInTurn(a.one(), a.other(), b.one(), b.other()));
    }

    /** What waits for room must not lie where another stream has its bytes. */
    @Test
    @Order(11)
    @Proves({THE_SAME, IN_ORDER})
    void aWriteThatWaitsKeepsItsByte() throws Exception {
        twoPairs(
                "wrote a until there was no room, meanwhile b into another pair, and c the other"
                        + " way",
                2 * PATIENCE,
                "only a, b and c",
                "Do two pairs, or two streams, share an array?",
                1,
                (full, another) -> {
                    TestThread<String> writer =
                            TestThread.untilItWaits(
                                    () -> {
                                        for (int i = 0; i < LONG; i++) {
                                            full.one().output().write('a');
                                        }
                                        return "b";
                                    });
                    another.one().output().write('b');
                    full.other().output().write('c');
                    int c = full.one().input().read();
                    String read = read(full.other().input(), LONG);
                    String came = read.equals("a".repeat(LONG)) ? "only a" : "something else";
                    writer.result();
                    return came + ", " + read(another.other().input(), 1) + " and " + (char) c;
                });
    }

    @Test
    @Order(12)
    @Proves(HAS_ROOM)
    void eachWayHolds1024Bytes() throws Exception {
        both(
                "wrote 1024 bytes at %s and 1024 at %s, then read at both",
                "1024 and 1024 bytes",
                "How many bytes does a way hold before a write waits?",
                2,
                (near, far) -> {
                    near.output().write(new byte[1024]);
                    far.output().write(new byte[1024]);
                    int there = read(far.input(), 1024).length();
                    int back = read(near.input(), 1024).length();
                    return Tried.say("%d and %d bytes", there, back);
                });
    }

    @Test
    @Order(13)
    @Proves(ANY_LENGTH)
    void anEmptyWriteSendsNothing() throws Exception {
        both(
                "wrote 0 bytes and then hello at %s, read at %s",
                "hello",
                "Is a write of 0 bytes taken for the end of the stream?",
                2,
                (near, far) -> {
                    near.output().write(new byte[0]);
                    near.output().write(ascii("hello"));
                    byte[] array = new byte[5];
                    int count = filled(far.input(), array, 0, 5, 5);
                    return count == 5 ? text(array) : gave(count);
                });
    }

    @Test
    @Order(14)
    @Proves(ANY_LENGTH)
    void theArrayMayBeChangedAfterAWrite() throws Exception {
        both(
                "wrote an array with hello at %s, filled it with x, read 5 bytes at %s",
                "hello",
                "Is the writer's own array kept, instead of a copy?",
                2,
                (near, far) -> {
                    byte[] array = ascii("hello");
                    near.output().write(array);
                    Arrays.fill(array, (byte) 'x');
                    return read(far.input(), 5);
                });
    }

    @Test
    @Order(15)
    @Proves({ANY_LENGTH, HAS_ROOM, IN_ORDER})
    void longWritesCross() throws Exception {
        byte[] sent = new byte[LONG];
        byte[] answer = new byte[LONG];
        Random random = new Random(1);
        random.nextBytes(sent);
        random.nextBytes(answer);
        once(
                "wrote 70000 bytes at %s and at %s at once, read them meanwhile",
                "all as sent",
                "Does a write wait while there is no room, and does each read wake it?",
                2,
                (near, far) -> {
                    TestThread<String> there =
                            TestThread.untilItWaits(() -> written(near.output(), sent));
                    TestThread<String> atNear =
                            TestThread.untilItWaits(() -> compared(near.input(), answer));
                    TestThread<String> back = TestThread.start(() -> written(far.output(), answer));
                    TestThread<String> atFar = TestThread.start(() -> compared(far.input(), sent));
                    return TestThread.firstTrouble("all as sent", there, atNear, back, atFar);
                });
    }

    @Test
    @Order(16)
    @Proves("Any thread may use an end, even when the thread that used it before has ended.")
    void threadsComeAndGo() throws Exception {
        both(
                "wrote a at %s, read it at %s, wrote b, read it, each in a thread that then ended",
                "a and b",
                "Does the pipe check whether its last reader or writer is alive?",
                2,
                (near, far) -> {
                    TestThread.ended(() -> written(near.output(), ascii("a")));
                    String first = TestThread.ended(() -> read(far.input(), 1));
                    TestThread.ended(() -> written(near.output(), ascii("b")));
                    return first + " and " + TestThread.ended(() -> read(far.input(), 1));
                });
    }

    @Test
    @Order(17)
    @Proves(
            "After one end is closed, the other reads what was written before, and then -1 at each"
                    + " further read.")
    void theOtherReadsWhatWasWrittenThenTheEnd() throws Exception {
        both(
                "wrote x at %2$s and hello at %1$s, closed %1$s, read at %2$s, also past the end",
                "hello, -1, -1",
                "Is what was written read first, and does the end stay?",
                3,
                (near, far) -> {
                    far.output().write('x'); // nobody reads it
                    near.output().write(ascii("hello"));
                    near.close();
                    InputStream in = far.input();
                    return read(in, 5) + ", " + in.read() + ", " + in.read();
                });
    }

    @Test
    @Order(18)
    @Proves(
            "After one end is closed, a write at the other throws an IOException, at the latest"
                    + " when 10,000 more bytes have been written there.")
    void theOtherCannotWriteAfterClose() throws Exception {
        both(
                "closed %s, wrote byte after byte at %s",
                "an IOException",
                "Does close end both ways?",
                3,
                (near, far) -> {
                    near.close();
                    for (int i = 0; i < 10_001; i++) {
                        if (writtenOrNothing(far.output()).equals("nothing")) {
                            return "an IOException";
                        }
                    }
                    return "10001 bytes taken";
                });
    }

    @Test
    @Order(19)
    @Proves(
            "At the closed end itself, a write throws an IOException, and a read throws one or"
                    + " returns -1, even if bytes were left to read.")
    void theClosedEndCannotBeUsed() throws Exception {
        both(
                "wrote xy at %2$s, read x at %1$s and closed it, read and wrote there",
                "read nothing, wrote nothing",
                "Does close end both ways at the end itself?",
                3,
                (near, far) -> {
                    far.output().write(ascii("xy"));
                    read(near.input(), 1);
                    near.close();
                    String read = readOrNothing(near.input());
                    return "read " + read + ", wrote " + writtenOrNothing(near.output());
                });
    }

    @Test
    @Order(20)
    @Proves(CLOSE_WAKES)
    void aSecondCloseDoesNothing() throws Exception {
        both(
                "closed %1$s twice, and then %2$s twice",
                "no exception",
                "Is there anything left to do at the second close?",
                3,
                (near, far) -> {
                    near.close();
                    near.close();
                    far.close();
                    far.close();
                    return "no exception";
                });
    }

    @Test
    @Order(21)
    @Proves(CLOSE_WAKES)
    void closeEndsAReadThatWaitsAtTheOther() throws Exception {
        both(
                "read at %2$s while there was nothing, closed %1$s meanwhile",
                "-1",
                WHO_WAKES,
                3,
                (near, far) -> {
                    TestThread<Integer> reader = TestThread.untilItWaits(far.input()::read);
                    near.close();
                    return String.valueOf(reader.result());
                });
    }

    @Test
    @Order(22)
    @Proves(CLOSE_WAKES)
    void closeEndsAReadThatWaitsAtTheSameEnd() throws Exception {
        both(
                "read at %1$s while there was nothing, closed %1$s meanwhile",
                "nothing",
                WHO_WAKES,
                3,
                (near, far) -> {
                    TestThread<String> reader =
                            TestThread.untilItWaits(() -> readOrNothing(near.input()));
                    near.close();
                    return reader.result();
                });
    }

    @Test
    @Order(23)
    @Proves(CLOSE_WAKES)
    void closeEndsAWriteThatWaits() throws Exception {
        both(
                "wrote at %1$s and %2$s until there was no room, closed %1$s meanwhile",
                "the end of both writes",
                WHO_WAKES,
                3,
                (near, far) -> {
                    TestThread<String> own = TestThread.untilItWaits(() -> wroteAll(near.output()));
                    TestThread<String> others =
                            TestThread.untilItWaits(() -> wroteAll(far.output()));
                    near.close();
                    own.result();
                    others.result();
                    return "the end of both writes";
                });
    }

    @Test
    @Order(24)
    @Proves(NOTHING_LEFT)
    void noThreadIsLeft() throws Exception {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        List<PipePair> pairs = usedAndClosed();
        long end = System.nanoTime() + SECONDS.toNanos(PATIENCE);
        int more = pairs.size();
        while (more >= pairs.size() && System.nanoTime() < end) {
            LockSupport.parkNanos(MILLISECONDS.toNanos(10));
            Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
            now.removeAll(before);
            more = now.size(); // other threads of this JVM may be among them
        }
        Tried.to("made and closed %d pairs", pairs.size())
                .check(
                        more < pairs.size(),
                        "no thread left",
                        more,
                        "Who ends the threads of a pair?",
                        3);
    }

    @Test
    @Order(25)
    @Proves(NOTHING_LEFT)
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "Java counts descriptors on Unix only")
    void noDescriptorIsLeft() throws Exception {
        usedAndClosed(); // what Java opens at its first use
        long before = descriptors();
        List<PipePair> pairs = usedAndClosed();
        long more = descriptors() - before;
        String cause = "Are both streams of each end closed?";
        Tried.to("made and closed %d pairs", pairs.size())
                .check(more < pairs.size(), "no descriptor left", more, cause, 3);
    }

    private static void same(String call, Object first, Object second) {
        Tried.to("called %s twice", call)
                .check(
                        first == second,
                        "the same",
                        "another",
                        "Is a new one made at each call?",
                        1);
    }
}
