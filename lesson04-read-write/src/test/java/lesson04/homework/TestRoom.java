package lesson04.homework;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A room of a test, each call of which has a limit of time, and what the test sees of it. */
final class TestRoom {

    /** How long a call may take, in seconds. */
    private static final int PATIENCE = TestGuest.PATIENCE_MILLIS / 1_000;

    /**
     * Whether {@code join} has hung: then no test waits for it again, for it would take minutes.
     */
    private static boolean joinHangs;

    /** Whether the count of guests grows soon after each join, so that it is worth a wait. */
    private static boolean counts = true;

    /** How long a test waits for the count of guests, or for the end of threads. */
    private static int countMillis = TestGuest.PATIENCE_MILLIS;

    private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    private final List<TestGuest> met = new ArrayList<>();
    private final ChatRoom room = new ChatRoom();
    private final ServerSocket listener = TestSocket.listen();

    TestRoom() throws IOException {}

    /** Ends the threads of the room, right or wrong: each waits for a socket, or for the room. */
    void end() throws IOException {
        for (TestGuest guest : met) {
            guest.socket.close();
            guest.roomsEnd.release();
            guest.roomsEnd.flow();
            guest.roomsEnd.close();
        }
        listener.close();
        new TestCall(this::close).thrown();
    }

    /** Returns a guest who is connected, and not yet in the room. */
    TestGuest meet(String name) throws IOException {
        TestGuest guest = new TestGuest(name, listener);
        met.add(guest);
        return guest;
    }

    /** Returns a guest who has joined. */
    TestGuest join(String name) throws Exception {
        TestGuest guest = meet(name);
        enter(guest);
        return guest;
    }

    /** Returns a guest who has joined, and to whom no write comes to an end. */
    TestGuest stuck(String name) throws Exception {
        TestGuest guest = meet(name);
        guest.roomsEnd.stick();
        enter(guest);
        return guest;
    }

    /** Lets guests in. That the room counts at once is for one test; here it has time. */
    void enter(TestGuest... guests) throws Exception {
        int before = countOrNone();
        Exception thrown = enterOrNot(guests);
        Tried.to("%s joined", guests[0].name)
                .check(thrown == null, "no exception", thrown, "Does join() fail by itself?", 1);
        counts =
                counts
                        && before >= 0
                        && await(
                                TestGuest.LITTLE_MILLIS,
                                () -> countOrNone() - before >= guests.length);
    }

    private int countOrNone() {
        try {
            return room.guests();
        } catch (ToDo e) {
            return -1;
        }
    }

    /** Lets guests in, and returns what {@code join} throws, or null. */
    Exception enterOrNot(TestGuest... guests) {
        try {
            enterAndCount(guests);
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /** Lets guests in, and returns how many the room counts then, or -1 if it cannot. */
    int enterAndCount(TestGuest... guests) throws Exception {
        Tried tried = Tried.to("%s joined", guests[0].name);
        String expected = "join() to return at once";
        String cause = "Does join() itself read what the guest says?";
        tried.check(!joinHangs, expected, "no end in a test before", cause, 1);
        try {
            return tried.within(
                    PATIENCE + guests.length / 20, // many threads begin, on a busy machine, too
                    () -> {
                        for (TestGuest guest : guests) {
                            room.join(guest.roomsEnd);
                        }
                        return countOrNone();
                    },
                    expected,
                    cause,
                    1);
        } catch (AssertionError e) {
            joinHangs = true;
            throw e;
        }
    }

    int guests() {
        return room.guests();
    }

    /** Closes the room, and returns null. */
    Object close() {
        Tried tried = Tried.to("closed the room");
        Exception thrown =
                tried.thrownWithin(
                        PATIENCE,
                        () -> {
                            room.close();
                            return null;
                        },
                        "close() to return",
                        "Does close() wait for what only a closed socket can end?",
                        3);
        tried.check(thrown == null, "no exception", thrown, "What if it is closed already?", 3);
        return null;
    }

    /** Fails unless the room counts {@code count} guests soon. */
    void assertGuests(int count, String when, String cause, int hint) {
        await(countMillis, () -> room.guests() == count);
        countMillis = TestGuest.LITTLE_MILLIS; // until it is right
        Tried.to("counted the guests when %s", when).same(count, room.guests(), cause, hint);
        countMillis = TestGuest.PATIENCE_MILLIS;
    }

    /** Fails unless there are soon at most {@code most} more threads than before. */
    void assertThreads(int most, String when, String cause) {
        await(countMillis, () -> threads().count() <= most);
        assertFew(threads().map(Thread::getName).toList(), most, when, cause);
    }

    /** Fails unless at most {@code most} threads are soon in methods of the answer. */
    void assertThreadsAtWork(int most, String when, String cause) {
        awaitThreadsAtWork(most, countMillis);
        assertFew(atWork(), most, when, cause);
    }

    /** Waits until at most {@code most} threads are in methods of the answer, but not for long. */
    void awaitThreadsAtWork(int most, int millis) {
        await(millis, () -> atWork().size() <= most);
    }

    private void assertFew(List<String> threads, int most, String when, String cause) {
        countMillis = TestGuest.LITTLE_MILLIS; // until it is right
        String where = String.join("", atWork().stream().limit(1).toList());
        Tried.to("looked at the room's threads when %s", when)
                .check(
                        threads.size() <= most,
                        Tried.say("%d at most", most),
                        Tried.say("%d%s", threads.size(), where),
                        cause,
                        3);
        countMillis = TestGuest.PATIENCE_MILLIS;
    }

    /** Returns for each thread that runs or waits in a method of the answer, in which. */
    private List<String> atWork() {
        return threads()
                .map(thread -> Tried.lineIn(thread.getStackTrace()))
                .filter(where -> !where.isEmpty())
                .toList();
    }

    /** Returns the threads that have begun since the test, without the JDK's and JUnit's. */
    private Stream<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread != Thread.currentThread() && !before.contains(thread))
                .filter(thread -> !thread.getName().matches("(junit|ForkJoinPool|homework).*"));
    }

    /** Waits until {@code done}, of which nobody is told; returns whether it came in time. */
    private static boolean await(int millis, BooleanSupplier done) {
        long end = System.nanoTime() + 1_000_000L * millis;
        for (int pause = 1_000_000; !done.getAsBoolean(); pause = Math.min(2 * pause, 16_000_000)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(pause);
        }
        return true;
    }
}
