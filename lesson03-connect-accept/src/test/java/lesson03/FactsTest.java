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
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** What lesson 3 says of connect and accept, one fact a test. */
class FactsTest {

    /** How long a test waits for what will not come, in milliseconds. */
    private static final int SHORT_MILLIS = 50;

    // Two kinds of socket

    @Test
    void listenerStaysUsableWhileAConnectionIsOpen() throws IOException {
        try (ServerSocket listener = listen();
                Socket first = call(listener);
                Socket firstConnection = listener.accept();
                Socket second = call(listener);
                Socket secondConnection = listener.accept()) {
            assertTalks(first, firstConnection);
            assertTalks(second, secondConnection);
        }
    }

    @Test
    void closingTheListenerLeavesConnectionsAlive() throws IOException {
        try (ServerSocket listener = listen();
                Socket caller = call(listener);
                Socket connection = listener.accept()) {
            listener.close();
            assertTalks(caller, connection);
        }
    }

    @Test
    void closingAConnectionLeavesTheListenerAlive() throws IOException {
        try (ServerSocket listener = listen();
                Socket first = call(listener)) {
            listener.accept().close();
            assertEquals(-1, first.getInputStream().read());
            try (Socket second = call(listener);
                    Socket connection = listener.accept()) {
                assertTalks(second, connection);
            }
        }
    }

    @Test
    void acceptedSocketKeepsTheListeningPort() throws IOException {
        try (ServerSocket listener = listen();
                Socket caller = call(listener);
                Socket connection = listener.accept()) {
            assertEquals(listener.getLocalPort(), connection.getLocalPort());
            assertNotEquals(listener.getLocalPort(), caller.getLocalPort());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void acceptedSocketInheritsTheReceiveBuffer() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReceiveBufferSize(20_000);
            listener.bind(new InetSocketAddress(loopback(), 0));
            try (Socket caller = call(listener);
                    Socket connection = listener.accept()) {
                assertEquals(20_000, connection.getReceiveBufferSize());
            }
        }
    }

    // Four numbers

    @Test
    void eachEndSeesTheOther() throws IOException {
        try (ServerSocket listener = listen();
                Socket caller = call(listener);
                Socket connection = listener.accept()) {
            assertEquals(caller.getLocalSocketAddress(), connection.getRemoteSocketAddress());
            assertEquals(caller.getRemoteSocketAddress(), connection.getLocalSocketAddress());
        }
    }

