package lesson03.homework;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** Calls a dialer and checks how it did. */
abstract class TestedDialer {

    /** How long a call may take that needs a third of a second at most, in seconds. */
    private static final int PATIENCE = 3;

    /** An address that is called by plan only. */
    static final InetSocketAddress NOWHERE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    /** A pause that no test sees the end of, and a deadline after it, in milliseconds. */
    static final int LONG_PAUSE = 60_000;

    /** In nanoseconds it is negative as a product of ints. */
    static final int FAR = 120_000;

    /** No limit to the number of attempts. */
    static final int ANY = Integer.MAX_VALUE;

    /** How much a time may be off, by rounding, in milliseconds. */
    static final int ROUNDING = 2;

    TestSockets sockets = TestSockets.thatRefuse();
    Tried tried;

    Socket connected(String what, Dialer dialer) {
        return connected(what, dialer, NOWHERE);
    }

    /** Returns the socket that {@code dialer} has connected to {@code address}. */
    Socket connected(String what, Dialer dialer, InetSocketAddress address) {
        Object outcome = outcome(what, () -> dialer.connect(address));
        tried.check(
                outcome instanceof Socket socket && socket.isConnected() && !socket.isClosed(),
                "a connected socket that is open",
                outcome instanceof Socket socket
                        ? Tried.say(
                                "one with isConnected() %s and isClosed() %s",
                                socket.isConnected(), socket.isClosed())
                        : outcome,
                outcome instanceof Socket
                        ? "Does the end of a try close what it returns?"
                        : "Does each attempt have a new socket?",
                1);
        return (Socket) outcome;
    }

    Exception giveUp(String what, Dialer dialer) {
        return giveUp(what, () -> dialer.connect(NOWHERE));
    }

    /** Returns what {@code call} throws when it gives up. */
    Exception giveUp(String what, Callable<Socket> call) {
        Object outcome = outcome(what, call);
        boolean isNegative =
                outcome instanceof IllegalArgumentException e
                        && String.valueOf(e.getMessage()).contains("timeout");
        tried.check(
                outcome instanceof IOException,
                "an IOException",
                outcome,
                isNegative ? "What if no time is left?" : "Does the dialer throw when it gives up?",
                isNegative ? 3 : 2);
        return (Exception) outcome;
    }

    /** Returns the socket that {@code call} returns, or the exception that it throws. */
    Object outcome(String what, Callable<Socket> call) {
        tried = Tried.to(what);
        try {
            return tried.within(
                    PATIENCE,
                    call,
                    "the call to end",
                    "Is there one pause too many, or a timeout of 0?",
                    3);
        } catch (Exception e) { // whatever an answer declares
            return e;
        }
    }

    Exception giveUpUnknownHost() {
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("a..b", 5003);
        Dialer dialer = new Dialer(3, 1, FAR, sockets);
        return giveUp("an address that is unresolved", () -> dialer.connect(unknown));
    }

    /**
     * Checks that there were no fewer attempts than {@code least}, and no more than {@code most}.
     */
    void checkAttempts(int least, int most, String cause, int hint) {
        int got = sockets.attempts.size();
        String expected =
                got < least ? "no fewer attempts than " + least : "no more attempts than " + most;
        tried.check(least <= got && got <= most, expected, got, cause, hint);
    }

    void checkOpen(int most, String cause) {
        long open = sockets.stillOpen();
        String expected = most == 0 ? "no open socket" : "no more open sockets than " + most;
        tried.check(open <= most, expected, open, cause, 1);
    }

    void checkLastFailure(Exception thrown, String cause) {
        IOException last = sockets.lastFailure();
        String expected = "the exception of the last attempt, the same object, " + last;
        tried.check(thrown == last, expected, thrown, cause, 2);
    }

    void checkPauses(List<Long> pauses, String cause, long... least) {
        boolean all = pauses.size() >= least.length;
        for (int i = 0; all && i < least.length; i++) {
            all = pauses.get(i) >= least[i] - ROUNDING;
        }
        tried.check(
                all,
                "pauses of at least " + LongStream.of(least).boxed().toList() + " ms",
                pauses + " ms",
                cause,
                2);
    }

    /** Checks the timeout of an attempt, for which the clock was asked at {@code now} or later. */
    void checkTimeout(int attempt, long now) {
        int timeout = sockets.attempts.get(attempt).timeout();
        long most = FAR - millis(sockets.sockets.get(0).asked, now) + ROUNDING;
        tried.check(
                timeout != 0,
                "a timeout for each connect",
                "0, which means no limit",
                "Does connect get a timeout?",
                2);
        tried.check(
                timeout <= most,
                Tried.say("a timeout of %d ms at most for attempt %d", most, attempt + 1),
                timeout,
                "When is the clock read, and is there one deadline for everything?",
                3);
    }

    /** Checks that an attempt of the call that began at {@code call} got all the time left. */
    void checkLeast(int attempt, long call, String cause) {
        TestSockets.Attempt it = sockets.attempts.get(attempt);
        long least = FAR - millis(call, it.begin()) - ROUNDING;
        tried.check(
                it.timeout() >= least,
                Tried.say("a timeout of at least %d ms for attempt %d", least, attempt + 1),
                it.timeout(),
                cause,
                3);
    }

    void checkOneAttempt(Exception thrown, String cause) {
        List<Integer> timeouts = sockets.attempts.stream().map(it -> it.timeout()).toList();
        tried.check(
                timeouts.size() == 1,
                "1 attempt",
                Tried.say("%d, with timeouts of %s ms", timeouts.size(), timeouts),
                cause,
                3);
        checkLastFailure(thrown, "What is thrown when the time is over?");
    }

    void checkInterrupted(String what, TestCall call) throws InterruptedException {
        tried = Tried.to(what);
        Object outcome = call.outcomeWithin(2_000);
        tried.check(
                outcome instanceof InterruptedException,
                "an InterruptedException at once",
                outcome == null ? "no end in 2 s" : outcome,
                "What does an interrupted Thread.sleep throw, and is it rethrown?",
                2);
        checkAttempts(0, 1, "Does the loop go on after an interrupt?", 2);
    }

    static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** Checks that of the threads that are new since {@code before} not all {@code calls} stay. */
    void checkThreadsSince(Set<Thread> before, int calls) {
        Set<Thread> left = threads();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        for (left.removeAll(before);
                left.size() >= calls && System.nanoTime() < end;
                left.removeIf(thread -> !thread.isAlive())) {
            LockSupport.parkNanos(1_000_000);
        }
        tried.check(
                left.size() < calls,
                "no thread left 2 s later",
                left.size(),
                "Who ends the threads that a call starts?",
                2);
    }

    static long millis(long begin, long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - begin);
    }
}
