package lesson01.homework;

import static lesson01.homework.SocketState.BOUND;
import static lesson01.homework.SocketState.CLOSED;
import static lesson01.homework.SocketState.CONNECTED;
import static lesson01.homework.SocketState.CREATED;

import static org.junit.jupiter.api.Assertions.fail;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.sun.management.UnixOperatingSystemMXBean;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/** Asks for the state of real sockets on the loopback. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class SocketStateTest {

    private static final String HANGS = "no answer within 2 s";

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    @Order(1)
    void newSocketIsCreated() throws Exception {
        try (Socket socket = new Socket()) {
            String cause = "Does it ask for a peer that is not there yet? See hint 2.";
            expect(CREATED, socket, "asked for the state of a new Socket", cause);
        }
    }

    @Test
    @Order(2)
    void boundSocketIsBound() throws Exception {
        try (Socket socket = bound()) {
            String cause = "Which question tells a bound socket from a new one? See hint 2.";
            expect(BOUND, socket, "asked for the state of a bound socket", cause);
        }
    }

    @Test
    @Order(3)
    void connectedSocketIsConnected() throws Exception {
        try (Connection ends = new Connection()) {
            String cause = "A connected socket is bound, too: which is asked first? See hint 1.";
            expect(CONNECTED, ends.caller, "asked for the state of a socket after connect", cause);
            expect(CONNECTED, ends.called, "asked for the state of an accepted socket", cause);
        }
    }

    @Test
    @Order(4)
    void closedSocketIsClosed() throws Exception {
        Socket socket = new Socket();
        socket.close();
        String cause = "Does it stop asking once the socket has no address? See hint 1.";
        expect(CLOSED, socket, "closed a socket that was new, asked for its state", cause);
    }

    @Test
    @Order(5)
    void socketThatWasBoundIsClosedAfterClose() throws Exception {
        Socket socket = bound();
        socket.close();
        String cause = "isBound() stays true after close: which is asked first? See hint 1.";
        expect(CLOSED, socket, "closed a socket that was bound, asked for its state", cause);
    }

    @Test
    @Order(6)
    void socketThatWasConnectedIsClosedAfterClose() throws Exception {
        try (Connection ends = new Connection()) {
            ends.caller.close();
            String tried = "closed a socket that was connected, asked for its state";
            String cause = "isConnected() stays true after close: which is asked first?";
            expect(CLOSED, ends.caller, tried, cause + " See hint 1.");
        }
    }

    @Test
    @Order(7)
    void halfClosedSocketIsConnected() throws Exception {
        try (Connection ends = new Connection()) {
            ends.caller.shutdownInput();
            ends.called.shutdownOutput();
            String cause = "Does a direction that is shut change the state? See hint 2.";
            expect(CONNECTED, ends.caller, "asked for the state after shutdownInput()", cause);
            expect(CONNECTED, ends.called, "asked for the state after shutdownOutput()", cause);
        }
    }

    @Test
    @Order(8)
    void socketWithBothDirectionsShutIsConnected() throws Exception {
        try (Connection ends = new Connection()) {
            ends.caller.shutdownInput();
            ends.caller.shutdownOutput();
            String tried = "asked for the state after shutdownInput() and shutdownOutput()";
            String cause = "Is a socket closed when both of its directions are? See hint 2.";
            expect(CONNECTED, ends.caller, tried, cause);
        }
    }

    @Test
    @Order(9)
    void socketWhosePeerHasClosedIsConnected() throws Exception {
        try (Connection ends = new Connection()) {
            ends.called.close();
            String tried = "closed the peer of a socket, asked for the socket's state";
            String cause = "Does it look at more than the socket's own close? See hint 2.";
            expect(CONNECTED, ends.caller, tried, cause);
        }
    }

    @Test
    @Order(10)
    void stateFollowsTheSocket() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
                Socket socket = new Socket()) {
            String tried = "asked the same socket again after ";
            String cause = "Is the socket asked at each call? See hint 1.";
            expect(CREATED, socket, "asked a new Socket", cause);
            socket.bind(new InetSocketAddress(LOOPBACK, 0));
            expect(BOUND, socket, tried + "bind", cause);
            socket.connect(listener.getLocalSocketAddress());
            expect(CONNECTED, socket, tried + "connect", cause);
            socket.close();
            expect(CLOSED, socket, tried + "close", cause);
        } catch (SocketException e) {
            String cause = "Does it do to the socket what it only has to ask for? See hint 2.";
            same(
                    "no exception",
                    e,
                    "asked a socket, bound and connected it, and asked again",
                    cause);
        }
    }

    @Test
    @Order(11)
    void askingChangesNothing() throws Exception {
        try (Socket created = new Socket();
                Socket bound = bound();
                Connection ends = new Connection()) {
            ends.called.getOutputStream().write('x');
            ends.called.shutdownOutput(); // the caller reads x, then the end of the stream
            ask(created);
            ask(bound);
            ask(ends.caller);
            String cause = "Does it do to the socket what it only has to ask for? See hint 2.";
            same("bound false, closed false", seen(created), "asked a new Socket", cause);
            same("bound true, closed false", seen(bound), "asked a bound socket", cause);
            String tried = "sent x to a socket, asked for its state, read it";
            same("x, closed false", readAndSeen(ends.caller), tried, cause);
        }
    }

    @Test
    @Order(12)
    void askingLeavesTheOptionsAlone() throws Exception {
        try (Connection ends = new Connection()) {
            Object before = options(ends.caller);
            ask(ends.caller);
            String cause = "Does it set an option of the socket? See hint 2.";
            same(before, options(ends.caller), "asked a connected socket", cause);
        }
    }

    @Test
    @Order(13)
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "Java counts descriptors on Unix only")
    void askingOpensNoDescriptor() throws Exception {
        Socket[] sockets = new Socket[51];
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = new Socket();
        }
        ask(sockets[0]); // what Java opens at its first use
        long before = descriptors();
        for (Socket socket : sockets) {
            ask(socket);
        }
        long more = descriptors() - before;
        for (Socket socket : sockets) {
            socket.close();
        }
        if (more > 20) { // other threads of this JVM may open a few
            String got = "asked 50 new Sockets; expected no descriptor opened; got " + more;
            fail(got + ". Does it read or set an option of the socket? See hint 2.");
        }
    }

    private static Socket bound() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(LOOPBACK, 0));
        return socket;
    }

    private static String seen(Socket socket) {
        return "bound " + socket.isBound() + ", closed " + socket.isClosed();
    }

    private static Object options(Socket socket) throws IOException {
        try {
            return "timeout %d, no delay %b, keep-alive %b, linger %d"
                    .formatted(
                            socket.getSoTimeout(),
                            socket.getTcpNoDelay(),
                            socket.getKeepAlive(),
                            socket.getSoLinger());
        } catch (SocketException e) {
            return e;
        }
    }

    /** Returns how many files, pipes and sockets this process has open. */
    private static long descriptors() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    private static String readAndSeen(Socket socket) {
        try {
            int read = socket.getInputStream().read();
            return (read < 0 ? "end of stream" : (char) read) + ", closed " + socket.isClosed();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void expect(SocketState state, Socket socket, String tried, String cause)
            throws InterruptedException {
        Object got = ask(socket);
        same(
                state,
                got,
                tried,
                HANGS.equals(got) ? "Does it wait for the peer? See hint 2." : cause);
    }

    private static void same(Object expected, Object got, String tried, String cause) {
        if (!expected.equals(got)) {
            Throwable thrown = got instanceof Throwable failure ? failure : null;
            String came = got + (thrown == null ? "" : at(thrown));
            fail(tried + "; expected " + expected + "; got " + came + ". " + cause, thrown);
        }
    }

    /** Returns the line of the answer that {@code failure} has come from, if any. */
    private static String at(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if ("SocketState.java".equals(frame.getFileName())) {
                return ", at SocketState.java:" + frame.getLineNumber();
            }
        }
        return "";
    }

    /** Returns the state, or else what came instead of one. */
    private static Object ask(Socket socket) throws InterruptedException {
        FutureTask<SocketState> answer = new FutureTask<>(() -> SocketState.of(socket));
        Thread thread = new Thread(answer);
        thread.setDaemon(true);
        thread.start();
        try {
            long limit = System.nanoTime() + SECONDS.toNanos(6);
            for (int turn = 0; turn < 20 && System.nanoTime() < limit; turn++) {
                waitATurn(answer);
            }
            if (!answer.isDone()) {
                return HANGS;
            }
            SocketState state = answer.get();
            return state == null ? "null" : state;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            return e.getCause();
        }
    }

    /** Waits for at most 100 ms, so that a pause of the whole computer counts as one turn. */
    private static void waitATurn(FutureTask<?> answer)
            throws ExecutionException, InterruptedException {
        try {
            answer.get(100, MILLISECONDS);
        } catch (TimeoutException e) {
            // the next turn
        }
    }

    /** The two connected sockets of a connection. */
    private static final class Connection implements Closeable {
        final Socket caller;
        final Socket called;

        Connection() throws IOException {
            try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
                caller = new Socket(LOOPBACK, listener.getLocalPort());
                called = listener.accept();
            }
        }

        @Override
        public void close() throws IOException {
            caller.close();
            called.close();
        }
    }
}
