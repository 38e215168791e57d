package lesson03;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lesson 3 says of connect and accept, one fact a test. */
class FactsTest {

    /** How long a test waits for what will not come, in milliseconds. */
    private static final int TIMEOUT_MILLIS = 100;

    // Two kinds of socket

    /** The listening socket stays usable while connections are open. */
    @Test
    void listenerStaysUsableWhileAConnectionIsOpen() throws IOException {
        try (ServerSocket listener = listen();
                Socket first = connect(listener);
                Socket firstConnection = listener.accept();
                Socket second = connect(listener);
                Socket secondConnection = listener.accept()) {
            assertTalks(first, firstConnection);
            assertTalks(second, secondConnection);
        }
    }

    /** Closing the listening socket leaves accepted connections alive. */
    @Test
    void closingTheListenerLeavesConnectionsAlive() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = connect(listener);
                Socket connection = listener.accept()) {
            listener.close();
            assertTalks(client, connection);
        }
    }

    /** Closing a connection leaves the listening socket alive. */
    @Test
    void closingAConnectionLeavesTheListenerAlive() throws IOException {
        try (ServerSocket listener = listen();
                Socket first = connect(listener)) {
            listener.accept().close();
            assertEquals(-1, first.getInputStream().read());
            try (Socket second = connect(listener);
                    Socket connection = listener.accept()) {
                assertTalks(second, connection);
            }
        }
    }

    /** The accepted socket has the listening port; only the client's port is new. */
    @Test
    void acceptedSocketKeepsTheListeningPort() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = connect(listener);
                Socket connection = listener.accept()) {
            assertEquals(listener.getLocalPort(), connection.getLocalPort());
            assertNotEquals(listener.getLocalPort(), client.getLocalPort());
        }
    }

    /** The accepted socket has the listening socket's receive buffer size. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void acceptedSocketInheritsTheReceiveBuffer() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReceiveBufferSize(20_000);
            listener.bind(new InetSocketAddress(loopback(), 0));
            assertEquals(20_000, receiveBufferOfTheNext(listener));
            listener.setReceiveBufferSize(30_000); // listening already
            assertEquals(30_000, receiveBufferOfTheNext(listener));
        }
    }

    // Four numbers

    /** Each end's own address is the other end's peer. */
    @Test
    void eachEndSeesTheOther() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = connect(listener);
                Socket connection = listener.accept()) {
            assertEquals(client.getLocalSocketAddress(), connection.getRemoteSocketAddress());
            assertEquals(client.getRemoteSocketAddress(), connection.getLocalSocketAddress());
        }
    }

    /** Two connections from one address to one server differ in the client's port. */
    @Test
    void connectionsOfOneHostDifferInTheClientsPort() throws IOException {
        try (ServerSocket listener = listen();
                Socket first = connect(listener);
                Socket second = connect(listener)) {
            assertEquals(first.getRemoteSocketAddress(), second.getRemoteSocketAddress());
            assertEquals(first.getLocalAddress(), second.getLocalAddress());
            assertNotEquals(first.getLocalPort(), second.getLocalPort());
        }
    }

    /** One client port can have connections to two servers. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void oneClientPortCanConnectToTwoServers() throws IOException {
        try (ServerSocket one = listen();
                ServerSocket other = listen();
                Socket first = bindForReuse(new InetSocketAddress(loopback(), 0));
                Socket second = bindForReuse(first.getLocalSocketAddress())) {
            first.connect(one.getLocalSocketAddress());
            second.connect(other.getLocalSocketAddress());
            assertEquals(first.getLocalSocketAddress(), second.getLocalSocketAddress());
        }
    }

    /** Two sockets on one port must both ask for SO_REUSEADDR before they bind. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void bothClientsOfAPortMustAskForReuse() throws IOException {
        try (Socket asks = bindForReuse(new InetSocketAddress(loopback(), 0));
                Socket doesNot = new Socket()) {
            SocketAddress own = asks.getLocalSocketAddress();
            assertThrows(BindException.class, () -> doesNot.bind(own));
        }
        try (Socket doesNot = new Socket()) {
            doesNot.bind(new InetSocketAddress(loopback(), 0));
            SocketAddress own = doesNot.getLocalSocketAddress();
            assertThrows(BindException.class, () -> bindForReuse(own));
        }
    }

    /** The four numbers name one connection: a second with the same four fails. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void fourNumbersNameOneConnection() throws IOException {
        try (ServerSocket listener = listen();
                Socket first = bindForReuse(new InetSocketAddress(loopback(), 0));
                Socket second = bindForReuse(first.getLocalSocketAddress())) {
            first.connect(listener.getLocalSocketAddress());
            assertThrows(
                    BindException.class, () -> second.connect(listener.getLocalSocketAddress()));
        }
    }

    // Before accept

    /** {@code connect} succeeds before {@code accept}. */
    @Test
    void connectSucceedsBeforeAccept() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = new Socket()) {
            client.connect(listener.getLocalSocketAddress());
            assertTrue(client.isConnected());
        }
    }

    /** A write succeeds before {@code accept}, too; its bytes are there afterwards. */
    @Test
    void writeSucceedsBeforeAccept() throws IOException {
        byte[] words = {1, 2, 3};
        try (ServerSocket listener = listen();
                Socket client = connect(listener)) {
            client.getOutputStream().write(words);
            try (Socket connection = listener.accept()) {
                assertArrayEquals(words, connection.getInputStream().readNBytes(words.length));
            }
        }
    }

    /** One thread can connect and then accept. */
    @Test
    void oneThreadCanConnectAndAccept() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = connect(listener);
                Socket connection = listener.accept()) {
            assertTalks(client, connection);
            assertTalks(connection, client);
        }
    }

    /** Clients are accepted in the order in which they connected. */
    @Test
    void clientsAreAcceptedInTheOrderInWhichTheyConnected() throws IOException {
        try (ServerSocket listener = listen();
                Socket first = connect(listener);
                Socket second = connect(listener);
                Socket third = connect(listener)) {
            for (Socket client : new Socket[] {first, second, third}) {
                try (Socket connection = listener.accept()) {
                    assertEquals(client.getLocalPort(), connection.getPort());
                }
            }
        }
    }

    // Backlog

    /** With a backlog of 1 two clients connect, and the third times out. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void clientsTimeOutWhenTheQueueIsFull() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback());
                Socket first = connect(listener);
                Socket second = connect(listener);
                Socket third = new Socket()) {
            assertThrows(
                    SocketTimeoutException.class,
                    () -> third.connect(listener.getLocalSocketAddress(), TIMEOUT_MILLIS));
        }
    }

    /** The system caps the backlog at net.core.somaxconn, whatever you ask for. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void systemCapsTheBacklog() throws Exception {
        String most = Files.readAllLines(Path.of("/proc/sys/net/core/somaxconn")).get(0);
        assumeTrue(Files.exists(Path.of("/usr/bin/ss")), "no ss on this machine");
        try (ServerSocket listener = new ServerSocket(0, 1_000_000, loopback())) {
            String port = Integer.toString(listener.getLocalPort());
            Process ss = new ProcessBuilder("ss", "-Hltn", "sport = :" + port).start();
            // State, what waits in the queue, what it can hold, the address
            String[] columns = new String(ss.getInputStream().readAllBytes()).split(" +");
            assertEquals(most, columns[2], () -> String.join(" ", columns));
        }
    }

    /** An {@code accept} makes room for the next client. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void acceptMakesRoomInTheQueue() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback());
                Socket first = connect(listener);
                Socket second = connect(listener);
                Socket tooMany = new Socket()) {
            assertThrows(
                    SocketTimeoutException.class,
                    () -> tooMany.connect(listener.getLocalSocketAddress(), TIMEOUT_MILLIS));
            try (Socket connection = listener.accept();
                    Socket third = connect(listener)) {
                assertTrue(third.isConnected());
            }
        }
    }

    // What connect can meet

    /** At a port of this machine where nobody listens {@code connect} is refused. */
    @Test
    void connectIsRefusedWhereNobodyListens() throws IOException {
        // A client's port: it is taken, so nobody else listens there meanwhile.
        try (ServerSocket listener = listen();
                Socket taken = connect(listener);
                Socket client = new Socket()) {
            assertThrows(
                    ConnectException.class, () -> client.connect(taken.getLocalSocketAddress()));
        }
    }

    /**
     * Where nobody answers {@code connect} waits for its timeout, or a millisecond less. (Linux)
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void connectWaitsForItsTimeout() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback());
                Socket first = connect(listener);
                Socket second = connect(listener);
                Socket third = new Socket()) {
            long start = System.nanoTime();
            assertThrows(
                    SocketTimeoutException.class,
                    () -> third.connect(listener.getLocalSocketAddress(), TIMEOUT_MILLIS));
            // Java hands the time on in whole milliseconds, and one may be lost on the way.
            assertWaited(TIMEOUT_MILLIS - 1, start);
        }
    }

    /** {@code new Socket(host, port)} has no timeout: it waits while the kernel tries. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void constructorThatConnectsHasNoTimeout() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback());
                Socket first = connect(listener);
                Socket second = connect(listener)) {
            FutureTask<Socket> third = new FutureTask<>(() -> connect(listener));
            startDaemon(third);
            assertThrows(TimeoutException.class, () -> third.get(TIMEOUT_MILLIS, MILLISECONDS));
            listener.accept().close();
            // There is room now. The kernel tries again a second after its first attempt.
            third.get().close();
        }
    }

    /** A name without an IP address fails at {@code connect}; it was looked up before. */
    @Test
    void unknownHostFailsAtConnect() throws IOException {
        // A name of a form that no name service is asked for.
        InetSocketAddress nowhere = new InetSocketAddress("a..b", 5003);
        assertTrue(nowhere.isUnresolved());
        try (Socket client = new Socket()) {
            assertThrows(UnknownHostException.class, () -> client.connect(nowhere));
        }
    }

    /** A broadcast address fails before a packet is sent: a connection has one peer. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void broadcastAddressFailsAtOnce() throws IOException {
        try (Socket client = new Socket()) {
            assertThrowsExactly(
                    SocketException.class,
                    () -> client.connect(new InetSocketAddress("127.255.255.255", 5003), 10_000));
        }
    }

    // The life of accept

    /**
     * {@code accept} returns even a client that has reset its connection; the first read throws.
     * (Linux)
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void acceptReturnsClientsWhoHaveGone() throws IOException {
        try (ServerSocket listener = listen()) {
            reset(connect(listener));
            try (Socket connection = listener.accept()) {
                assertThrows(SocketException.class, () -> connection.getInputStream().read());
            }
        }
    }

    /** With {@code setSoTimeout} an {@code accept} waits that long. */
    @Test
    void acceptWaitsForItsTimeout() throws IOException {
        try (ServerSocket listener = listen()) {
            listener.setSoTimeout(TIMEOUT_MILLIS);
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, listener::accept);
            assertWaited(TIMEOUT_MILLIS, start);
        }
    }

    /** The listening socket stays usable after a timeout. */
    @Test
    void listenerStaysUsableAfterATimeout() throws IOException {
        try (ServerSocket listener = listen()) {
            listener.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, listener::accept);
            listener.setSoTimeout(0);
            try (Socket client = connect(listener);
                    Socket connection = listener.accept()) {
                assertTalks(client, connection);
            }
        }
    }

    /** {@code close} from another thread ends a blocked {@code accept} with an exception. */
    @Test
    void closeEndsABlockedAccept() throws IOException {
        try (ServerSocket listener = listen()) {
            FutureTask<Socket> accept = new FutureTask<>(listener::accept);
            awaitAccept(startDaemon(accept));
            listener.close();
            ExecutionException e = assertThrows(ExecutionException.class, accept::get);
            assertInstanceOf(SocketException.class, e.getCause());
        }
    }

    /** An interrupt does not end an {@code accept} in a platform thread, the usual kind. */
    @Test
    void interruptDoesNotEndAccept() throws Exception {
        try (ServerSocket listener = listen()) {
            FutureTask<Boolean> accept = new FutureTask<>(() -> acceptInterrupted(listener));
            Thread acceptor = startDaemon(accept);
            awaitAccept(acceptor);
            acceptor.interrupt();
            try (Socket client = connect(listener)) {
                assertTrue(accept.get());
            }
        }
    }

    // The life of a client's socket

    /** {@code connect} binds: the socket has a port of its own afterwards. */
    @Test
    void connectBinds() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = new Socket()) {
            assertFalse(client.isBound());
            client.connect(listener.getLocalSocketAddress());
            assertTrue(client.isBound());
            assertTrue(client.getLocalPort() > 0);
        }
    }

    /** A client may bind first, and then connects from that port. */
    @Test
    void clientMayBindBeforeItConnects() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = new Socket()) {
            client.bind(new InetSocketAddress(loopback(), 0));
            SocketAddress own = client.getLocalSocketAddress();
            client.connect(listener.getLocalSocketAddress());
            try (Socket connection = listener.accept()) {
                assertEquals(own, connection.getRemoteSocketAddress());
            }
        }
    }

    /** A connected socket cannot connect again. */
    @Test
    void connectedSocketCannotConnectAgain() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = connect(listener)) {
            assertThrows(
                    SocketException.class, () -> client.connect(listener.getLocalSocketAddress()));
        }
    }

    /**
     * A refused socket cannot connect again; {@code isClosed} is false on JDK 17, true on JDK 25.
     */
    @Test
    void failedSocketCannotConnectAgain() throws IOException {
        try (ServerSocket listener = listen();
                Socket taken = connect(listener);
                Socket client = new Socket()) {
            assertThrows(
                    ConnectException.class, () -> client.connect(taken.getLocalSocketAddress()));
            assertThrows(
                    SocketException.class, () -> client.connect(listener.getLocalSocketAddress()));
            int release = Runtime.version().feature();
            if (release == 17 || release == 25) {
                assertEquals(release == 25, client.isClosed());
            }
        }
    }

    /** A socket whose {@code connect} timed out cannot connect again. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void socketThatTimedOutCannotConnectAgain() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, loopback());
                Socket first = connect(busy);
                Socket second = connect(busy);
                Socket client = new Socket();
                ServerSocket listener = listen()) {
            assertThrows(
                    SocketTimeoutException.class,
                    () -> client.connect(busy.getLocalSocketAddress(), TIMEOUT_MILLIS));
            assertThrows(
                    SocketException.class, () -> client.connect(listener.getLocalSocketAddress()));
        }
    }

    /** A failed {@code connect} gives the port back. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void failedConnectGivesThePortBack() throws IOException {
        try (Socket bound = new Socket();
                Socket client = new Socket();
                Socket next = new Socket()) {
            bound.bind(new InetSocketAddress(nobodyElses(), 0));
            client.bind(new InetSocketAddress(nobodyElses(), 0));
            SocketAddress own = client.getLocalSocketAddress();
            assertThrows(
                    ConnectException.class, () -> client.connect(bound.getLocalSocketAddress()));
            assertDoesNotThrow(() -> next.bind(own));
        }
    }

    /** A socket can connect to itself, and reads what it writes. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void socketCanConnectToItself() throws IOException {
        try (Socket self = new Socket()) {
            self.bind(new InetSocketAddress(loopback(), 0));
            self.connect(self.getLocalSocketAddress());
            assertTalks(self, self);
        }
    }

    // What is left after close

    /** Clients still in the queue are cut off when the listening socket closes. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void closingTheListenerCutsOffClientsInItsQueue() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = connect(listener)) {
            listener.close();
            assertThrows(SocketException.class, () -> client.getInputStream().read());
        }
    }

    /** A port in TIME_WAIT cannot be bound without SO_REUSEADDR. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void portOfAClosedConnectionIsTakenForAWhile() throws IOException {
        SocketAddress address = serverThatClosedFirst();
        assertThrows(BindException.class, () -> bindWithoutReuse(address));
    }

    /** A {@code ServerSocket} has SO_REUSEADDR on, so a server can start again at once. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void serverSocketReusesItsAddressByDefault() throws IOException {
        SocketAddress address = serverThatClosedFirst();
        try (ServerSocket next = new ServerSocket()) {
            assertTrue(next.getReuseAddress());
            assertDoesNotThrow(() -> next.bind(address));
        }
    }

    /** The end that closes first keeps its port for a minute, in state TIME_WAIT. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void endThatClosesFirstKeepsThePort() throws IOException {
        SocketAddress server;
        SocketAddress client;
        String kept;
        try (ServerSocket listener = new ServerSocket(0, 50, nobodyElses());
                Socket first = connect(listener);
                Socket connection = listener.accept()) {
            server = listener.getLocalSocketAddress();
            client = first.getLocalSocketAddress();
            kept = ports(first.getLocalPort(), first.getPort());
            first.close();
            assertEquals(-1, connection.getInputStream().read());
            // The second close waits (5 seconds at most) until the other end has confirmed it.
            connection.setSoLinger(true, 5);
        }
        assertThrows(BindException.class, () -> bindWithoutReuse(client));
        assertDoesNotThrow(() -> bindWithoutReuse(server));
        assertTimeWaitOfAMinute(kept);
    }

    /** A server may find a port of the ephemeral range taken by a client. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void serversPortCanBeTakenByAClient() throws IOException {
        try (ServerSocket listener = listen();
                Socket client = connect(listener);
                ServerSocket server = new ServerSocket()) {
            // The kernel has chosen the client's port from its ephemeral range.
            SocketAddress address = client.getLocalSocketAddress();
            assertThrows(BindException.class, () -> server.bind(address));
        }
    }

    /** A client with the same four numbers gets through in TIME_WAIT. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void newConnectEndsTimeWait() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, nobodyElses());
                Socket first = new Socket();
                Socket second = new Socket()) {
            first.bind(new InetSocketAddress(nobodyElses(), 0));
            first.connect(listener.getLocalSocketAddress());
            listener.accept().close();
            assertEquals(-1, first.getInputStream().read());
            SocketAddress own = first.getLocalSocketAddress();
            // The second close waits (5 seconds at most) until the other end has confirmed it.
            first.setSoLinger(true, 5);
            first.close();
            second.bind(own);
            second.connect(listener.getLocalSocketAddress());
            try (Socket connection = listener.accept()) {
                assertEquals(own, connection.getRemoteSocketAddress());
            }
        }
    }

    /** A connection that was reset leaves no TIME_WAIT. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void resetLeavesNoTimeWait() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, nobodyElses());
                Socket client = new Socket()) {
            client.bind(new InetSocketAddress(nobodyElses(), 0));
            client.connect(listener.getLocalSocketAddress());
            SocketAddress own = client.getLocalSocketAddress();
            reset(client);
            assertDoesNotThrow(() -> bindWithoutReuse(own));
        }
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    /** Returns an address of this machine that no other program asks for a port of, on Linux. */
    private static InetAddress nobodyElses() throws IOException {
        return InetAddress.getByName("127.0.0.77");
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, loopback());
    }

    private static Socket connect(ServerSocket listener) throws IOException {
        return new Socket(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Closes {@code socket} with a reset, in place of a FIN. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Asserts that a byte written to {@code from} comes out of {@code to}. */
    private static void assertTalks(Socket from, Socket to) throws IOException {
        from.getOutputStream().write(42);
        assertEquals(42, to.getInputStream().read());
    }

    private static int receiveBufferOfTheNext(ServerSocket listener) throws IOException {
        try (Socket client = connect(listener);
                Socket connection = listener.accept()) {
            return connection.getReceiveBufferSize();
        }
    }

    /**
     * Asserts that it is {@code millis} milliseconds since {@code start}, and not ten times that.
     */
    private static void assertWaited(int millis, long start) {
        long waited = System.nanoTime() - start;
        assertTrue(waited >= MILLISECONDS.toNanos(millis), waited + " ns");
        assertTrue(waited < MILLISECONDS.toNanos(10 * millis), waited + " ns");
    }

    /** Starts a thread that keeps no process alive. */
    private static Thread startDaemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Returns the two ports of a connection as they stand in a line of /proc/net/tcp. */
    private static String ports(int local, int remote) {
        return ":%04X [0-9A-F]+:%04X".formatted(local, remote);
    }

    /** Asserts that the kernel keeps the connection in state 6, TIME_WAIT, and for how long. */
    private static void assertTimeWaitOfAMinute(String ports) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String list : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(list))) {
                lines.addAll(Files.readAllLines(Path.of(list)));
            }
        }
        // Number, both addresses, the state, two queues, the timer: when it ends, in hundredths
        Pattern pattern = Pattern.compile(".*" + ports + " 06 \\S+ 03:([0-9A-F]+) .*");
        List<Long> ends =
                lines.stream()
                        .map(pattern::matcher)
                        .filter(Matcher::matches)
                        .map(line -> Long.parseLong(line.group(1), 16))
                        .toList();
        assertEquals(1, ends.size(), () -> String.join("\n", lines));
        assertTrue(4_000 < ends.get(0) && ends.get(0) <= 6_000, ends.toString());
    }

    private static boolean acceptInterrupted(ServerSocket listener) throws IOException {
        try (Socket connection = listener.accept()) {
            return Thread.currentThread().isInterrupted();
        }
    }

    /**
     * Returns when {@code thread} has called accept, or has ended. That a thread is blocked shows
     * in its stack only; the tests hold in any case, and this makes them see the blocked one.
     */
    private static void awaitAccept(Thread thread) {
        while (thread.isAlive()
                && Arrays.stream(thread.getStackTrace())
                        .noneMatch(frame -> frame.getMethodName().equals("accept"))) {
            Thread.onSpinWait();
        }
    }

    /** Returns an address whose server has ended, after one connection that it closed first. */
    private static SocketAddress serverThatClosedFirst() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, nobodyElses());
                Socket client = connect(listener)) {
            listener.accept().close();
            assertEquals(-1, client.getInputStream().read());
            return listener.getLocalSocketAddress();
        }
    }

    private static Socket bindForReuse(SocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(address);
        return socket;
    }

    private static void bindWithoutReuse(SocketAddress address) throws IOException {
        try (ServerSocket next = new ServerSocket()) {
            next.setReuseAddress(false);
            next.bind(address);
        }
    }
}
