package lesson04;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;

import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;

/** Each failure becomes one line: what happened, the system's words for it, what to do next. */
class FailureTest {

    private final InetSocketAddress free =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void noDescriptorLeft() {
        // Constructed: the real one would take the descriptors of the other tests.
        assertEquals(
                "no socket left for null (Too many open files). Close what is no longer used.",
                Failure.explain(new SocketException("Too many open files"), null));
    }

    @Test
    void unknownHostToConnectTo() throws IOException {
        InetSocketAddress nowhere = new InetSocketAddress("a..b", 5004);
        try (Socket socket = new Socket()) {
            assertExplained(
                    "nobody knows the host in %s (%s). Check how it is spelled.",
                    nowhere, UnknownHostException.class, () -> socket.connect(nowhere));
        }
    }

    @Test
    void unknownHostToBindTo() throws IOException {
        InetSocketAddress nowhere = new InetSocketAddress("a..b", 5004);
        try (ServerSocket listener = new ServerSocket()) {
            assertExplained(
                    "nobody knows the host in %s (%s). Check how it is spelled.",
                    nowhere, SocketException.class, () -> listener.bind(nowhere));
        }
    }

    @Test
    void addressTaken() throws IOException {
        try (ServerSocket first = listen();
                ServerSocket second = new ServerSocket()) {
            assertExplained(
                    "%s is taken (%s). Stop the program that has it, or name another port.",
                    first.getLocalSocketAddress(),
                    BindException.class,
                    () -> second.bind(first.getLocalSocketAddress()));
        }
    }

    @Test
    void addressOfAnotherMachine() throws IOException {
        InetSocketAddress elsewhere = new InetSocketAddress("203.0.113.1", 0); // RFC 5737: nobody's
        try (ServerSocket listener = new ServerSocket()) {
            assertExplained(
                    "%s is not on this machine (%s). Name localhost, or an address of its own.",
                    elsewhere, BindException.class, () -> listener.bind(elsewhere));
        }
    }

    @Test
    void notAllowed() {
        // Constructed: root may bind any port, and it takes a firewall to deny a connect, which may
        // be to any port.
        for (int port : new int[] {80, 5004}) {
            InetSocketAddress address = new InetSocketAddress(free.getAddress(), port);
            assertEquals(
                    "the system does not allow "
                            + address
                            + " (Permission denied). Name another port.",
                    Failure.explain(new BindException("Permission denied"), address));
        }
    }

    @Test
    void noIPv6() {
        // Constructed: most machines have IPv6. JDK 17 says it as here, JDK 25 with IPv6 before it.
        InetSocketAddress ipv6 = new InetSocketAddress("::1", 5004);
        assertEquals(
                ipv6
                        + " needs IPv6, which this machine lacks (Protocol family unavailable)."
                        + " Name 127.0.0.1.",
                Failure.explain(new SocketException("Protocol family unavailable"), ipv6));
    }

