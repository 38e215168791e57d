package lesson03.homework;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
        checkAllClosed(tried);
    }

    @Test
    @Order(6)
    void callsAgainWhateverTheFailure() {
        line.refuses = true;
        line.failures =
                List.of(
                        NoRouteToHostException::new,
                        IOException::new,
                        // The last one: where it is no plan, the deadline has come.
                        SocketTimeoutException::new);
        String tried = "3 attempts, a NoRouteToHostException, an IOException, a timeout";
        Exception thrown = giveUp(tried, new Dialer(3, 1, FAR_DEADLINE, line));
        check(
                line.attempts.size() >= 3, // too many are another test's matter
                "%s; expected 3 calls of connect(address, timeout); got %d, and %s."
                        + " Which exceptions does the catch take? See hint 2.",
                tried,
                line.attempts.size(),
                thrown);
        checkAllClosed(tried);
    }

    @Test
    @Order(7)
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
        checkAllClosed(tried);
    }

    @Test
    @Order(8)
    void pausesTwiceAsLongEachTime() {
        line.refuses = true;
        List<Long> least = List.of(2L, 4L, 8L, 16L, 32L, 64L);
        // Any pause may last longer than it should, on a busy machine; hardly so many of them.
        for (int round = 1; round <= 2; round++) {
            String tried =
                    "7 attempts, all refused, first pause 2 ms, dialer %d of 2".formatted(round);
            line.attempts.clear();
            giveUp(tried, new Dialer(7, 2, FAR_DEADLINE, line));
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
                            + " Is there a pause after each failure, twice as long as the one"
                            + " before? See hint 2.",
                    tried,
                    least,
                    pauses);
        }
    }

    @Test
    @Order(9)
    void doesNotPauseAfterTheLastAttempt() {
        line.refuses = true;
        String tried = "1 attempt, refused, first pause 60 s";
        giveUp(tried, new Dialer(1, LONG_PAUSE, FAR_DEADLINE, line));
    }

    @Test
    @Order(10)
    void givesEachAttemptTheTimeThatIsLeft() {
        line.refuses = true;
        line.takesMillis = 10;
        String tried = "3 attempts, refused after 10 ms each, deadline 100 s";
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
                            + " Is each attempt given all the time that is left, and does a product"
                            + " of two ints fit into an int? See hint 3.",
                    tried,
                    i + 1,
                    timeout);
        }
    }

    @Test
    @Order(11)
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
    @Order(12)
    void beginsNoAttemptAfterTheDeadline() {
        line.refuses = true;
        line.takesMillis = 30;
        String tried = "3 attempts without pauses, the first takes 30 ms, deadline 20 ms";
        Exception thrown = giveUp(tried, new Dialer(3, 0, 20, line));
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
    @Order(13)
    void eachCallStartsFromTheBeginning() {
        line.refuses = true;
        Dialer dialer = new Dialer(2, 4, 4_000, line);
        line.takesMillis = 10; // in the first call only: time that later calls must not miss
        List<Attempt> first = List.of();
        // A pause that doubles from call to call would pass the deadline at the eleventh.
        for (int call = 1; call <= 11; call++) {
            String tried =
                    "call %d of one dialer, refused, with 2 attempts, first pause 4 ms, deadline 4 s"
                            .formatted(call);
            line.attempts.clear();
            long begin = System.nanoTime();
            giveUp(tried, dialer);
            List<Attempt> these = List.copyOf(line.attempts);
            if (call == 1) {
                first = these;
                line.takesMillis = 0;
            }
            if (!these.isEmpty()) {
                long spent = TimeUnit.NANOSECONDS.toMillis(these.get(0).begin - begin);
                long least = first.get(0).timeout - spent - 5 * ROUNDING;
                check(
                        these.get(0).timeout >= least,
                        "%s; expected a timeout of at least %d ms for attempt 1; got %d ms."
                                + " When does the time begin? See hint 3.",
                        tried,
                        least,
                        these.get(0).timeout);
            }
            check(
                    !these.isEmpty() && these.size() == first.size(),
                    "%s; expected 2 attempts, as in each call; got %d."
                            + " Does a field remember the last call's pause, or attempts?"
                            + " See hint 1.",
                    tried,
                    these.size());
        }
    }

    @Test
    @Order(14)
    void anInterruptEndsThePause() {
        line.refuses = true;
        Dialer dialer = new Dialer(3, LONG_PAUSE, FAR_DEADLINE, line);
        String tried = "interrupted before a pause of 60 s";
        Exception thrown =
                within5Seconds(
                        tried,
                        () -> {
                            line.interrupted = Thread.currentThread();
                            return thrownBy(dialer, nowhere());
                        });
        check(
                line.attempts.size() > 1 || !(thrown instanceof IOException),
                "%s; expected a pause after attempt 1, with 100 s left; got %s."
                        + " When does a pause pass the deadline? See hint 3.",
                tried,
                thrown);
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
    @Order(15)
    @EnabledOnOs(OS.LINUX)
    void waitsForASilentServerUntilTheDeadline() throws IOException {
        String tried = "called a server with a full backlog, deadline 60 ms";
        try (ServerSocket listener = new ServerSocket(0, 1, loopback())) {
            fillBacklogOf1(listener);
            long start = System.nanoTime();
            Dialer dialer = new Dialer(10, 20, 60, line);
            Exception thrown = giveUp(tried, dialer, addressOf(listener));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            check(
                    thrown instanceof SocketTimeoutException,
                    "%s; expected SocketTimeoutException; got %s."
                            + " Is the last failure thrown on as it came? See hint 2.",
                    tried,
                    thrown);
            List<Integer> timeouts = line.attempts.stream().map(Attempt::timeout).toList();
            boolean all = timeouts.size() == 1 && took >= 60 - 2 * ROUNDING;
            if (all) { // a busy machine makes an attempt last longer; it adds to no timeout
                Attempt only = line.attempts.get(0);
                long spent = TimeUnit.NANOSECONDS.toMillis(only.begin - start);
                all = only.timeout >= 60 - spent - 2 * ROUNDING;
            }
            check(
                    all,
                    "%s; expected 1 attempt that takes all of it; got %d in %d ms, with the"
                            + " timeouts %s. Is each attempt given all the time that is left?"
                            + " See hint 3.",
                    tried,
                    timeouts.size(),
                    took,
                    timeouts);
        }
    }

    /** Makes 2 callers wait in a backlog of 1; Linux lets in one more than it is told. */
    private static void fillBacklogOf1(ServerSocket listener) throws IOException {
        for (int i = 0; i < 2; i++) {
            Socket caller = new Socket(loopback(), listener.getLocalPort());
            // Such a close returns when the server's kernel has confirmed the end of the stream:
            // the caller is in the backlog by then, and stays there.
            caller.setSoLinger(true, 5);
            caller.close();
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

        /** With which exceptions, one after the other; the last one again and again. */
        volatile List<Function<String, IOException>> failures = List.of(ConnectException::new);

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
                                    throw new UnknownHostException(inet.getHostString());
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
                throw new AssertionError(
                        "all refused; expected it to give up; got 100 attempts."
                                + " Who counts? See hint 2.");
            }
            // A named pause: this attempt takes its time, interrupted or not.
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(takesMillis);
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (interrupted != null) {
                interrupted.interrupt();
            }
            int before = attempts.size();
            last =
                    failures.get(Math.min(before, failures.size() - 1))
                            .apply("refused, attempt " + (before + 1));
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
                within5Seconds(
                        tried,
                        () -> {
                            try {
                                return dialer.connect(address);
                            } catch (Exception e) { // whatever an answer declares
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

    private Exception giveUp(String tried, Dialer dialer) {
        return giveUp(tried, dialer, nowhere());
    }

    /** Returns what {@code dialer} throws when it gives up calling {@code address}. */
    private Exception giveUp(String tried, Dialer dialer, InetSocketAddress address) {
        Exception thrown = within5Seconds(tried, () -> thrownBy(dialer, address));
        boolean late = line.attempts.stream().anyMatch(attempt -> attempt.timeout < 0);
        check(
                thrown instanceof IOException,
                "%s; expected an IOException; got %s. %s",
                tried,
                thrown == null ? "no exception" : thrown,
                late
                        ? "What if no time is left? See hint 3."
                        : "What does connect(address) do when it gives up? See hint 2.");
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
                String.valueOf(line.last),
                thrown,
                String.valueOf(thrown.getCause()));
    }

    private void checkAllClosed(String tried) {
        long open = line.sockets.stream().filter(socket -> !socket.isClosed()).count();
        check(
                open == 0,
                "%s; expected all sockets closed; got %d still open."
                        + " Is a socket closed when its connect has failed? See hint 1.",
                tried,
                open);
    }

    private static <T> T within5Seconds(String tried, Callable<T> dial) {
        FutureTask<T> outcome = new FutureTask<>(dial);
        Thread thread = new Thread(outcome, "dials");
        thread.setDaemon(true);
        thread.start();
        try {
            return outcome.get(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            String where = lineIn(thread.getStackTrace());
            outcome.cancel(true);
            throw new AssertionError(
                    tried
                            + "; expected connect(address) to end; got no end in 5 s"
                            + where
                            + ". Is there a pause that need not be, or a connect without a"
                            + " timeout? See hint 3.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Error error ? error : new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Names the line of the answer that {@code frames} lead to. */
    private static String lineIn(StackTraceElement[] frames) {
        return Stream.of(frames)
                .filter(frame -> "Dialer.java".equals(frame.getFileName()))
                .findFirst()
                .map(frame -> ", at Dialer.java:" + frame.getLineNumber())
                .orElse("");
    }

    /** An exception among the values is told with the line it came from, and is the cause. */
    private static void check(boolean holds, String message, Object... values) {
        if (holds) {
            return;
        }
        Exception cause = null;
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Exception thrown) {
                cause = thrown;
                values[i] = thrown + lineIn(thrown.getStackTrace());
            }
        }
        throw new AssertionError(message.formatted(values), cause);
    }
}
