package lesson01.homework;

import static lesson01.homework.SocketState.BOUND;
import static lesson01.homework.SocketState.CLOSED;
import static lesson01.homework.SocketState.CONNECTED;
import static lesson01.homework.SocketState.CREATED;

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
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** What {@link SocketState} promises, of real sockets on the loopback. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class SocketStateTest {

    private static final String IS_CONNECTED =
            "An open socket that was connected, or accepted, is CONNECTED.";
    private static final String STAYS_WHEN_SHUT =
            "It stays CONNECTED when one or both of its directions are shut down"
                    + " (Socket.shutdownInput, Socket.shutdownOutput).";
    private static final String IS_CLOSED = "A closed socket is CLOSED, whatever it was before.";
    private static final String ASKS =
            "of asks the socket at each call, keeps no socket in memory, and may be called by"
                    + " several threads at once.";
    private static final String AT_ONCE = "of throws nothing, and does not wait for the peer.";
    private static final String LEAVES =
            "of leaves the socket as it was: it binds, closes, reads, writes and sets nothing, and"
                    + " opens no descriptor.";

    private static final String DOES =
            "Does it do something to the socket that it should only ask?";

    private static final String OF_EVERY_SOCKET =
            "Is isClosed() asked of every socket, even of one without an address?";

    /** How long a call may take that must not wait, in seconds. */
    private static final int PATIENCE = 2;

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    @Order(1)
    @Proves({"An open socket that has no address and no peer yet is CREATED.", AT_ONCE})
    void aNewSocketIsCreated() throws Exception {
        try (Socket socket = new Socket()) {
            String cause = "What does a new socket answer to each of the three questions?";
            expect(CREATED, socket, "asked a new Socket", cause, 2);
        }
    }

    @Test
    @Order(2)
    @Proves({"An open socket that has an address of its own, and no peer yet, is BOUND.", AT_ONCE})
    void aBoundSocketIsBound() throws Exception {
        try (Socket socket = bound();
                Socket ofAnyAddress = new Socket()) {
            ofAnyAddress.bind(new InetSocketAddress(0)); // all addresses of the machine, any port
            String cause = "Which question tells a bound socket from a new one?";
            expect(BOUND, socket, "asked a bound socket", cause, 2);
            expect(
                    BOUND,
                    ofAnyAddress,
                    "asked a socket bound to port 0 of every address",
                    cause,
                    2);
        }
    }

    @Test
    @Order(3)
    @Proves({IS_CONNECTED, AT_ONCE})
    void aConnectedSocketIsConnected() throws Exception {
        try (Connection ends = new Connection()) {
            String cause = "Which question tells a connected socket from a bound one?";
            expect(CONNECTED, ends.near, "asked a socket after connect", cause, 2);
            expect(CONNECTED, ends.far, "asked an accepted socket", cause, 2);
        }
    }

    @Test
    @Order(4)
    @Proves(IS_CLOSED)
    void aNewSocketIsClosedAfterClose() throws Exception {
        Socket socket = new Socket();
        socket.close();
        expect(CLOSED, socket, "closed a new Socket, asked it", OF_EVERY_SOCKET, 1);
    }

    @Test
    @Order(5)
    @Proves(IS_CLOSED)
    void aBoundSocketIsClosedAfterClose() throws Exception {
        Socket socket = bound();
        socket.close();
        expect(CLOSED, socket, "closed a bound socket, asked it", OF_EVERY_SOCKET, 1);
    }

    @Test
    @Order(6)
    @Proves(IS_CLOSED)
    void aConnectedSocketIsClosedAfterClose() throws Exception {
        try (Connection ends = new Connection()) {
            ends.near.close();
            expect(CLOSED, ends.near, "closed a connected socket, asked it", OF_EVERY_SOCKET, 1);
        }
    }

    @Test
    @Order(7)
    @Proves(ASKS)
    void eachSocketHasAStateOfItsOwn() throws Exception {
        try (Socket first = new Socket();
                Connection ends = new Connection();
                Socket last = new Socket()) {
            String cause = "Is something kept about another socket, in a static field?";
            expect(CREATED, first, "asked a new Socket after other sockets", cause, 1);
            expect(CONNECTED, ends.near, "asked a connected socket after a new one", cause, 1);
            expect(CREATED, last, "asked a new Socket after a connected one", cause, 1);
        }
    }

    @Test
    @Order(8)
    @Proves(STAYS_WHEN_SHUT)
    void aSocketWithOneDirectionShutIsConnected() throws Exception {
        try (Connection ends = new Connection()) {
            ends.near.shutdownInput();
            ends.far.shutdownOutput();
            String cause = "Is a socket closed when one of its directions is shut?";
            expect(CONNECTED, ends.near, "asked a socket after shutdownInput()", cause, 2);
            expect(CONNECTED, ends.far, "asked a socket after shutdownOutput()", cause, 2);
        }
    }

    @Test
    @Order(9)
    @Proves(STAYS_WHEN_SHUT)
    void aSocketWithBothDirectionsShutIsConnected() throws Exception {
        try (Connection ends = new Connection()) {
            ends.near.shutdownInput();
            ends.near.shutdownOutput();
            String tried = "asked a socket after shutdownInput() and shutdownOutput()";
            String cause = "Is a socket closed when both of its directions are shut?";
            expect(CONNECTED, ends.near, tried, cause, 2);
        }
    }

    @Test
    @Order(10)
    @Proves("It stays CONNECTED when its peer has closed.")
    void aSocketWhosePeerHasClosedIsConnected() throws Exception {
        try (Connection ends = new Connection()) {
            ends.far.close();
            String cause = "Does it look at the peer, or only at the socket itself?";
            expect(CONNECTED, ends.near, "closed the peer of a socket, asked it", cause, 2);
        }
    }

    @Test
    @Order(11)
    @Proves(ASKS)
    void theStateFollowsTheSocket() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
                Socket socket = new Socket()) {
            String again = "asked the same socket again after ";
            String cause = "Is the socket asked at each call?";
            expect(CREATED, socket, "asked a new Socket", cause, 1);
            done(() -> socket.bind(new InetSocketAddress(LOOPBACK, 0)), "bound it");
            expect(BOUND, socket, again + "bind", cause, 1);
            done(() -> socket.connect(listener.getLocalSocketAddress()), "connected it");
            expect(CONNECTED, socket, again + "connect", cause, 1);
            socket.close();
            expect(CLOSED, socket, again + "close", cause, 1);
        }
    }

    @Test
    @Order(12)
    @Proves(ASKS)
    void twoQuestionsAtOnceShareNothing() throws Exception {
        try (Socket other = bound();
                Socket socket = new AskedMeanwhile(other)) {
            String tried = "asked a new Socket, while another thread asked a bound one";
            String cause = "Is something kept about another socket, in a static field?";
            expect(CREATED, socket, tried, cause, 1);
        }
    }

    @Test
    @Order(13)
    @Proves(ASKS)
    void askingKeepsNoSocket() throws Exception {
        WeakReference<Socket> asked = askedAndLost();
        long end = System.nanoTime() + SECONDS.toNanos(PATIENCE);
        for (int i = 0; asked.get() != null && (i < 4 || System.nanoTime() < end); i++) {
            System.gc(); // once is enough, when the thread that asked has ended
            LockSupport.parkNanos(MILLISECONDS.toNanos(10));
        }
        Tried.to("asked a socket that nobody needs any more")
                .check(
                        asked.get() == null,
                        "that its memory is freed",
                        "a socket that is kept",
                        "Is there a list or a map of sockets?",
                        1);
    }

    private static WeakReference<Socket> askedAndLost() throws Exception {
        Socket socket = new Socket();
        ask(socket);
        socket.close();
        ask(socket);
        return new WeakReference<>(socket);
    }

    @Test
    @Order(14)
    @Proves(LEAVES)
    void askingBindsAndClosesNothing() throws Exception {
        try (Socket created = new Socket();
                Socket bound = bound();
                Connection ends = new Connection()) {
            ask(created);
            ask(bound);
            ask(ends.near);
            same("bound false, closed false", seen(created), "asked a new Socket, looked at it");
            same("bound true, closed false", seen(bound), "asked a bound socket, looked at it");
            same("bound true, closed false", seen(ends.near), "asked a connected socket");
        }
    }

    @Test
    @Order(15)
    @Proves({LEAVES, AT_ONCE})
    void askingReadsAndWritesNothing() throws Exception {
        try (Connection ends = new Connection()) {
            ends.far.setOOBInline(true); // urgent bytes are read, too
            ends.far.getOutputStream().write('x');
            ask(ends.near);
            String tried = "sent x to a socket, asked it, read there";
            same("x", read(ends.near), tried);
            done(() -> ends.near.getOutputStream().write('y'), "sent y from it");
            same("y", read(ends.far), "asked a socket, sent y from it, read at its peer");
        }
    }

    @Test
    @Order(16)
    @Proves(LEAVES)
    void askingSetsNoOption() throws Exception {
        try (Connection ends = new Connection()) {
            String before = options(ends.near);
            ask(ends.near);
            String after = "closed";
            if (!ends.near.isClosed()) {
                after = options(ends.near);
            }
            same(before, after, "asked a connected socket, looked at its options");
        }
    }

    @Test
    @Order(17)
    @Proves(LEAVES)
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "Java counts descriptors on Unix only")
    void askingOpensNoDescriptor() throws Exception {
        Socket[] sockets = new Socket[50];
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
        Tried.to("asked %d new Sockets", sockets.length)
                .check( // other threads of this JVM may open a few
                        more <= 20,
                        "no descriptor opened",
                        more,
                        "Is an option of the socket read or set?",
                        2);
    }

    private static void expect(
            SocketState state, Socket socket, String done, String cause, int hint)
            throws Exception {
        Tried tried = Tried.to(done);
        Object got;
        try {
            got = ask(tried, socket);
        } catch (Exception e) {
            tried.fail(state.name(), e, "Which question fails without an address or a peer?", 2);
            return;
        }
        String order = order(state, got);
        tried.same(state, got, order == null ? cause : order, order == null ? hint : 1);
    }

    /** Returns the question to an answer that was given too soon, or null. */
    private static String order(SocketState state, Object got) {
        if (state == CONNECTED && got == BOUND) {
            return "A connected socket is bound, too: which is asked first?";
        }
        if (state == CLOSED && got == CONNECTED) {
            return "isConnected() stays true after close: which is asked first?";
        }
        if (state == CLOSED && got == BOUND) {
            return "isBound() stays true after close: which is asked first?";
        }
        return null;
    }

    private static Object ask(Tried tried, Socket socket) throws Exception {
        String cause = "Does it read, and so wait for the peer?";
        return tried.within(PATIENCE, () -> SocketState.of(socket), "an answer at once", cause, 2);
    }

    /** Asks for what it does to the socket; what it returns is the matter of other tests. */
    private static void ask(Socket socket) throws Exception {
        Tried tried = Tried.to("asked a socket");
        try {
            ask(tried, socket);
        } catch (IOException | RuntimeException e) {
            tried.fail("a state", e, "Which question fails without an address or a peer?", 2);
        }
    }

    private static void same(String expected, String got, String done) {
        Tried.to(done).same(expected, got, DOES, 2);
    }

    /** Does what a socket is there for; that it fails is the fault of who has asked before. */
    private static void done(Step step, String what) throws Exception {
        try {
            step.take();
        } catch (IOException e) {
            Tried.to("asked a socket, then %s", what).fail("no exception", e, DOES, 2);
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

    private static String options(Socket socket) throws IOException {
        return Tried.say(
                "timeout %d, no delay %b, keep-alive %b, reuse %b, linger %d",
                socket.getSoTimeout(),
                socket.getTcpNoDelay(),
                socket.getKeepAlive(),
                socket.getReuseAddress(),
                socket.getSoLinger());
    }

    /** Returns how many files, pipes and sockets this process has open. */
    private static long descriptors() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    /** Returns the byte that has come, as text; it does not wait for longer than the others. */
    private static String read(Socket socket) {
        try {
            socket.setSoTimeout(1000 * PATIENCE);
            int read = socket.getInputStream().read();
            return read < 0 ? "the end of the stream" : Tried.say(read < ' ' ? "%d" : "%c", read);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Something that is done to a socket. */
    private interface Step {
        void take() throws IOException;
    }

    /** A new socket; between its answers another socket is asked, as a second thread may. */
    private static final class AskedMeanwhile extends Socket {
        private final Socket other;

        AskedMeanwhile(Socket other) {
            this.other = other;
        }

        private <T> T meanwhile(T answer) {
            SocketState.of(other);
            return answer;
        }

        @Override
        public boolean isClosed() {
            return meanwhile(super.isClosed());
        }

        @Override
        public boolean isConnected() {
            return meanwhile(super.isConnected());
        }

        @Override
        public boolean isBound() {
            return meanwhile(super.isBound());
        }
    }

    /** The two sockets of a connection. */
    private static final class Connection implements Closeable {
        final Socket near;
        final Socket far;

        Connection() throws IOException {
            try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
                near = new Socket(LOOPBACK, listener.getLocalPort());
                far = listener.accept();
            }
        }

        @Override
        public void close() throws IOException {
            near.close();
            far.close();
        }
    }
}
