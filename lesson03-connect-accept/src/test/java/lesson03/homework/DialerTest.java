package lesson03.homework;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class DialerTest extends TestedDialer {

    private static final String ONE_SOCKET_EACH =
            "Each attempt takes one new socket from the supplier, and calls"
                    + " Socket.connect(SocketAddress, int) once, with the address that the dialer"
                    + " was given.";
    private static final String FIRST_SUCCESS =
            "The first attempt begins at once, and the first one to succeed ends the call: its"
                    + " socket is returned, connected and open, with no setting changed.";
    private static final String FAILED =
            "An attempt that throws an IOException of any kind has failed, and another attempt"
                    + " follows.";
    private static final String ATTEMPTS =
            "The dialer gives up after attempts attempts, without another pause: it throws the"
                    + " exception of the last attempt, the very same object.";
    private static final String UNRESOLVED =
            "If the address is unresolved, UnknownHostException is thrown after one attempt at"
                    + " most, because another attempt would not find an IP address either.";
    private static final String PAUSES =
            "The pause after the first attempt lasts firstPauseMillis, and the pause after each"
                    + " later attempt twice as long as the one before.";
    private static final String TIMEOUTS =
            "The deadline is deadlineMillis after the beginning of the call, and the timeout of"
                    + " each connect is the time that is left when it is called, but at least 1"
                    + " ms, because a timeout of 0 means no limit.";
    private static final String DEADLINE =
            "The dialer gives up in the same way after a failed attempt if the next pause would not"
                    + " end before the deadline, or if the deadline has passed.";
    private static final String INTERRUPT =
            "An interrupt during a pause, or during the attempt before it, ends that pause at once"
                    + " with InterruptedException, even a pause of 0 ms.";
    private static final String CALLS =
            "Calls are independent, even if they run at the same time on the same dialer: each has"
                    + " all its attempts, starts with the first pause, and has a deadline of its"
                    + " own.";
    private static final String NOTHING_LEFT =
            "When a call has ended, every socket is closed but the one that it returned, and no"
                    + " thread is left.";

    @Test
    @Order(1)
    @Proves(FIRST_SUCCESS)
    void connectsAtTheFirstAttempt() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Dialer dialer = new Dialer(3, LONG_PAUSE, 2_000);
        try (ServerSocket listener = new ServerSocket(0, 50, loopback)) {
            InetSocketAddress address = new InetSocketAddress(loopback, listener.getLocalPort());
            try (Socket socket = connected("a server that listens", dialer, address)) {
                String cause = "Which address is passed to connect?";
                tried.same(address, socket.getRemoteSocketAddress(), cause, 1);
            }
        }
    }

    @Test
    @Order(2)
    @Proves(ATTEMPTS)
    void givesUpAfterItsLastAttempt() {
        giveUp("3 attempts, all refused", new Dialer(3, 1, FAR, sockets));
        checkAttempts(3, ANY, "What ends it early, and does a product of ints fit into an int?", 2);
        checkAttempts(0, 3, "Does the first attempt count, too?", 2);
    }

    @Test
    @Order(3)
    @Proves(ONE_SOCKET_EACH)
    void takesANewSocketForEachAttempt() {
        giveUp("3 attempts, all refused", new Dialer(3, 1, FAR, sockets));
        int tries = sockets.attempts.size();
        long used = sockets.attempts.stream().map(attempt -> attempt.socket()).distinct().count();
        int taken = sockets.sockets.size();
        tried.check(
                used == tries && used == taken,
                "one socket for each attempt",
                Tried.say("%d attempts with %d sockets, of %d taken", tries, used, taken),
                "Can a socket be used again after its connect has failed?",
                1);
    }

    @Test
    @Order(4)
    @Proves({FIRST_SUCCESS, FAILED})
    void returnsTheSocketThatConnected() throws Exception {
        sockets = TestSockets.thatRefuseOnce();
        Socket socket = connected("a server that refuses once", new Dialer(3, 1, FAR, sockets));
        tried.check(
                sockets.attempts.size() == 2 && socket == sockets.attempts.get(1).socket(),
                "the socket of attempt 2",
                Tried.say("another one, after %d attempts", sockets.attempts.size()),
                "Does the first success end the call?",
                1);
    }

    @Test
    @Order(5)
    @Proves(ATTEMPTS)
    void throwsTheExceptionOfTheLastAttempt() {
        Exception thrown = giveUp("3 attempts, all refused", new Dialer(3, 1, FAR, sockets));
        checkLastFailure(thrown, "Which exception is rethrown, and is it the same object?");
        sockets = TestSockets.thatFail(new IOException("the same each time"));
        thrown = giveUp("3 attempts, one exception", new Dialer(3, 1, FAR, sockets));
        checkLastFailure(thrown, "Which exception is rethrown, and is it the same object?");
    }

    @Test
    @Order(6)
    @Proves(NOTHING_LEFT)
    void closesEverySocketThatFailed() throws Exception {
        String cause = "Who closes a socket whose connect has failed?";
        giveUp("3 attempts, all refused", new Dialer(3, 1, FAR, sockets));
        checkOpen(0, cause);
        sockets = TestSockets.thatRefuseOnce();
        connected("a server that refuses once", new Dialer(3, 1, FAR, sockets));
        checkOpen(1, cause);
    }

    @Test
    @Order(7)
    @Proves(FAILED)
    void triesAgainWhateverTheFailure() throws Exception {
        List<IOException> failures =
                List.of(
                        new ConnectException("Connection refused"),
                        new NoRouteToHostException("No route to host"),
                        new SocketTimeoutException("Connect timed out"),
                        new SocketException("Network is unreachable"),
                        new IOException("some other failure"));
        for (IOException failure : failures) {
            sockets = TestSockets.thatFailOnce(failure);
            Dialer dialer = new Dialer(3, 1, FAR, sockets);
            outcome(Tried.say("attempt 1 throws %s", failure), () -> dialer.connect(NOWHERE));
            checkAttempts(2, ANY, "Which exceptions does the catch take?", 2);
        }
    }

    @Test
    @Order(8)
    @Proves(UNRESOLVED)
    void doesNotTryAnUnknownHostAgain() {
        Exception thrown = giveUpUnknownHost();
        checkAttempts(0, 1, "Which failure will be the same at the next attempt?", 2);
        boolean isRight = thrown instanceof UnknownHostException;
        tried.check(isRight, "an UnknownHostException", thrown, "Is it rethrown as it is?", 2);
    }

    @Test
    @Order(9)
    @Proves(NOTHING_LEFT)
    void leavesNoSocketOpenForAnUnknownHost() {
        giveUpUnknownHost();
        checkOpen(0, "Does every way out of the call close the socket that was taken?");
    }

    /** The IP address is nobody's, and its name leads elsewhere. */
    @Test
    @Order(10)
    @Proves(ONE_SOCKET_EACH)
    void connectsToTheAddressAndNotToItsName() throws Exception {
        InetAddress ip = InetAddress.getByAddress("localhost", new byte[] {(byte) 192, 0, 2, 1});
        InetSocketAddress address = new InetSocketAddress(ip, 5003);
        Dialer dialer = new Dialer(1, 1, FAR, sockets);
        giveUp("the address " + address, () -> dialer.connect(address));
        var got = sockets.attempts.stream().map(attempt -> attempt.address()).distinct().toList();
        tried.same(List.of(address), got, "Is the very address passed to connect?", 1);
    }

    @Test
    @Order(11)
    @Proves(FIRST_SUCCESS)
    void changesNoOption() throws Exception {
        sockets = new TestSockets(attempt -> {});
        Dialer dialer = new Dialer(1, 1, FAR, sockets);
        try (Socket fresh = new Socket();
                Socket socket = connected("a server that accepts", dialer)) {
            String expected = TestSockets.options(fresh);
            String cause = "Is the timeout of connect an argument, or an option of the socket?";
            tried.same(expected, TestSockets.options(socket), cause, 2);
        }
    }

    @Test
    @Order(12)
    @Proves(PAUSES)
    void pausesTwiceAsLongEachTime() {
        String cause = "Is there a pause after each failure, twice as long as the one before?";
        giveUp("9 attempts, all refused, first pause 1 ms", new Dialer(9, 1, FAR, sockets));
        checkPauses(sockets.pauses(), cause, 1, 2, 4, 8, 16, 32, 64, 128);
        sockets = TestSockets.thatRefuseAfter(40);
        giveUp("4 attempts of 40 ms, refused, first pause 40 ms", new Dialer(4, 40, FAR, sockets));
        cause = "Does the pause begin when the attempt has failed?";
        checkPauses(sockets.pauses(), cause, 40, 80, 160);
    }

    /** The shortest of eight is measured: a busy machine makes one pause longer, hardly all. */
    @Test
    @Order(13)
    @Proves(PAUSES)
    void doesNotPauseLongerThanAsked() {
        long shortest = Long.MAX_VALUE;
        for (int round = 1; round <= 8 && shortest >= 498; round++) {
            sockets = TestSockets.thatRefuse();
            giveUp("2 attempts, eight times, first pause 250 ms", new Dialer(2, 250, FAR, sockets));
            shortest = Math.min(shortest, sockets.pauses().stream().findFirst().orElse(0L));
        }
        String cause = "Which pause is doubled, and when?";
        tried.check(shortest < 498, "a pause of 250 ms", shortest + " ms at least", cause, 2);
    }

    /** The second pause would end after the deadline: one that is cut short ends before it. */
    @Test
    @Order(14)
    @Proves({PAUSES, DEADLINE})
    void cutsNoPauseShort() {
        giveUp(
                "3 attempts, first pause 0.75 s, deadline 2.24 s",
                new Dialer(3, 750, 2_240, sockets));
        String cause = "The next pause, 1.5 s, does not end before the deadline: is it cut short?";
        checkAttempts(0, 2, cause, 2);
    }

    @Test
    @Order(15)
    @Proves(ATTEMPTS)
    void doesNotPauseAfterTheLastAttempt() {
        giveUp("1 attempt, refused, pause 60 s", new Dialer(1, LONG_PAUSE, FAR, sockets));
    }

    @Test
    @Order(16)
    @Proves(ATTEMPTS)
    void makesAsManyAttemptsAsItIsAllowed() {
        giveUp("40 attempts, all refused, without pauses", new Dialer(40, 0, FAR, sockets));
        checkAttempts(40, ANY, "Is there a limit that nobody asked for?", 2);
    }

    @Test
    @Order(17)
    @Proves(TIMEOUTS)
    void givesEachAttemptTheTimeThatIsLeft() {
        sockets = TestSockets.thatRefuseAfter(20);
        long call = System.nanoTime();
        Dialer dialer = new Dialer(3, 1, FAR, sockets);
        giveUp("3 attempts, refused after 20 ms each, deadline 120 s", dialer);
        for (int i = 0; i < sockets.attempts.size(); i++) {
            checkTimeout(i, sockets.attempts.get(i).socket().asked);
            checkLeast(
                    i,
                    call,
                    "Is the timeout all the time that is left, and does a product of ints fit into"
                            + " an int?");
        }
    }

    @Test
    @Order(18)
    @Proves(TIMEOUTS)
    void asksTheClockWhenItHasTheSocket() {
        sockets.givenAt = () -> System.nanoTime() + 20_000_000;
        Dialer dialer = new Dialer(2, 1, FAR, sockets);
        giveUp("a supplier that takes 20 ms for each socket, deadline 120 s", dialer);
        for (int i = 0; i < sockets.attempts.size(); i++) {
            checkTimeout(i, sockets.attempts.get(i).socket().given);
        }
    }

    @Test
    @Order(19)
    @Proves(DEADLINE)
    void givesUpWhenThePauseIsLongerThanTheDeadline() {
        Dialer dialer = new Dialer(3, 2_000_000, 1_000_000, sockets);
        Exception thrown = giveUp("first pause 2,000 s, deadline 1,000 s", dialer);
        checkOneAttempt(thrown, "Does the next pause end before the deadline?");
    }

    @Test
    @Order(20)
    @Proves(DEADLINE)
    void givesUpWhenThePauseIsLongerThanTheTimeThatIsLeft() {
        sockets = TestSockets.thatRefuseAfter(20);
        Dialer dialer = new Dialer(3, LONG_PAUSE, LONG_PAUSE + 10, sockets);
        Exception thrown = giveUp("an attempt of 20 ms, pause 60 s, deadline 60.010 s", dialer);
        checkOneAttempt(thrown, "How much time is left after an attempt?");
    }

    @Test
    @Order(21)
    @Proves(DEADLINE)
    void beginsNoAttemptAfterTheDeadline() {
        sockets = TestSockets.thatRefuseAfter(30);
        Dialer dialer = new Dialer(3, 0, 20, sockets);
        Exception thrown = giveUp("an attempt of 30 ms, no pauses, deadline 20 ms", dialer);
        checkOneAttempt(thrown, "What if no time is left?");
    }

    @Test
    @Order(22)
    @Proves(FIRST_SUCCESS)
    void takesASuccessThatComesAfterTheDeadline() throws Exception {
        sockets = new TestSockets(attempt -> TestSockets.takeUntil(System.nanoTime() + 30_000_000));
        Dialer dialer = new Dialer(3, 1, 10, sockets);
        String what = "an attempt that connects after 30 ms, deadline 10 ms";
        Object outcome = outcome(what, () -> dialer.connect(NOWHERE));
        String cause = "Is a connection thrown away because it came late?";
        tried.check(outcome instanceof Socket, "its socket", outcome, cause, 3);
    }

    /** Eight times, so that no pause of random length passes. */
    @Test
    @Order(23)
    @Proves({DEADLINE, PAUSES})
    void pausesIfThePauseEndsBeforeTheDeadline() throws Exception {
        tried = Tried.to("attempt 1 refused, first pause 60 s, deadline 66 s");
        for (int round = 1; round <= 8; round++) {
            sockets = TestSockets.thatRefuse();
            TestCall call = TestCall.start(new Dialer(3, LONG_PAUSE, LONG_PAUSE + 6_000, sockets));
            call.awaitPause(sockets);
            Object outcome = call.outcomeWithin(1);
            int attempts = sockets.attempts.size();
            call.thread.interrupt();
            tried.check(
                    outcome == null && attempts == 1,
                    "a pause after attempt 1",
                    outcome == null ? attempts + " attempts" : outcome,
                    "Is the next pause, and no other, compared with the time that is left?",
                    3);
        }
    }

    /** The supplier gives the socket half a millisecond before the deadline: three such rounds. */
    @Test
    @Order(24)
    @Proves(TIMEOUTS)
    void neverUsesATimeoutOf0() {
        long end = System.nanoTime() + 4_000_000_000L;
        for (int inTime = 0; inTime < 3 && System.nanoTime() < end; ) {
            AtomicLong call = new AtomicLong();
            sockets = TestSockets.thatRefuse();
            sockets.givenAt = () -> call.get() + 4_500_000;
            Dialer dialer = new Dialer(1, 0, 5, sockets);
            giveUp(
                    "a socket that is supplied 0.5 ms before the deadline",
                    () -> {
                        call.set(System.nanoTime());
                        return dialer.connect(NOWHERE);
                    });
            TestSockets.Attempt only = sockets.attempts.get(0);
            String cause = "What if less than a millisecond is left?";
            tried.check(only.timeout() != 0, "a timeout", "0, which means no limit", cause, 3);
            boolean early = only.socket().asked - call.get() < 400_000;
            inTime += early && only.begin() - call.get() < 5_000_000 ? 1 : 0;
        }
    }

    @Test
    @Order(25)
    @Proves(CALLS)
    void eachCallHasAllItsTime() {
        Dialer dialer = new Dialer(1, 1, FAR, sockets);
        TestSockets.takeUntil(System.nanoTime() + 20_000_000);
        for (int call = 0; call < 2; call++) {
            int first = sockets.attempts.size();
            long begin = System.nanoTime();
            giveUp(Tried.say("call %d of one dialer, deadline 120 s", call + 1), dialer);
            checkLeast(first, begin, "When does the time begin?");
        }
    }

    /** A pause that doubles from call to call would pass the deadline at the eleventh. */
    @Test
    @Order(26)
    @Proves(CALLS)
    void eachCallHasAllItsAttemptsAndPauses() {
        Dialer dialer = new Dialer(2, 4, 4_000, sockets);
        for (int call = 1; call <= 11; call++) {
            giveUp(Tried.say("call %d of one dialer, 2 attempts, pause 4 ms", call), dialer);
            tried.same(
                    2 * call + " attempts in all",
                    sockets.attempts.size() + " attempts in all",
                    "Does a field remember the last call's pause, or attempts?",
                    1);
        }
    }

    @Test
    @Order(27)
    @Proves(CALLS)
    void twoDialersShareNothing() {
        TestSockets others = TestSockets.thatRefuse();
        Dialer dialer = new Dialer(3, 1, FAR, sockets);
        Dialer another = new Dialer(5, 1, FAR, others);
        giveUp("3 attempts, all refused, another dialer made before", dialer);
        giveUp("two dialers, one for 3 attempts and one for 5, each with its supplier", another);
        tried.same(
                "3 attempts and 5",
                Tried.say("%d attempts and %d", sockets.attempts.size(), others.attempts.size()),
                "Is there a static field?",
                1);
    }

    /** The first call's attempt 3 lasts until the second call has ended. */
    @Test
    @Order(28)
    @Proves(CALLS)
    void callsAtTheSameTimeShareNothing() throws Exception {
        CountDownLatch third = new CountDownLatch(1);
        CountDownLatch secondCall = new CountDownLatch(1);
        sockets =
                new TestSockets(
                        attempt -> {
                            if (attempt == 4) {
                                return; // the second call's
                            } else if (attempt == 3) {
                                third.countDown();
                                TestSockets.await(secondCall);
                                TestSockets.takeUntil(System.nanoTime() + 200_000_000);
                            }
                            throw TestSockets.refusal(attempt);
                        });
        Dialer dialer = new Dialer(5, 40, FAR, sockets);
        TestCall first = TestCall.start(dialer);
        TestSockets.await(third);
        String what = "a call, while another one is in attempt 3";
        Object second = outcome(what, () -> dialer.connect(NOWHERE));
        String cause = "Does it wait for the other call?";
        tried.check(second instanceof Socket, "a connected socket", second, cause, 1);
        secondCall.countDown();
        cause = "Is there a field that both calls write?";
        Object outcome = first.outcomeWithin(5_000);
        tried = Tried.to("5 attempts, all refused; another call of the dialer during attempt 3");
        tried.check(
                outcome == sockets.lastFailure() && sockets.attempts.size() == 6,
                "the exception of attempt 5",
                Tried.say("%s, after %d attempts", outcome, sockets.attempts.size() - 1),
                cause,
                1);
        checkPauses(sockets.pauses().subList(3, 5), cause, 160, 320);
    }

    @Test
    @Order(29)
    @Proves(INTERRUPT)
    void anInterruptEndsThePause() throws Exception {
        TestCall call = TestCall.start(new Dialer(3, LONG_PAUSE, FAR, sockets));
        call.awaitPause(sockets);
        call.thread.interrupt();
        checkInterrupted("interrupted in a pause of 60 s", call);
    }

    @Test
    @Order(30)
    @Proves({INTERRUPT, NOTHING_LEFT})
    void anInterruptDuringAnAttemptEndsThePauseAfterIt() throws Exception {
        for (int pause : new int[] {LONG_PAUSE, 0}) {
            sockets =
                    new TestSockets(
                            attempt -> {
                                Thread.currentThread().interrupt();
                                throw TestSockets.refusal(attempt);
                            });
            TestCall call = TestCall.start(new Dialer(3, pause, FAR, sockets));
            checkInterrupted(
                    Tried.say("interrupted in attempt 1, before a pause of %d ms", pause), call);
        }
        checkOpen(0, "Is the socket closed before the pause?");
    }

    @Test
    @Order(31)
    @Proves(NOTHING_LEFT)
    void leavesNoThread() {
        giveUp("a first call", new Dialer(2, 1, FAR, sockets)); // what all calls may share
        Set<Thread> before = threads();
        for (int call = 1; call <= 5; call++) {
            giveUp("5 calls, each of a dialer of its own", new Dialer(2, 1, FAR, sockets));
        }
        checkThreadsSince(before, 5);
    }
}