    @Test
    void nobodyListens() throws IOException {
        // A client's port: it is taken, so nobody else listens there meanwhile.
        try (ServerSocket listener = listen();
                Socket taken = connect(listener);
                Socket socket = new Socket()) {
            assertExplained(
                    "nobody listens on %s (%s). Start the server first.",
                    taken.getLocalSocketAddress(),
                    ConnectException.class,
                    () -> socket.connect(taken.getLocalSocketAddress()));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a full queue may refuse")
    void queueFull() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, free.getAddress());
                Socket first = connect(listener);
                Socket second = connect(listener);
                Socket third = new Socket()) {
            assertExplained(
                    "%s does not answer (%s). It is busy, or behind a firewall.",
                    listener.getLocalSocketAddress(),
                    SocketTimeoutException.class,
                    () -> third.connect(listener.getLocalSocketAddress(), 200));
        }
    }

    /** Java says nothing of a connect whose time was over before it called the kernel. */
    @Test
    void timedOutWithoutWords() {
        assertEquals(
                free
                        + " does not answer (SocketTimeoutException)."
                        + " It is busy, or behind a firewall.",
                Failure.explain(new SocketTimeoutException(), free));
    }

    @Test
    void kernelGaveUpCalling() {
        // Constructed: it gives up after minutes. Linux, macOS and Windows say it like this.
        for (String words :
                List.of(
                        "Connection timed out",
                        "Operation timed out",
                        "Connection timed out: getsockopt")) {
            assertEquals(
                    free + " does not answer (" + words + "). It is busy, or behind a firewall.",
                    Failure.explain(new ConnectException(words), free));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the address is one that Linux has no route to")
    void noRouteLeadsThere() throws IOException {
        InetSocketAddress away = new InetSocketAddress("127.255.255.255", 5004);
        try (Socket socket = new Socket()) {
            assertExplained(
                    "no route leads to %s (%s). Check the address, and the network.",
                    away, SocketException.class, () -> socket.connect(away, 5_000));
        }
    }

    @Test
    void noRouteToHost() {
        // Constructed: it takes a network to have no route in it.
        assertEquals(
                "no route leads to "
                        + free
                        + " (No route to host). Check the address, and the network.",
                Failure.explain(new NoRouteToHostException("No route to host"), free));
    }

    @Test
    void reset() throws IOException {
        try (ServerSocket listener = listen();
                Socket socket = connect(listener)) {
            resetNext(listener);
            assertExplained(
                    "%s cut the connection (%s). What was on its way is lost.",
                    socket.getRemoteSocketAddress(),
                    SocketException.class,
                    () -> socket.getInputStream().read());
        }
    }

    @Test
    void cutInTheWordsOfWindows() {
        // Constructed: a write fails with a SocketException, and accept with a plain IOException.
        for (String words :
                List.of(
                        "An existing connection was forcibly closed by the remote host",
                        "An established connection was aborted by the software in your host"
                                + " machine")) {
            String sentence =
                    free + " cut the connection (" + words + "). What was on its way is lost.";
            assertEquals(sentence, Failure.explain(new SocketException(words), free));
            assertEquals(sentence, Failure.explain(new IOException(words), free));
        }
    }

    @Test
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "Windows has other words for it")
    void peerGone() throws IOException {
        try (ServerSocket listener = listen();
                Socket socket = connect(listener)) {
            resetNext(listener);
            assertThrows(SocketException.class, () -> socket.getInputStream().read());
            assertExplained(
                    "%s has gone (%s). What was sent last is lost.",
                    socket.getRemoteSocketAddress(),
                    SocketException.class,
                    () -> socket.getOutputStream().write(1));
        }
    }

    @Test
    void silence() throws IOException {
        try (ServerSocket listener = listen();
                Socket socket = connect(listener)) {
            socket.setSoTimeout(20);
            assertExplained(
                    "%s was silent for too long (%s). It must connect again.",
                    socket.getRemoteSocketAddress(),
                    SocketTimeoutException.class,
                    () -> socket.getInputStream().read());
        }
    }

    @Test
    void endTooEarly() throws IOException {
        try (ServerSocket listener = listen();
                Socket socket = connect(listener);
                PipedOutputStream keyboard = new PipedOutputStream();
                InputStream input = new PipedInputStream(keyboard)) {
            listener.accept().close();
            assertExplained(
                    "%s hung up before it had everything (%s). Start again.",
                    socket.getRemoteSocketAddress(),
                    EOFException.class,
                    () -> Client.converse(socket, input, OutputStream.nullOutputStream()));
        }
    }

    @Test
    void ownInputFails() {
        // Constructed, since it takes a process whose standard input is a folder.
        assertEquals(
                "our own input or output failed (Is a directory). Check the redirection.",
                Failure.explain(new IOException("Is a directory"), free));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a file that is always full")
    void ownOutputFails() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            IOException e = assertThrows(IOException.class, () -> full.write(1));
            assertEquals(
                    "our own input or output failed ("
                            + e.getMessage()
                            + "). Check the redirection.",
                    Failure.explain(e, free));
        }
    }

    @Test
    void ownOutputIsAPipeThatNobodyReads() {
        assertEquals(
                "our own input or output failed (Broken pipe). Check the redirection.",
                Failure.explain(new IOException("Broken pipe"), free));
    }

    @Test
    void otherWordsAreToBeSearchedFor() {
        assertEquals(
                free + " failed (Out of order). Search for the words in parentheses.",
                Failure.explain(new SocketException("Out of order"), free));
    }

    @Test
    void failureWithoutWordsOrName() {
        assertEquals(
                free + " failed (IOException). Search for the words in parentheses.",
                Failure.explain(new IOException(), free));
    }

    private ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, free.getAddress());
    }

    private static Socket connect(ServerSocket listener) throws IOException {
        return new Socket(listener.getInetAddress(), listener.getLocalPort());
    }

    private static void resetNext(ServerSocket listener) throws IOException {
        try (Socket connection = listener.accept()) {
            connection.setSoLinger(true, 0);
        }
    }

    private static void assertExplained(
            String sentence,
            SocketAddress address,
            Class<? extends IOException> type,
            Executable failing) {
        IOException e = assertThrows(type, failing);
        assertEquals(String.format(sentence, address, e.getMessage()), Failure.explain(e, address));
    }
}
