package lesson02;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What lesson 2 states of addresses, and of sockets that have one. */
class FactsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** An address on loopback whose port the kernel chooses. */
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(LOOPBACK, 0);

    @Test
    void addressIsIpAddressAndPort() throws IOException {
        InetAddress one = InetAddress.getByName("127.0.0.1");
        InetAddress other = InetAddress.getByName("127.0.0.2");
        InetSocketAddress address = new InetSocketAddress(one, 5002);
        assertEquals(address, new InetSocketAddress(one, 5002));
        assertNotEquals(address, new InetSocketAddress(one, 5003));
        assertNotEquals(address, new InetSocketAddress(other, 5002));
    }

    @Test
    void portAbove65535IsNoAddress() {
        assertDoesNotThrow(() -> new InetSocketAddress(LOOPBACK, 65_535));
        assertThrows(IllegalArgumentException.class, () -> new InetSocketAddress(LOOPBACK, 70_000));
    }

    @Test
    void portZeroLetsTheKernelChoose() throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(LOOPBACK, 0));
            assertNotEquals(0, socket.getLocalPort());
        }
    }

    @Test
    void kernelChoosesAnotherPortForEachSocket() throws IOException {
        try (Socket one = new Socket();
                Socket other = new Socket()) {
            one.bind(ANY_PORT);
            other.bind(ANY_PORT);
            assertNotEquals(one.getLocalPort(), other.getLocalPort());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void kernelChoosesFromItsEphemeralRange() throws IOException {
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        String[] ends = Files.readAllLines(range).get(0).split("\t");
        try (Socket socket = new Socket()) {
            socket.bind(ANY_PORT);
            assertTrue(Integer.parseInt(ends[0]) <= socket.getLocalPort());
            assertTrue(socket.getLocalPort() <= Integer.parseInt(ends[1]));
        }
    }

    @Test
    void portAloneBindsTheWildcard() throws IOException {
        try (ServerSocket listener = new ServerSocket(0)) {
            assertTrue(listener.getInetAddress().isAnyLocalAddress());
            assertEquals("0.0.0.0", listener.getInetAddress().getHostAddress());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void kernelListsTheWildcardAsZeros() throws IOException {
        assumeIPv6();
        try (ServerSocket listener = new ServerSocket(0);
                Stream<String> list = Files.lines(Path.of("/proc/net/tcp6"))) {
            // The local address and port, the peer's, and the state: 0A is listening.
            String line = String.format(" 0{32}:%04X 0{32}:0000 0A ", listener.getLocalPort());
            assertTrue(list.anyMatch(Pattern.compile(line).asPredicate()));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void wildcardAnswersAtEveryAddress() throws IOException {
        try (ServerSocket listener = new ServerSocket(0)) {
            int port = listener.getLocalPort();
            assertDoesNotThrow(() -> call(new InetSocketAddress("127.0.0.1", port)));
            assertDoesNotThrow(() -> call(new InetSocketAddress("127.0.0.2", port)));
        }
    }

    @Test
    void wildcardAnswersOverIPv4AndIPv6() throws IOException {
        assumeIPv6();
        try (ServerSocket listener = new ServerSocket(0)) {
            int port = listener.getLocalPort();
            assertDoesNotThrow(() -> call(new InetSocketAddress("127.0.0.1", port)));
            assertDoesNotThrow(() -> call(new InetSocketAddress("::1", port)));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void listenerAnswersOnlyAtItsOwnAddress() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = listener.getLocalPort();
            assertDoesNotThrow(() -> call(new InetSocketAddress("127.0.0.1", port)));
            assertThrows(
                    ConnectException.class, () -> call(new InetSocketAddress("127.0.0.2", port)));
        }
    }

    @Test
    void loopbackOfIPv4AndOfIPv6AreTwoAddresses() throws IOException {
        assumeIPv6();
        int port = freePort();
        try (ServerSocket one = new ServerSocket();
                ServerSocket other = new ServerSocket()) {
            one.bind(new InetSocketAddress("127.0.0.1", port));
            other.bind(new InetSocketAddress("::1", port));
            assertNotEquals(one.getLocalSocketAddress(), other.getLocalSocketAddress());
        }
    }

    @Test
    void localhostIsLoopback() throws IOException {
        for (InetAddress address : InetAddress.getAllByName("localhost")) {
            assertTrue(address.isLoopbackAddress());
        }
    }

    @Test
    void nameIsLookedUpWhenTheAddressIsMade() {
        assertFalse(new InetSocketAddress("localhost", 0).isUnresolved());
        assertTrue(new InetSocketAddress("a..b", 0).isUnresolved());
    }

    @Test
    void bindLooksUpNoName() throws IOException {
        SocketAddress address = InetSocketAddress.createUnresolved("localhost", 0);
        try (Socket socket = new Socket()) {
            SocketException e = assertThrows(SocketException.class, () -> socket.bind(address));
            assertEquals("Unresolved address", e.getMessage());
        }
    }

    @Test
    void boundIsNotListening() throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(ANY_PORT);
            assertThrows(ConnectException.class, () -> call(socket.getLocalSocketAddress()));
        }
    }

    @Test
    void bindOfServerSocketListensToo() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(ANY_PORT);
            assertDoesNotThrow(() -> call(listener.getLocalSocketAddress()));
        }
    }

    @Test
    void secondServerSocketCannotHaveTheAddress() throws IOException {
        try (ServerSocket owner = new ServerSocket();
                ServerSocket second = new ServerSocket()) {
            owner.bind(ANY_PORT);
            SocketAddress taken = owner.getLocalSocketAddress();
            assertThrows(BindException.class, () -> second.bind(taken));
        }
    }

    @Test
    void secondSocketCannotHaveTheAddress() throws IOException {
        try (ServerSocket owner = new ServerSocket();
                Socket second = new Socket()) {
            owner.bind(ANY_PORT);
            SocketAddress taken = owner.getLocalSocketAddress();
            assertThrows(BindException.class, () -> second.bind(taken));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void wildcardOwnsThePortAtEveryAddress() throws IOException {
        try (ServerSocket owner = new ServerSocket(0);
                ServerSocket second = new ServerSocket()) {
            InetSocketAddress part = new InetSocketAddress(LOOPBACK, owner.getLocalPort());
            assertThrows(BindException.class, () -> second.bind(part));
        }
    }

    @Test
    void socketIsBoundOnce() throws IOException {
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            listener.bind(ANY_PORT);
            assertThrows(SocketException.class, () -> listener.bind(ANY_PORT));
            socket.bind(ANY_PORT);
            assertThrows(SocketException.class, () -> socket.bind(ANY_PORT));
        }
    }

    @Test
    void addressIsFreeAtOnceAfterClose() throws IOException {
        ServerSocket first = new ServerSocket();
        first.bind(ANY_PORT);
        SocketAddress address = first.getLocalSocketAddress();
        first.close();
        try (ServerSocket second = new ServerSocket()) {
            second.bind(address);
            assertEquals(address, second.getLocalSocketAddress());
        }
    }

    @Test
    void killedProcessGivesItsAddressBack() throws Exception {
        String java = "" + Path.of(System.getProperty("java.home"), "bin", "java");
        URI classes = Server.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Process server =
                new ProcessBuilder(
                                java,
                                "-cp",
                                "" + Path.of(classes),
                                "lesson02.Server",
                                "localhost",
                                "0")
                        .start();
        try (ServerSocket next = new ServerSocket()) {
            String port = server.inputReader().readLine().replaceFirst(".*:", "");
            SocketAddress address = new InetSocketAddress("localhost", Integer.parseInt(port));
            assertThrows(BindException.class, () -> new ServerSocket().bind(address));
            server.destroyForcibly().waitFor();
            assertDoesNotThrow(() -> next.bind(address));
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void addressOfAnotherMachineCannotBeBound() throws IOException {
        // 203.0.113.0/24 is for documentation (RFC 5737): no machine has an address of it.
        InetSocketAddress elsewhere = new InetSocketAddress("203.0.113.1", 0);
        try (Socket socket = new Socket()) {
            assertThrows(BindException.class, () -> socket.bind(elsewhere));
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void portsOfTcpAndOfUdpAreSeparate() throws IOException {
        try (ServerSocket listener = new ServerSocket();
                DatagramSocket mailbox = new DatagramSocket(null)) {
            listener.bind(ANY_PORT);
            mailbox.bind(listener.getLocalSocketAddress());
            assertEquals(listener.getLocalSocketAddress(), mailbox.getLocalSocketAddress());
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void pathIsAnAddressToo(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            assertTrue(Files.exists(address.getPath()));
            try (SocketChannel caller = SocketChannel.open(address)) {
                assertEquals(address, caller.getRemoteAddress());
            }
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void pathStaysAfterCloseAndBlocksTheNextBind(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        ServerSocketChannel first = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        first.bind(address);
        first.close();
        try (ServerSocketChannel next = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThrows(BindException.class, () -> next.bind(address));
            Files.delete(address.getPath());
            assertDoesNotThrow(() -> next.bind(address));
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void pathOfMoreThanAbout100BytesFails(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("s".repeat(110));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThrows(
                    SocketException.class, () -> listener.bind(UnixDomainSocketAddress.of(path)));
        }
    }

    /** Connects to {@code address}, and hangs up. */
    private static void call(SocketAddress address) throws IOException {
        try (Socket caller = new Socket()) {
            caller.connect(address);
        }
    }

    /**
     * Returns a port that no address of this machine has. Nobody keeps it, but the kernel would
     * have to choose this one of many thousands for somebody else before the caller binds it.
     */
    private static int freePort() throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(0));
            return socket.getLocalPort();
        }
    }

    private static void assumeIPv6() throws IOException {
        InetAddress loopback = InetAddress.getByName("::1");
        assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 loopback here");
    }
}
