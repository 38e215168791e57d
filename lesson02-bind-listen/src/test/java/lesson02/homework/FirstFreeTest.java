package lesson02.homework;

import static lesson02.homework.TestOutcome.descriptors;
import static lesson02.homework.TestOutcome.listen;
import static lesson02.homework.TestPorts.COUNT;
import static lesson02.homework.TestPorts.ELSEWHERE;
import static lesson02.homework.TestPorts.LOCAL;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Which port of a range a server gets, and what becomes of the failures on the way. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class FirstFreeTest {

    private static final String LISTENS =
            "listen returns an open socket that listens at address, and at no other address.";
    private static final String FIRST =
            "Its port is the first free one from first to last, both included, and each call looks"
                    + " again.";
    private static final String TAKEN =
            "A port is taken if bind throws a BindException for it, even if its owner does not"
                    + " listen.";
    private static final String AT_ANOTHER =
            "A port that is taken only at another address, or only by a datagram socket, is free.";
    private static final String ALL_TAKEN =
            "If every port is taken, listen throws a BindException whose message contains the"
                + " address, as InetAddress.getHostAddress gives it, and both ends of the range.";
    private static final String ADDRESS =
            "If address is not one of this machine's, even a bind to port 0 fails there, and listen"
                    + " throws the exception of that bind, unchanged.";
    private static final String RANGE =
            "listen throws an IllegalArgumentException, before it makes a socket, unless"
                    + " 1 <= first <= last <= 65535.";
    private static final String CLOSES =
            "Every other socket that listen makes is closed when it returns or throws.";
    private static final String MEANWHILE =
            "Other programs may take and release ports meanwhile: if one port of the range is free"
                    + " all the time, listen returns a socket.";

    /** Why a test that needs a port to be free runs on Linux: see {@link TestPorts}. */
    private static final String LINUX_ONLY =
            "only Linux has addresses enough to keep a free port from other programs";

    private static final String UNIX_ONLY = "Java counts descriptors on Unix only";

    /** How often the first port is asked for: one that begins anywhere is first only by luck. */
    private static final int TIMES = 12;

    /** How long threads go on to call that might disturb each other. */
    private static final int CALLERS_SECONDS = 4;

    @Test
    @Order(1)
    @Proves(LISTENS)
    void returnsAListeningSocket() throws Exception {
        try (TestPorts ports = TestPorts.atLocal(0);
                TestOutcome got = listen(LOCAL, ports.at(0), ports.last(), "most of them free")) {
            String cause = "Is the socket still open when it is returned?";
            got.check(got.answers(), "a socket to which a client can connect", cause, 2);
        }
    }

    @Test
    @Order(2)
    @Proves(LISTENS)
    void listensAtTheAddressAndNoOther() throws Exception {
        try (TestPorts ports = TestPorts.atLocal(0);
                TestOutcome got = listen(LOCAL, ports.at(0), ports.last(), "most of them free")) {
            boolean isThere =
                    got.listener() != null && LOCAL.equals(got.listener().getInetAddress());
            String cause = "Which address does new ServerSocket(port) bind?";
            got.check(isThere, "a socket at 127.0.0.1 alone", cause, 2);
        }
    }

    @Test
    @Order(3)
    @Proves(TAKEN)
    void goesOnAfterATakenPort() throws Exception {
        try (TestPorts ports = TestPorts.atLocal(2);
                TestOutcome got = listen(LOCAL, ports.at(0), ports.last(), "the first 2 taken")) {
            String cause = "Does the search go on after a BindException?";
            got.check(got.port() > ports.at(1), "a port after the taken ones", cause, 3);
        }
    }

    @Test
    @Order(4)
    @Proves(TAKEN)
    void goesOnAfterAPortThatIsBoundAndDoesNotListen() throws Exception {
        try (TestPorts ports = TestPorts.atLocal(0);
                Socket owner = ports.bound()) {
            int port = owner.getLocalPort();
            try (TestOutcome got =
                    listen(LOCAL, port, ports.last(), "the first bound by a client")) {
                String cause = "Nobody can connect to that port, but does that make it free?";
                got.check(got.port() > port, "a port after the first", cause, 1);
            }
        }
    }

    /** Its name leads to 127.0.0.1, where all these ports are taken. */
    @Test
    @Order(5)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves(LISTENS)
    void asksTheAddressAndNotItsName() throws Exception {
        try (TestPorts ports = TestPorts.atOwn(0)) {
            InetAddress named = InetAddress.getByAddress("localhost", ports.address.getAddress());
            try (TestOutcome got = listen(named, ports.at(0), ports.last(), "all free")) {
                boolean isThere =
                        got.listener() != null && named.equals(got.listener().getInetAddress());
                String cause = "Is the address itself bound, or is its name looked up?";
                got.check(isThere, "a socket at " + ports.address.getHostAddress(), cause, 2);
            }
        }
    }

    @Test
    @Order(6)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves(AT_ANOTHER)
    void takesAPortThatIsTakenAtAnotherAddress() throws Exception {
        try (TestPorts ports = TestPorts.atOwn(0);
                TestOutcome got =
                        listen(ports.address, ports.at(0), ports.last(), "taken at 127.0.0.1")) {
            String cause = "Is each port bound at this address only?";
            got.check(got.listener() != null, "a socket", cause, 2);
        }
    }

    @Test
    @Order(7)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves({FIRST, AT_ANOTHER})
    void takesTheFirstPortIfItIsFree() throws Exception {
        try (TestPorts ports = TestPorts.atOwn(0)) {
            String cause = "Does the loop begin with the first port, and count up?";
            expectPort(ports, 0, ports.last(), "all free", cause, 3);
            try (DatagramSocket mailbox = new DatagramSocket(ports.at(0), ports.address)) {
                String where = "the first taken by a datagram socket";
                cause = "UDP has ports of its own: does a datagram socket take one of these?";
                expectPort(ports, 0, ports.last(), where, cause, 1);
            }
        }
    }

    @Test
    @Order(8)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves(FIRST)
    void takesTheFirstThatIsFree() throws Exception {
        try (TestPorts ports = TestPorts.atOwn(1)) {
            String cause = "Is each port tried in turn?";
            expectPort(ports, 1, ports.last(), "the first taken", cause, 3);
        }
    }

    @Test
    @Order(9)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves(FIRST)
    void triesTheLastPortToo() throws Exception {
        try (TestPorts ports = TestPorts.atOwn(20)) {
            String cause = "Is the last port tried, however many are taken before it?";
            expectPort(ports, 20, ports.at(20), "all but the last taken", cause, 3);
        }
    }

    @Test
    @Order(10)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves({FIRST, RANGE})
    void takesARangeOfOnePort() throws Exception {
        try (TestPorts ports = TestPorts.atOwn(0)) {
            String cause = "May first and last be equal?";
            expectPort(ports, 0, ports.at(0), "one free port", cause, 3);
        }
    }

    /** The first port is free, then taken by the call before, then free again. */
    @Test
    @Order(11)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves(FIRST)
    void looksAnewInEveryCall() throws Exception {
        try (TestPorts ports = TestPorts.atOwn(0)) {
            String cause = "Does something remember the socket, or a port, of the call before?";
            InetAddress address = ports.address;
            int first = ports.at(0);
            try (TestOutcome before = listen(address, first, ports.last(), "all free");
                    TestOutcome got =
                            listen(address, first, ports.last(), "the first taken by a call")) {
                before.check(before.port() == first, "a socket on " + first, cause, 1);
                int second = ports.at(1);
                got.check(got.port() == second, "a socket on " + second, cause, 1);
            }
            try (TestOutcome got = listen(address, first, ports.last(), "all free again")) {
                got.check(got.port() == first, "a socket on " + first, cause, 1);
            }
        }
    }

    @Test
    @Order(12)
    @Proves(RANGE)
    void takesAllPortsForARange() throws Exception {
        try (TestOutcome got = listen(LOCAL, 1, 65_535, "most of them free")) {
            String cause = "Are 1 and 65535 ports, too?";
            got.check(got.listener() != null, "a socket", cause, 3);
        }
    }

    @Test
    @Order(13)
    @Proves(RANGE)
    void refusesWhatIsNoRange() {
        int[][] ranges = {{5010, 5002}, {0, 65_535}, {-1, 65_535}, {49_152, 65_536}};
        for (int[] range : ranges) {
            expectNoRange(LOCAL, range, "Is the range checked before the first port?");
        }
    }

    @Test
    @Order(14)
    @Proves(RANGE)
    void looksAtTheRangeBeforeTheAddress() {
        for (int[] range : new int[][] {{5010, 5002}, {49_152, 65_536}}) {
            expectNoRange(ELSEWHERE, range, "Is the range checked before a socket is made?");
        }
    }

    @Test
    @Order(15)
    @Proves(ALL_TAKEN)
    void failsWhenEveryPortIsTaken() throws Exception {
        try (TestPorts ports = TestPorts.atLocal(4);
                TestOutcome got = listen(LOCAL, ports.at(0), ports.at(2), "all taken")) {
            boolean isRight = got.failure() instanceof BindException;
            got.check(isRight, "a BindException", "What comes after the last port?", 3);
        }
    }

    @Test
    @Order(16)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves(ALL_TAKEN)
    void triesNoPortAfterTheLast() throws Exception {
        try (TestPorts ports = TestPorts.atOwn(2);
                TestOutcome got = listen(ports.address, ports.at(0), ports.at(1), "all taken")) {
            String cause = "Does the loop end with the last port?";
            got.check(got.listener() == null, "a BindException", cause, 3);
        }
        InetAddress address = TestPorts.anyOwn();
        try (ServerSocket owner = new ServerSocket(65_535, 1, address);
                TestOutcome got = listen(address, 65_535, 65_535, "taken")) {
            String cause = "What comes after 65535 in a variable of 16 bits?";
            boolean isAfter = got.listener() != null && got.port() != 65_535;
            got.check(!isAfter, "a BindException", cause, 3);
        }
    }

    @Test
    @Order(17)
    @Proves(ALL_TAKEN)
    void saysWhichPortsAreTaken() throws Exception {
        try (TestPorts ports = TestPorts.atLocal(5);
                TestOutcome got = listen(LOCAL, ports.at(0), ports.at(3), "all taken")) {
            String said = got.failure() == null ? "" : String.valueOf(got.failure().getMessage());
            for (Object part : List.of("127.0.0.1", ports.at(0), ports.at(3))) {
                String cause = "Does the message say where every port is taken?";
                String local = part instanceof Integer ? String.format("%d", part) : "" + part;
                boolean isIn = said.contains("" + part) || said.contains(local);
                got.check(isIn, "a message with " + part, cause, 3);
            }
        }
    }

    @Test
    @Order(18)
    @Proves(ADDRESS)
    void letsTheFailureOfAWrongAddressThrough() throws Exception {
        IOException of;
        try (ServerSocket listener = new ServerSocket()) {
            InetSocketAddress elsewhere = new InetSocketAddress(ELSEWHERE, 0);
            of = assertThrows(IOException.class, () -> listener.bind(elsewhere));
        }
        try (TestOutcome got = listen(ELSEWHERE, 49_152, 49_155, "not this machine's")) {
            boolean isSame =
                    got.failure() != null && of.toString().equals(got.failure().toString());
            String cause = "Does the exception of bind to port 0 reach the caller?";
            got.check(isSame, "what bind throws, " + of, cause, 3);
        }
    }

    @Test
    @Order(19)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    @Proves(CLOSES)
    void closesWhatItDoesNotReturn() throws Exception {
        String cause = "Who closes the socket that was bound to port 0?";
        expectNoLeak(TestPorts.anyOwn(), TestPorts.LOWEST, 65_535, "most of them free", cause);
    }

    @Test
    @Order(20)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    @Proves(CLOSES)
    void closesTheSocketsThatFailed() throws Exception {
        try (TestPorts ports = TestPorts.atLocal(4)) {
            String cause = "Is one open whose bind has failed, or the one at port 0?";
            expectNoLeak(LOCAL, ports.at(0), ports.last(), "the first 4 taken", cause);
            expectNoLeak(LOCAL, ports.at(0), ports.at(3), "all taken", cause);
        }
    }

    @Test
    @Order(21)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    @Proves(CLOSES)
    void closesTheSocketThatTriedAWrongAddress() throws Exception {
        String cause = "Is the socket closed even if its bind to port 0 fails?";
        expectNoLeak(ELSEWHERE, 49_152, 49_155, "not this machine's", cause);
    }

    @Test
    @Order(22)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves(MEANWHILE)
    void losesNoPortToAnotherProgram() throws Exception {
        try (TestPorts ports = TestPorts.atOwn(0)) {
            String cause = "Is a port tested first, and bound only later?";
            String tried = "another program takes and releases the first port again and again";
            Thread rival = ports.rival(0);
            try {
                await(tried, callers(1, ports, 1000), cause);
            } finally {
                rival.interrupt();
                rival.join();
            }
        }
    }

    @Test
    @Order(23)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    @Proves("Several threads may call at once, and each gets a socket of its own.")
    void callsAtOnceGetASocketEach() throws Exception {
        try (TestPorts ports = TestPorts.atOwnAllButOneIn(COUNT / 4)) {
            String tried = "4 threads call at once, each with a range of its own, one port free";
            await(tried, callers(4, ports, 400), "Do two calls share a field?");
        }
    }

    /**
     * Starts threads that call again and again, each with its own part of the ports; on a slow
     * machine they end before the last call.
     */
    private static List<FutureTask<String>> callers(int threads, TestPorts ports, int calls) {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<FutureTask<String>> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = ports.at(i * COUNT / threads);
            int last = first + COUNT / threads - 1;
            Callable<String> caller =
                    () -> {
                        start.await();
                        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CALLERS_SECONDS);
                        for (int call = 0; call < calls && System.nanoTime() < end; call++) {
                            try (var socket = FirstFree.listen(ports.address, first, last)) {
                                int port = socket.getLocalPort();
                                if (port < first || port > last) {
                                    return socket + Tried.say(" for %d to %d", first, last);
                                }
                            }
                            LockSupport.parkNanos(1); // waking up, it interrupts the others
                        }
                        return "";
                    };
            callers.add(new FutureTask<>(caller));
        }
        for (FutureTask<String> caller : callers) {
            Thread thread = new Thread(caller, "caller");
            thread.setDaemon(true);
            thread.start();
        }
        return callers;
    }

    private static void await(String what, List<FutureTask<String>> callers, String cause)
            throws InterruptedException {
        Tried tried = Tried.to(what);
        String expected = "a socket of its own for each call";
        for (FutureTask<String> caller : callers) {
            try {
                String got = caller.get(8, TimeUnit.SECONDS);
                tried.check(got.isEmpty(), expected, got, cause, 1);
            } catch (ExecutionException e) {
                tried.fail(expected, e.getCause(), cause, 1);
            } catch (TimeoutException e) {
                tried.fail(expected, "no end in 8 s", cause, 1);
            }
        }
    }

    private static void expectNoLeak(
            InetAddress address, int first, int last, String where, String cause) {
        TestOutcome got = listen(address, first, last, where);
        got.close(); // what Java opens at its first use
        long fewest = descriptors(); // the garbage collector closes some that were left open
        for (int call = 1; call <= 50; call++) {
            TestOutcome.callAndClose(address, first, last);
            fewest = Math.min(fewest, descriptors());
            long more = descriptors() - fewest;
            String said = Tried.say("%d open after %d calls", more, call);
            // Other threads of this JVM may open a few.
            got.tried().check(more <= 20, "no socket left open", said, cause, 2);
        }
    }

    private static void expectNoRange(InetAddress address, int[] range, String cause) {
        try (TestOutcome got = listen(address, range[0], range[1], "no range")) {
            boolean isRight = got.failure() instanceof IllegalArgumentException;
            got.check(isRight, "an IllegalArgumentException", cause, 3);
        }
    }

    /** Expects the port of this index, again and again. */
    private static void expectPort(
            TestPorts ports, int index, int last, String where, String cause, int hint) {
        for (int call = 1; call <= TIMES; call++) {
            try (TestOutcome got = listen(ports.address, ports.at(0), last, where)) {
                int port = ports.at(index);
                got.check(got.port() == port, "a socket on " + port, cause, hint);
            }
        }
    }
}
