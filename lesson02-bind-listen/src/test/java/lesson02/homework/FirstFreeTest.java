package lesson02.homework;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.UnixOperatingSystemMXBean;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Which port of a range a server gets, and what becomes of the failures on the way. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class FirstFreeTest {

    private static final Duration BOUND = Duration.ofSeconds(5);

    /** Room for those who call a taken port to learn whether it is. */
    private static final int BACKLOG = 1024;

    /** Why a test that needs a port to be free runs on Linux: see {@link Row}. */
    private static final String LINUX_ONLY =
            "only Linux has addresses enough to keep a free port from other programs";

    private static final InetAddress LOCAL = address(127, 0, 0, 1);

    /** Linux has all of 127.0.0.0/8; a {@link Row} has its ports at this one to itself. */
    private static final InetAddress OWN = address(127, 2, 3, 4);

    /** For documentation (RFC 5737): no machine has it. */
    private static final InetAddress ELSEWHERE = address(203, 0, 113, 1);

    @Test
    @Order(1)
    void returnsAListeningSocket() throws IOException {
        try (Row row = Row.taken(0);
                Outcome got = listen(LOCAL, row.first, row.last)) {
            if (!got.answers()) {
                String cause = "Is it still open when it is returned? See hint 2.";
                got.fail("a socket that answers callers", cause);
            }
        }
    }

    @Test
    @Order(2)
    void listensAtTheAddressAndNoOther() throws IOException {
        try (Row row = Row.taken(0);
                Outcome got = listen(LOCAL, row.first, row.last)) {
            if (!LOCAL.equals(got.address())) {
                String cause = "Which address does new ServerSocket(port) bind? See hint 2.";
                got.fail("a socket at 127.0.0.1 alone", cause);
            }
        }
    }

    @Test
    @Order(3)
    void goesOnAfterATakenPort() throws IOException {
        try (Row row = Row.taken(2);
                Outcome got = listen(LOCAL, row.first, row.last)) {
            if (got.port() <= row.port(1)) {
                String cause = "Does the search go on after a BindException? See hint 3.";
                got.fail("a port behind the first two, which are taken", cause);
            }
        }
    }

    @Test
    @Order(4)
    void goesOnAfterAPortThatIsBoundAndDoesNotListen() throws IOException {
        try (Row row = Row.taken(0);
                Socket owner = row.bound();
                Outcome got = listen(LOCAL, owner.getLocalPort(), row.last)) {
            if (got.port() <= owner.getLocalPort()) {
                String cause = "Its owner refuses callers: does that make it free? See hint 1.";
                got.fail("a port behind the first, which is taken", cause);
            }
        }
    }

    @Test
    @Order(5)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    void takesTheFirstPortIfItIsFree() throws IOException {
        try (Row row = Row.of(2, 0)) {
            expectPort(
                    row,
                    row.first,
                    row.last,
                    "Does the loop go from first to last, at this address? See hint 3.");
        }
    }

    @Test
    @Order(6)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    void returnsTheFirstFreePort() throws IOException {
        try (Row row = Row.of(4, 1)) {
            expectPort(
                    row,
                    row.port(1),
                    row.port(3),
                    "Is each port asked for in turn, at this address? See hint 1.");
        }
    }

    @Test
    @Order(7)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    void triesTheLastPortToo() throws IOException {
        try (Row row = Row.of(3, 2)) {
            expectPort(row, row.port(2), row.port(2), "Is the last port included? See hint 3.");
        }
    }

    @Test
    @Order(8)
    void failsWhenEveryPortIsTaken() throws IOException {
        try (Row row = Row.taken(4);
                Outcome got = listen(LOCAL, row.first, row.port(2))) {
            if (!(got.failure instanceof BindException)) {
                got.fail("a BindException", "What comes after the last port? See hint 3.");
            }
        }
    }

    @Test
    @Order(9)
    @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX_ONLY)
    void triesNoPortBehindTheLast() throws IOException {
        try (Row row = Row.of(4, 2);
                Outcome got = listen(row.address, row.first, row.port(1))) {
            if (got.listener != null) {
                got.fail("a BindException", "Does the loop end with the last port? See hint 3.");
            }
        }
    }

    @Test
    @Order(10)
    void saysWhichPortsAreTaken() throws IOException {
        try (Row row = Row.taken(4);
                Outcome got = listen(LOCAL, row.first, row.port(2))) {
            String message = got.failure == null ? "" : String.valueOf(got.failure.getMessage());
            for (Object part : List.of("127.0.0.1", row.first, row.port(2))) {
                if (!message.contains(part.toString())) {
                    got.fail(
                            "a message with " + part + " in it",
                            "Would a reader know where every port is taken? See hint 3.");
                }
            }
        }
    }

    @Test
    @Order(11)
    void refusesWhatIsNoRange() {
        int[][] ranges = {{5010, 5002}, {0, 65_535}, {-1, 65_535}, {49_152, 65_536}};
        for (int[] range : ranges) {
            String cause = "Is the range looked at before the first port? See hint 3.";
            expectNoRange(LOCAL, range[0], range[1], cause);
        }
    }

    @Test
    @Order(12)
    void looksAtTheRangeBeforeTheAddress() {
        String cause = "Is the range looked at before a socket is made? See hint 3.";
        expectNoRange(ELSEWHERE, 5010, 5002, cause);
        expectNoRange(ELSEWHERE, 49_152, 65_536, cause);
    }

    @Test
    @Order(13)
    void throwsUnchangedWhatNoOtherPortCures() throws IOException {
        String words;
        try (ServerSocket listener = new ServerSocket()) {
            InetSocketAddress elsewhere = new InetSocketAddress(ELSEWHERE, 0);
            words = assertThrows(IOException.class, () -> listener.bind(elsewhere)).getMessage();
        }
        try (Outcome got = listen(ELSEWHERE, 49_152, 49_155)) {
            if (!(got.failure instanceof IOException) || !words.equals(got.failure.getMessage())) {
                got.fail(
                        "the BindException of bind, \"" + words + '"',
                        "What does a bind to port 0 say of this address? See hint 3.");
            }
        }
    }

    @Test
    @Order(14)
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "Java counts descriptors on Unix only")
    void closesTheSocketsThatFailed() throws IOException {
        try (Row row = Row.taken(5)) {
            expectNoLeak(LOCAL, row);
            expectNoLeak(ELSEWHERE, row);
        }
    }

    private static void expectNoLeak(InetAddress address, Row row) {
        listen(address, row.first, row.port(3)).close(); // what Java opens at its first use
        long fewest = descriptors(); // the garbage collector closes some that were left open
        for (int call = 1; call <= 100; call++) {
            try (Outcome got = listen(address, row.first, row.port(3))) {
                fewest = Math.min(fewest, descriptors());
                long more = descriptors() - fewest;
                if (more > 20) { // other threads of this JVM may open a few
                    String cause = "Who closes a socket that is not returned? See hint 2.";
                    got.fail("no socket left open", more + " after " + call + " calls", cause);
                }
            }
        }
    }

    private static void expectNoRange(InetAddress address, int first, int last, String cause) {
        try (Outcome got = listen(address, first, last)) {
            if (!(got.failure instanceof IllegalArgumentException)) {
                got.fail("an IllegalArgumentException", cause);
            }
        }
    }

    /** Asserts that the first free port from the row's first to {@code last} is {@code port}. */
    private static void expectPort(Row row, int port, int last, String cause) {
        try (Outcome got = listen(row.address, row.first, last)) {
            if (got.port() != port) {
                got.fail("a socket on " + port + ", where all ports before it are taken", cause);
            }
        }
    }

    /** Calls the answer, which has 5 s for it. */
    private static Outcome listen(InetAddress address, int first, int last) {
        return assertTimeoutPreemptively(
                BOUND,
                () -> outcome(address, first, last),
                () ->
                        message(
                                tried(address, first, last),
                                "an end within 5 s",
                                "none",
                                "Does each turn of the loop try another port? See hint 3."));
    }

    private static Outcome outcome(InetAddress address, int first, int last) {
        String tried = tried(address, first, last);
        try {
            return new Outcome(tried, FirstFree.listen(address, first, last), null);
        } catch (Exception e) {
            return new Outcome(tried, null, e);
        }
    }

    private static String tried(InetAddress address, int first, int last) {
        return "called listen(%s, %d, %d)".formatted(address.getHostAddress(), first, last);
    }

    /** Returns the line of the answer that {@code failure} has come from, if any. */
    private static String at(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if ("FirstFree.java".equals(frame.getFileName())) {
                return ", at FirstFree.java:" + frame.getLineNumber();
            }
        }
        return "";
    }

    private static String message(String tried, String expected, String got, String cause) {
        return "%s; expected %s; got %s. %s".formatted(tried, expected, got, cause);
    }

    private static InetAddress address(int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns how many files, pipes and sockets this process has open. */
    private static long descriptors() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    /** How a call ended: with a socket or with a failure. */
    private record Outcome(String tried, ServerSocket listener, Exception failure)
            implements AutoCloseable {

        InetAddress address() {
            return listener == null ? null : listener.getInetAddress();
        }

        int port() {
            return listener == null ? -1 : listener.getLocalPort();
        }

        boolean answers() {
            try (Socket caller = new Socket()) {
                caller.connect(listener.getLocalSocketAddress());
                return true;
            } catch (IOException | RuntimeException e) {
                return false;
            }
        }

        void fail(String expected, String cause) {
            fail(expected, failure == null ? state() : failure + at(failure), cause);
        }

        void fail(String expected, String got, String cause) {
            Assertions.fail(message(tried, expected, got, cause), failure);
        }

        private String state() {
            String state = listener == null || !listener.isClosed() ? "" : "a closed socket, ";
            return state + listener;
        }

        @Override
        public void close() {
            try {
                if (listener != null) {
                    listener.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Ports in a row at one address, of which the first ones are taken. The others are free, and
     * stay so: at {@link #OWN} on every system that has it; at 127.0.0.1 on Linux, which gives none
     * of these ports to callers. What is right does not depend on it.
     */
    private static final class Row implements AutoCloseable {

        /** Where the ports of the first row begin, above those that Linux gives to callers. */
        private static final int LOWEST = 61_000;

        private static final int ROWS = 400;

        /** The first port of a row holds its place, the last stays free. */
        private static final int LENGTH = 10;

        final InetAddress address;
        final int first;
        final int last;
        private final List<ServerSocket> owners;

        private Row(InetAddress address, int last, List<ServerSocket> owners) {
            this.address = address;
            this.last = last;
            this.owners = owners;
            first = owners.get(0).getLocalPort() + 1;
        }

        /** Takes the first {@code taken} of 8 ports at 127.0.0.1. */
        static Row taken(int taken) throws IOException {
            List<ServerSocket> owners = inARow(taken);
            return new Row(LOCAL, owners.get(0).getLocalPort() + LENGTH - 2, owners);
        }

        /**
         * Takes the first {@code taken} of {@code count} ports at an address that nobody else uses.
         * Only an owner of the wildcard would have them too, and there can be none, as the row
         * listens on all of them at 127.0.0.1.
         */
        static Row of(int count, int taken) throws IOException {
            List<ServerSocket> owners = inARow(count);
            Row row = new Row(OWN, owners.get(0).getLocalPort() + count, owners);
            for (int i = 0; i < taken; i++) {
                owners.add(new ServerSocket(row.port(i), BACKLOG, OWN));
            }
            return row;
        }

        /**
         * Returns sockets that listen at 127.0.0.1: one that holds the row's place against other
         * tests like this, in other programs at the same time, and behind it {@code count} more.
         */
        private static List<ServerSocket> inARow(int count) throws IOException {
            int any = ThreadLocalRandom.current().nextInt(ROWS);
            for (int i = 0; i < ROWS; i++) {
                int place = LOWEST + (any + i) % ROWS * LENGTH;
                List<ServerSocket> row = new ArrayList<>();
                try {
                    for (int port = place; port < place + LENGTH; port++) {
                        row.add(new ServerSocket(port, BACKLOG, LOCAL));
                    }
                    while (row.size() > count + 1) { // free from here on
                        row.remove(row.size() - 1).close();
                    }
                    return row;
                } catch (BindException e) { // one of them is taken
                    for (ServerSocket owner : row) {
                        owner.close();
                    }
                }
            }
            throw new IOException("no " + LENGTH + " free ports in a row");
        }

        /** Returns a socket that has one of the free ports at 127.0.0.1 and does not listen. */
        Socket bound() throws IOException {
            for (int port = first; port < last; port++) {
                Socket socket = new Socket();
                try {
                    socket.bind(new InetSocketAddress(LOCAL, port));
                    return socket;
                } catch (BindException e) { // taken
                    socket.close();
                }
            }
            throw new IOException("no free port from " + first + " to " + last);
        }

        int port(int index) {
            return first + index;
        }

        @Override
        public void close() throws IOException {
            for (ServerSocket owner : owners) {
                owner.close();
            }
        }
    }
}