    @Test
    void connectionsOfOneHostDifferInTheClientsPort() throws IOException {
        try (ServerSocket listener = listen();
                Socket first = call(listener);
                Socket second = call(listener)) {
            assertEquals(first.getRemoteSocketAddress(), second.getRemoteSocketAddress());
            assertEquals(first.getLocalAddress(), second.getLocalAddress());
            assertNotEquals(first.getLocalPort(), second.getLocalPort());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void oneClientPortCanCallTwoServers() throws IOException {
        try (ServerSocket one = listen();
                ServerSocket other = listen();
                Socket first = bindForReuse(new InetSocketAddress(loopback(), 0));
                Socket second = bindForReuse(first.getLocalSocketAddress())) {
            first.connect(one.getLocalSocketAddress());
            second.connect(other.getLocalSocketAddress());
            assertEquals(first.getLocalSocketAddress(), second.getLocalSocketAddress());
            SocketAddress own = first.getLocalSocketAddress();
            assertThrows(BindException.class, () -> bindWithoutReuse(own));
        }
    }

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

    @Test
    void connectSucceedsBeforeAccept() throws IOException {
        try (ServerSocket listener = listen();
                Socket caller = new Socket()) {
            caller.connect(listener.getLocalSocketAddress());
            assertTrue(caller.isConnected());
        }
    }

    @Test
    void writeSucceedsBeforeAccept() throws IOException {
        byte[] words = {1, 2, 3};
        try (ServerSocket listener = listen();
                Socket caller = call(listener)) {
            caller.getOutputStream().write(words);
            try (Socket connection = listener.accept()) {
                assertArrayEquals(words, connection.getInputStream().readNBytes(words.length));
            }
        }
    }

    @Test
    void oneThreadCanConnectAndAccept() throws IOException {
        try (ServerSocket listener = listen();
                Socket caller = call(listener);
                Socket connection = listener.accept()) {
            assertTalks(caller, connection);
            assertTalks(connection, caller);
        }
    }

    @Test
    void callersAreAcceptedInTheOrderOfTheirCalls() throws IOException {
        try (ServerSocket listener = listen();
                Socket first = call(listener);
                Socket second = call(listener);
                Socket third = call(listener)) {
            for (Socket caller : new Socket[] {first, second, third}) {
                try (Socket connection = listener.accept()) {
                    assertEquals(caller.getLocalPort(), connection.getPort());
                }
            }
        }
    }

    // Backlog

    /** The documentation of {@link ServerSocket} says "refused" of the third. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void callersTimeOutWhenTheBacklogIsFull() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback());
                Socket first = call(listener);
                Socket second = call(listener);
                Socket third = new Socket()) {
            assertThrows(
                    SocketTimeoutException.class,
                    () -> third.connect(listener.getLocalSocketAddress(), SHORT_MILLIS));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void acceptMakesRoomInTheBacklog() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback());
                Socket first = call(listener);
                Socket second = call(listener);
                Socket tooMany = new Socket()) {
            assertThrows(
                    SocketTimeoutException.class,
                    () -> tooMany.connect(listener.getLocalSocketAddress(), SHORT_MILLIS));
            try (Socket connection = listener.accept();
                    Socket third = call(listener)) {
                assertTrue(third.isConnected());
            }
        }
    }

    // What connect can meet

    @Test
    void connectIsRefusedWhereNobodyListens() throws IOException {
        // Bound, and held: nobody else can listen on its port meanwhile.
        try (Socket bound = new Socket();
                Socket caller = new Socket()) {
            bound.bind(new InetSocketAddress(loopback(), 0));
            assertThrows(
                    ConnectException.class, () -> caller.connect(bound.getLocalSocketAddress()));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void connectWaitsForItsTimeout() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback());
                Socket first = call(listener);
                Socket second = call(listener);
                Socket third = new Socket()) {
            long start = System.nanoTime();
            assertThrows(
                    SocketTimeoutException.class,
                    () -> third.connect(listener.getLocalSocketAddress(), SHORT_MILLIS));
            // Java hands the time on in whole milliseconds, and one may be lost on the way.
            assertTrue(
                    System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(SHORT_MILLIS - 1));
        }
    }

    @Test
    void unknownHostFailsAtConnect() throws IOException {
        // A name of a form that no name service is asked for.
        InetSocketAddress nowhere = new InetSocketAddress("a..b", 5003);
        assertTrue(nowhere.isUnresolved());
        try (Socket caller = new Socket()) {
            assertThrows(UnknownHostException.class, () -> caller.connect(nowhere));
        }
    }

    /** Neither a {@link ConnectException} nor a timeout: no packet has left. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void broadcastAddressFailsAtOnce() throws IOException {
        try (Socket caller = new Socket()) {
            assertThrowsExactly(
                    SocketException.class,
                    () -> caller.connect(new InetSocketAddress("127.255.255.255", 5003), 10_000));
        }
    }

    // The life of accept

    @Test
    @EnabledOnOs(OS.LINUX)
    void acceptReturnsCallersWhoHaveGone() throws IOException {
        try (ServerSocket listener = listen()) {
            reset(call(listener));
            try (Socket connection = listener.accept()) {
                assertThrows(SocketException.class, () -> connection.getInputStream().read());
            }
        }
    }

    @Test
    void acceptWaitsForItsTimeout() throws IOException {
        try (ServerSocket listener = listen()) {
            listener.setSoTimeout(SHORT_MILLIS);
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, listener::accept);
            assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(SHORT_MILLIS));
        }
    }

    @Test
    void listenerStaysUsableAfterATimeout() throws IOException {
        try (ServerSocket listener = listen()) {
            listener.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, listener::accept);
            listener.setSoTimeout(0);
            try (Socket caller = call(listener);
                    Socket connection = listener.accept()) {
                assertTalks(caller, connection);
            }
        }
    }

    @Test
    void closeEndsABlockedAccept() throws IOException {
        try (ServerSocket listener = listen()) {
            FutureTask<Socket> accept = new FutureTask<>(listener::accept);
            Thread acceptor = new Thread(accept);
            acceptor.start();
            awaitAccept(acceptor);
            listener.close();
            ExecutionException e = assertThrows(ExecutionException.class, accept::get);
            assertInstanceOf(SocketException.class, e.getCause());
        }
    }

    @Test
    void interruptDoesNotEndAccept() throws Exception {
        try (ServerSocket listener = listen()) {
            FutureTask<Boolean> accept = new FutureTask<>(() -> acceptInterrupted(listener));
            Thread acceptor = new Thread(accept);
            acceptor.start();
            awaitAccept(acceptor);
            acceptor.interrupt();
            try (Socket caller = call(listener)) {
                assertTrue(accept.get());
            }
        }
    }

    // The life of a calling socket

    @Test
    void connectBinds() throws IOException {
        try (ServerSocket listener = listen();
                Socket caller = new Socket()) {
            assertFalse(caller.isBound());
            caller.connect(listener.getLocalSocketAddress());
            assertTrue(caller.isBound());
            assertTrue(caller.getLocalPort() > 0);
        }
    }

    @Test
    void clientMayBindBeforeItConnects() throws IOException {
        try (ServerSocket listener = listen();
                Socket caller = new Socket()) {
            caller.bind(new InetSocketAddress(loopback(), 0));
            SocketAddress own = caller.getLocalSocketAddress();
            caller.connect(listener.getLocalSocketAddress());
            try (Socket connection = listener.accept()) {
                assertEquals(own, connection.getRemoteSocketAddress());
            }
        }
    }

    @Test
    void connectedSocketCannotConnectAgain() throws IOException {
        try (ServerSocket listener = listen();
                Socket caller = call(listener)) {
            assertThrows(
                    SocketException.class, () -> caller.connect(listener.getLocalSocketAddress()));
        }
    }

    /** {@link Socket#isClosed} does not tell: it says false on JDK 17, and true on JDK 25. */
    @Test
    void failedSocketCannotConnectAgain() throws IOException {
        try (ServerSocket listener = listen();
                Socket bound = new Socket();
                Socket caller = new Socket()) {
            bound.bind(new InetSocketAddress(loopback(), 0));
            assertThrows(
                    ConnectException.class, () -> caller.connect(bound.getLocalSocketAddress()));
            assertThrows(
                    SocketException.class, () -> caller.connect(listener.getLocalSocketAddress()));
            int release = Runtime.version().feature();
            if (release == 17 || release == 25) {
                assertEquals(release == 25, caller.isClosed());
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void socketThatTimedOutCannotConnectAgain() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, loopback());
                Socket first = call(busy);
                Socket second = call(busy);
                Socket caller = new Socket();
                ServerSocket listener = listen()) {
            assertThrows(
                    SocketTimeoutException.class,
                    () -> caller.connect(busy.getLocalSocketAddress(), SHORT_MILLIS));
            assertThrows(
                    SocketException.class, () -> caller.connect(listener.getLocalSocketAddress()));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void failedConnectGivesThePortBack() throws IOException {
        try (Socket bound = new Socket();
                Socket caller = new Socket();
                Socket next = new Socket()) {
            bound.bind(new InetSocketAddress(nobodyElses(), 0));
            caller.bind(new InetSocketAddress(nobodyElses(), 0));
            SocketAddress own = caller.getLocalSocketAddress();
            assertThrows(
                    ConnectException.class, () -> caller.connect(bound.getLocalSocketAddress()));
            assertDoesNotThrow(() -> next.bind(own));
        }
    }

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

    @Test
    @EnabledOnOs(OS.LINUX)
    void closingTheListenerCutsOffCallersInItsQueue() throws IOException {
        try (ServerSocket listener = listen();
                Socket caller = call(listener)) {
            listener.close();
            assertThrows(SocketException.class, () -> caller.getInputStream().read());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void portOfAClosedConnectionIsTakenForAWhile() throws IOException {
        SocketAddress address = serverThatClosedFirst();
        assertThrows(BindException.class, () -> bindWithoutReuse(address));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void serverSocketReusesItsAddressByDefault() throws IOException {
        SocketAddress address = serverThatClosedFirst();
        try (ServerSocket next = new ServerSocket()) {
            assertTrue(next.getReuseAddress());
            assertDoesNotThrow(() -> next.bind(address));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endThatClosesFirstKeepsThePort() throws IOException {
        SocketAddress server;
        SocketAddress client;
        try (ServerSocket listener = new ServerSocket(0, 50, nobodyElses());
                Socket caller = call(listener);
                Socket connection = listener.accept()) {
            server = listener.getLocalSocketAddress();
            client = caller.getLocalSocketAddress();
            caller.close();
            assertEquals(-1, connection.getInputStream().read());
            // The second close waits (5 seconds at most) until the other end has confirmed it.
            connection.setSoLinger(true, 5);
        }
        assertThrows(BindException.class, () -> bindWithoutReuse(client));
        assertDoesNotThrow(() -> bindWithoutReuse(server));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void newCallEndsTimeWait() throws IOException {
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

    @Test
    @EnabledOnOs(OS.LINUX)
    void resetLeavesNoTimeWait() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, nobodyElses());
                Socket caller = new Socket()) {
            caller.bind(new InetSocketAddress(nobodyElses(), 0));
            caller.connect(listener.getLocalSocketAddress());
            SocketAddress own = caller.getLocalSocketAddress();
            reset(caller);
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

    private static Socket call(ServerSocket listener) throws IOException {
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
                Socket caller = call(listener)) {
            listener.accept().close();
            assertEquals(-1, caller.getInputStream().read());
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
