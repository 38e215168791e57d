package lesson03.homework;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.ThrowingSupplier;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class DialerTest {

    /** A pause that no test sees the end of, and a deadline after it, in milliseconds. */
    private static final int LONG_PAUSE = 60_000;

    private static final int FAR_DEADLINE = 100_000;

    /** How much too early a pause or a deadline may end, by rounding, in milliseconds. */
    private static final int ROUNDING = 1;

    /** After so many attempts a test ends by itself. */
    private static final int RUNAWAY = 100;

    private final Line line = new Line();

    @AfterEach
    void closeSockets() throws IOException {
        for (Socket socket : line.sockets) {
            socket.close();
        }
    }

    @Test
    @Order(1)
    void connectsAtTheFirstAttempt() throws IOException {
        Dialer dialer = new Dialer(3, LONG_PAUSE, FAR_DEADLINE);
        String tried = "called a server that listens";
        try (ServerSocket listener = new ServerSocket(0, 50, loopback());
                Socket socket = connected(tried, dialer, addressOf(listener))) {
            check(
                    socket.isConnected() && !socket.isClosed(),
                    "%s; expected an open connection; got a socket with isConnected() %s and"
                            + " isClosed() %s. Does the end of a try close what it returns?"
                            + " See hint 1.",
                    tried,
                    socket.isConnected(),
                    socket.isClosed());
            check(
                    socket.getRemoteSocketAddress().equals(listener.getLocalSocketAddress()),
                    "%s; expected a connection to %s; got one to %s."
                            + " Is it the address that connect(address) was given? See hint 1.",
                    tried,
                    listener.getLocalSocketAddress(),
                    socket.getRemoteSocketAddress());
        }
    }

    @Test
    @Order(2)
    void takesANewSocketForEachAttempt() throws IOException {
        Dialer dialer = new Dialer(3, 1, FAR_DEADLINE, line);
        // Bound and not listening: refuses callers.
        try (Socket nobody = new Socket();
                ServerSocket listener = new ServerSocket(0, 50, loopback())) {
            nobody.bind(new InetSocketAddress(loopback(), 0));
            line.detour = nobody.getLocalSocketAddress();
            String tried = "called a server that refuses once";
            Socket socket = connected(tried, dialer, addressOf(listener));
            check(
                    line.sockets.size() == 2 && line.sockets.get(1) == socket,
                    "%s; expected the second socket of the supplier; got another, after %d were"
                            + " taken. Does each attempt take one new socket there? See hint 1.",
                    tried,
                    line.sockets.size());
            check(
                    socket.isConnected() && !socket.isClosed(),
                    "%s; expected an open connection; got a closed one."
                            + " Is the socket closed only if it failed? See hint 1.",
                    tried);
        }
    }

    @Test
    @Order(3)
    void givesUpAfterItsLastAttempt() {
        line.refuses = true;
        String tried = "3 attempts, all refused";
        giveUp(tried, new Dialer(3, 1, FAR_DEADLINE, line));
        check(
                line.attempts.size() == 3,
                "%s; expected 3 calls of connect(address, timeout); got %d."
                        + " Does the first one count as an attempt? See hint 2.",
                tried,
                line.attempts.size());
    }

    @Test
    @Order(4)
    void throwsTheFailureOfTheLastAttempt() {
        line.refuses = true;
        String tried = "3 attempts, all refused, each with a message of its own";
        checkLastFailure(tried, giveUp(tried, new Dialer(3, 1, FAR_DEADLINE, line)));
    }

    @Test
    @Order(5)
    void closesEverySocketThatFailed() {
        line.refuses = true;
        String tried = "3 attempts, all refused";
        giveUp(tried, new Dialer(3, 1, FAR_DEADLINE, line));
        long open = line.sockets.stream().filter(socket -> !socket.isClosed()).count();
        check(
                open == 0,
                "%s; expected all sockets closed; got %d still open."
                        + " Is a socket closed when its connect has failed? See hint 1.",
                tried,
                open);
    }

    @Test
    @Order(6)
    void doesNotTryAnUnknownHostAgain() {
        Dialer dialer = new Dialer(3, 1, FAR_DEADLINE, line);
        String tried = "3 attempts at a host without an IP address";
        Exception thrown = giveUp(tried, dialer, InetSocketAddress.createUnresolved("a..b", 5003));
        check(
                thrown instanceof UnknownHostException,
                "%s; expected UnknownHostException; got %s."
                        + " Is it thrown on as it came? See hint 2.",
                tried,
                thrown);
        check(
                line.attempts.size() <= 1,
                "%s; expected 1 call of connect(address, timeout) at most; got %d."
                        + " Which failure will be the same at the next attempt? See hint 2.",
                tried,
                line.attempts.size());
    }

    @Test
    @Order(7)
    void pausesTwiceAsLongEachTime() {
        line.refuses = true;
        List<Long> least = List.of(10L, 20L, 40L, 80L);
        String tried = "5 attempts, all refused, first pause 10 ms";
        giveUp(tried, new Dialer(5, 10, FAR_DEADLINE, line));
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < line.attempts.size(); i++) {
            long pause = line.attempts.get(i).begin - line.attempts.get(i - 1).end;
            pauses.add(TimeUnit.NANOSECONDS.toMillis(pause));
        }
        boolean all = pauses.size() >= least.size();
        for (int i = 0; all && i < least.size(); i++) {
            all = pauses.get(i) >= least.get(i) - ROUNDING;
        }
        check(
                all,
                "%s; expected pauses of at least %s ms; got %s ms."
                        + " Is there a pause after each failure, twice as long as the one before?"
                        + " See hint 2.",
                tried,
                least,
                pauses);
    }

    @Test
    @Order(8)
    void doesNotPauseAfterTheLastAttempt() {
        line.refuses = true;
        String tried = "1 attempt, refused, first pause 60 s";
        giveUp(tried, new Dialer(1, LONG_PAUSE, FAR_DEADLINE, line));
    }

    @Test
    @Order(9)
    void givesEachAttemptTheTimeThatIsLeft() {
        line.refuses = true;
        line.takesMillis = 20;
        String tried = "3 attempts, refused after 20 ms each, deadline 100 s";
        giveUp(tried, new Dialer(3, 1, FAR_DEADLINE, line));
        for (int i = 0; i < line.attempts.size(); i++) {
            int timeout = line.attempts.get(i).timeout;
            // This much of the deadline is over, whatever else took time.
            long spent = i == 0 ? 0 : line.attempts.get(i - 1).end - line.attempts.get(0).begin;
            long most = FAR_DEADLINE - TimeUnit.NANOSECONDS.toMillis(spent);
            check(
                    timeout != 0,
                    "%s; expected a timeout for each connect; got 0 for attempt %d, which means"
                            + " for ever. Does connect get a timeout? See hint 2.",
                    tried,
                    i + 1);
            check(
                    timeout <= most + ROUNDING,
                    "%s; expected a timeout of %d ms at most for attempt %d; got %d ms."
                            + " Is there one deadline for all attempts and pauses? See hint 3.",
                    tried,
                    most,
                    i + 1,
                    timeout);
            check(
                    timeout >= FAR_DEADLINE - 10_000,
                    "%s; expected a timeout of nearly 100000 ms for attempt %d; got %d ms."
                            + " Is each attempt given all the time that is left? See hint 3.",
                    tried,
                    i + 1,
                    timeout);
        }
    }

    @Test
    @Order(10)
    void givesUpAtOnceWhenThePauseWouldPassTheDeadline() {
        line.refuses = true;
        line.takesMillis = 20;
        // 60 s are not more than the deadline; they are more than what is left of it.
        Dialer dialer = new Dialer(3, LONG_PAUSE, LONG_PAUSE + 10, line);
        String tried = "refused after 20 ms, with a pause of 60 s to come, deadline 60.010 s";
        Exception thrown = giveUp(tried, dialer);
        check(
                line.attempts.size() == 1,
                "%s; expected 1 attempt; got %d."
                        + " Does the next pause end before the deadline? See hint 3.",
                tried,
                line.attempts.size());
        checkLastFailure(tried, thrown);
    }

    @Test
    @Order(11)
    void beginsNoAttemptAfterTheDeadline() {
        line.refuses = true;
        line.takesMillis = 60;
        String tried = "3 attempts without pauses, the first takes 60 ms, deadline 50 ms";
        Exception thrown = giveUp(tried, new Dialer(3, 0, 50, line));
        List<Integer> timeouts = line.attempts.stream().map(Attempt::timeout).toList();
        check(
                timeouts.size() == 1,
                "%s; expected 1 attempt; got attempts with the timeouts %s (0 means for ever)."
                        + " What if no time is left? See hint 3.",
                tried,
                timeouts);
        checkLastFailure(tried, thrown);
    }

    @Test
    @Order(12)
    void anInterruptEndsThePause() {
        line.refuses = true;
        Dialer dialer = new Dialer(3, LONG_PAUSE, FAR_DEADLINE, line);
        String tried = "interrupted before a pause of 60 s";
        Exception thrown =
                within2Seconds(
                        tried,
                        () -> {
                            line.interrupted = Thread.currentThread();
                            return thrownBy(dialer, nowhere());
                        });
        check(
                thrown instanceof InterruptedException && line.attempts.size() <= 1,
                "%s; expected InterruptedException after 1 attempt; got %s after %d."
                        + " What does an interrupt do to Thread.sleep, and who is told?"
                        + " See hint 2.",
                tried,
                thrown,
                line.attempts.size());
    }

    /** On Linux a full backlog answers nobody; other systems refuse. */
    @Test
    @Order(13)
    @EnabledOnOs(OS.LINUX)
    void waitsForASilentServerUntilTheDeadline() throws IOException {
        Dialer dialer = new Dialer(10, 20, 60, line);
        String tried = "called a server with a full backlog, deadline 60 ms";
        try (ServerSocket listener = new ServerSocket(0, 1, loopback());
                Socket first = new Socket(loopback(), listener.getLocalPort());
                Socket second = new Socket(loopback(), listener.getLocalPort())) {
            check(first.isConnected() && second.isConnected(), "the backlog is not full");
            long start = System.nanoTime();
            Exception thrown = giveUp(tried, dialer, addressOf(listener));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            check(
                    thrown instanceof SocketTimeoutException,
                    "%s; expected SocketTimeoutException; got %s."
                            + " Is the last failure thrown on as it came? See hint 2.",
                    tried,
                    thrown);
            check(
                    took >= 60 - 2 * ROUNDING && line.attempts.size() == 1,
                    "%s; expected 1 attempt that takes all of it; got %d in %d ms."
                            + " Is each attempt given all the time that is left? See hint 3.",
                    tried,
                    line.attempts.size(),
                    took);
        }
    }

    /** A call of connect: when, in nanoseconds, and its timeout in milliseconds. */
    private record Attempt(long begin, long end, int timeout) {}

    /** Supplies sockets that go by a plan and note each attempt. */
    private static final class Line implements Supplier<Socket> {

        final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
        final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());

        /** Whether attempts fail, each with an exception of its own, without a real connect. */
        volatile boolean refuses;

        /** How long each of those takes. */
        volatile int takesMillis;

        /** The exception of the last of them. */
        volatile IOException last;

        /** If not null, where the first attempt really goes. */
        volatile SocketAddress detour;

        /** If not null, who is interrupted in each attempt. */
        volatile Thread interrupted;

        @Override
        public Socket get() {
            Socket socket =
                    new Socket() {
                        @Override
                        public void connect(SocketAddress address) throws IOException {
                            connect(address, 0);
                        }

                        @Override
                        public void connect(SocketAddress address, int timeout) throws IOException {
                            long begin = System.nanoTime();
                            try {
                                if (address instanceof InetSocketAddress inet
                                        && inet.isUnresolved()) {
                                    super.connect(address, timeout); // fails without a query
                                } else if (refuses) {
                                    refuse(timeout);
                                } else if (detour != null && attempts.isEmpty()) {
                                    super.connect(detour, timeout);
                                } else {
                                    super.connect(address, timeout);
                                }
                            } finally {
                                attempts.add(new Attempt(begin, System.nanoTime(), timeout));
                            }
                        }
                    };
            sockets.add(socket);
            return socket;
        }

        private void refuse(int timeout) throws IOException {
            if (timeout < 0) {
                throw new IllegalArgumentException("connect: timeout can't be negative");
            }
            if (attempts.size() >= RUNAWAY) {
                fail(
                        "all refused; expected it to give up; got 100 attempts. Who counts? See"
                                + " hint 2.");
            }
            // A named pause: this attempt takes its time, interrupted or not.
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(takesMillis);
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (interrupted != null) {
                interrupted.interrupt();
            }
            last = new ConnectException("refused, attempt " + (attempts.size() + 1));
            throw last;
        }
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private static InetSocketAddress addressOf(ServerSocket listener) {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Returns an address that is called by plan only. */
    private static InetSocketAddress nowhere() {
        return new InetSocketAddress(loopback(), 1);
    }

    /** Returns the socket that {@code dialer} has connected to {@code address}. */
    private static Socket connected(String tried, Dialer dialer, InetSocketAddress address) {
        Object outcome =
                within2Seconds(
                        tried,
                        () -> {
                            try {
                                return dialer.connect(address);
                            } catch (IOException e) {
                                return e;
                            }
                        });
        check(
                outcome instanceof Socket,
                "%s; expected a connected socket; got %s."
                        + " Is there a further attempt, with a new socket? See hint 1.",
                tried,
                outcome);
        return (Socket) outcome;
    }

    private static Exception giveUp(String tried, Dialer dialer) {
        return giveUp(tried, dialer, nowhere());
    }

    /** Returns what {@code dialer} throws when it gives up calling {@code address}. */
    private static Exception giveUp(String tried, Dialer dialer, InetSocketAddress address) {
        Exception thrown = within2Seconds(tried, () -> thrownBy(dialer, address));
        check(
                thrown instanceof IOException,
                "%s; expected an IOException; got %s."
                        + " What does connect(address) do when it gives up? See hint 2.",
                tried,
                thrown == null ? "no exception" : thrown);
        return thrown;
    }

    /** Returns what {@code connect(address)} throws, or null if it returns. */
    private static Exception thrownBy(Dialer dialer, InetSocketAddress address) {
        try (Socket socket = dialer.connect(address)) {
            return null;
        } catch (Exception e) { // whatever an answer declares
            return e;
        }
    }

    private void checkLastFailure(String tried, Exception thrown) {
        check(
                thrown == line.last,
                "%s; expected the exception of the last attempt itself, %s; got %s, with the cause"
                        + " %s. Is the last failure kept and thrown? See hint 2.",
                tried,
                line.last,
                thrown,
                thrown.getCause());
    }

    private static <T> T within2Seconds(String tried, ThrowingSupplier<T> dial) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                dial,
                () ->
                        tried
                                + "; expected connect(address) to end; got no end in 2 s."
                                + " Is there a pause that need not be, or a connect without a"
                                + " timeout? See hint 3.");
    }

    private static void check(boolean holds, String message, Object... values) {
        if (!holds) {
            fail(String.format(message, values));
        }
    }
}
