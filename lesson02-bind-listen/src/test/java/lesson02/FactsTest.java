package lesson02;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What lesson 2 states of addresses, and of sockets that have one. */
class FactsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** An address on loopback whose port the kernel chooses. */
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(LOOPBACK, 0);

    private static final Path EPHEMERAL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    /** An address is an IP address and a port: two addresses are equal when both are. */
    @Test
    void addressIsIpAddressAndPort() throws IOException {
        InetAddress one = InetAddress.getByName("127.0.0.1");
        InetAddress other = InetAddress.getByName("127.0.0.2");
        InetSocketAddress address = new InetSocketAddress(one, 5002);
        assertEquals(address, new InetSocketAddress(one, 5002));
        assertNotEquals(address, new InetSocketAddress(one, 5003));
        assertNotEquals(address, new InetSocketAddress(other, 5002));
    }

    /** A port above 65535 is no port: Java throws before there is any socket. */
    @Test
    void portAbove65535IsNoAddress() {
        assertDoesNotThrow(() -> new InetSocketAddress(LOOPBACK, 65_535));
        assertThrows(IllegalArgumentException.class, () -> new InetSocketAddress(LOOPBACK, 70_000));
    }

    /** Port 0 lets the kernel choose. */
    @Test
    void portZeroLetsTheKernelChoose() throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(LOOPBACK, 0));
            assertNotEquals(0, socket.getLocalPort());
        }
    }

    /**
     * No two sockets that are bound to port 0 of an address have the same port at the same time.
     */
    @Test
    void kernelChoosesAnotherPortForEachSocket() throws IOException {
        assertEquals(100, Set.copyOf(portsOfSocketsBoundToPortZero(100)).size());
    }

    /**
     * For port 0 the kernel chooses from its ephemeral range, which {@code
     * /proc/sys/net/ipv4/ip_local_port_range} shows. (Linux)
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void kernelChoosesFromItsEphemeralRange() throws IOException {
        String[] ends = Files.readAllLines(EPHEMERAL_RANGE).get(0).split("\t");
        for (int port : portsOfSocketsBoundToPortZero(100)) {
            assertTrue(Integer.parseInt(ends[0]) <= port, "port " + port);
            assertTrue(port <= Integer.parseInt(ends[1]), "port " + port);
        }
    }

    /** A bind to port 0 fails when all ports of the ephemeral range are taken. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void portZeroFailsWhenAllEphemeralPortsAreTaken() throws Exception {
        // A network namespace is a network of its own. The range of this one has two ports.
        String range = "echo 40000 40001 > " + EPHEMERAL_RANGE;
        List<String> namespace = List.of("unshare", "-rn", "sh", "-c");
        assumeTrue(Files.exists(Path.of("/usr/bin/unshare")), "no unshare on this machine");
        Process first = new ProcessBuilder(joined(namespace, List.of(range))).start();
        assumeTrue(first.waitFor() == 0, "no network namespaces for this user");
        List<String> inThere = joined(namespace, List.of(range + " && exec \"$@\"", "sh"));
        assertEquals(
                List.of("bound", "bound", "Address already in use"),
                printed(joined(inThere, java(ThreeBinds.class))));
    }

    /** Binds to port 0, three times, while the sockets before are open. */
    static final class ThreeBinds {
        public static void main(String[] args) {
            bind(3);
        }

        private static void bind(int times) {
            try (ServerSocket listener = new ServerSocket(0)) {
                System.out.println("bound");
                if (times > 1) {
                    bind(times - 1);
                }
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** The port that a client was given is taken: a server that wants it fails to bind. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void portOfAClientIsTakenForAServer() throws IOException {
        try (ServerSocket another = new ServerSocket(0, 1, LOOPBACK);
                Socket client = new Socket(LOOPBACK, another.getLocalPort());
                ServerSocket server = new ServerSocket()) {
            SocketAddress wanted = client.getLocalSocketAddress();
            assertThrows(BindException.class, () -> server.bind(wanted));
        }
    }

    /** {@code new ServerSocket(port)} binds the wildcard. */
    @Test
    void portAloneBindsTheWildcard() throws IOException {
        try (ServerSocket listener = new ServerSocket(0)) {
            assertTrue(listener.getInetAddress().isAnyLocalAddress());
        }
    }

    /**
     * Java prints the wildcard of a {@code ServerSocket} as 0.0.0.0, and that of a {@code
     * DatagramSocket} as zeros of IPv6, if the machine has IPv6 and Java has its default settings.
     */
    @Test
    void javaPrintsTheWildcardInTwoWays() throws IOException {
        assumeIPv6();
        boolean first = InetAddress.getLoopbackAddress() instanceof Inet6Address;
        assumeFalse(first, "addresses of IPv6 are preferred here");
        try (ServerSocket listener = new ServerSocket(0);
                DatagramSocket mailbox = new DatagramSocket(0)) {
            assertEquals(
                    "0.0.0.0/0.0.0.0:" + listener.getLocalPort(),
                    listener.getLocalSocketAddress().toString());
            assertEquals(
                    "/[0:0:0:0:0:0:0:0]:" + mailbox.getLocalPort(),
                    mailbox.getLocalSocketAddress().toString());
        }
    }

    /** Java prints an address as name, slash, IP address, colon, port; the name may be missing. */
    @Test
    void slashStandsBetweenNameAndIpAddress() throws IOException {
        InetAddress named = InetAddress.getByAddress("name", new byte[] {127, 0, 0, 1});
        assertEquals("name/127.0.0.1:5002", new InetSocketAddress(named, 5002).toString());
        assertEquals("/127.0.0.1:5002", new InetSocketAddress("127.0.0.1", 5002).toString());
    }

    /** The kernel lists the wildcard as zeros of IPv6, where there is IPv6. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void kernelListsTheWildcardAsZeros() throws IOException {
        assumeIPv6();
        try (ServerSocket listener = new ServerSocket(0);
                Stream<String> list = Files.lines(Path.of("/proc/net/tcp6"))) {
            // The local address and port, the peer's, and the state: 0A is listening.
            String line =
                    String.format(
                            Locale.ROOT, " 0{32}:%04X 0{32}:0000 0A ", listener.getLocalPort());
            assertTrue(list.anyMatch(Pattern.compile(line).asPredicate()));
        }
    }

    /** The wildcard answers at each IPv4 address of the machine. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void wildcardAnswersAtEveryAddress() throws IOException {
        try (ServerSocket listener = new ServerSocket(0)) {
            for (InetAddress address : addressesOfIPv4()) {
                SocketAddress target = new InetSocketAddress(address, listener.getLocalPort());
                assertDoesNotThrow(() -> call(target), target::toString);
            }
        }
    }

    /** One socket at the wildcard answers over IPv4 and over IPv6, where there is IPv6. */
    @Test
    void wildcardAnswersOverIPv4AndIPv6() throws IOException {
        assumeIPv6();
        try (ServerSocket listener = new ServerSocket(0)) {
            int port = listener.getLocalPort();
            assertDoesNotThrow(() -> call(new InetSocketAddress("127.0.0.1", port)));
            assertDoesNotThrow(() -> call(new InetSocketAddress("::1", port)));
        }
    }

    /** A socket that listens at one address does not answer at another. (Linux) */
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

    /** 127.0.0.1 and ::1 are two addresses: the same port can have an owner at each. */
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

    /** Each address of {@code localhost} is loopback. */
    @Test
    void localhostIsLoopback() throws IOException {
        for (InetAddress address : InetAddress.getAllByName("localhost")) {
            assertTrue(address.isLoopbackAddress());
        }
    }

    /** A host name is looked up when the {@code InetSocketAddress} is made. */
    @Test
    void nameIsLookedUpWhenTheAddressIsMade() {
        assertFalse(new InetSocketAddress("localhost", 0).isUnresolved());
        assertTrue(new InetSocketAddress("a..b", 0).isUnresolved());
    }

    /**
     * A name can have several addresses: {@code InetSocketAddress} keeps the first, and Java
     * remembers it for a while.
     */
    @Test
    void socketAddressKeepsTheFirstOfSeveral(@TempDir Path folder) throws Exception {
        // A file takes the place of the name service.
        Path hosts = folder.resolve("hosts");
        Files.writeString(hosts, "127.0.0.2 box.example\n127.0.0.3 box.example\n");
        assertEquals(
                List.of("2 addresses", "127.0.0.2", "127.0.0.2", "127.0.0.5"),
                printed(java(Lookups.class, "" + hosts)));
    }

    /** Looks names up, before and after the file of hosts has changed. */
    static final class Lookups {
        public static void main(String[] args) throws IOException {
            System.setProperty("jdk.net.hosts.file", args[0]);
            System.out.println(InetAddress.getAllByName("box.example").length + " addresses");
            System.out.println(addressOf("box.example"));
            Files.writeString(Path.of(args[0]), "127.0.0.4 box.example\n127.0.0.5 other.example\n");
            System.out.println(addressOf("box.example"));
            System.out.println(addressOf("other.example"));
        }

        private static String addressOf(String name) {
            return new InetSocketAddress(name, 5002).getAddress().getHostAddress();
        }
    }

    /** {@code bind} looks up nothing: an unresolved address fails. */
    @Test
    void bindLooksUpNoName() throws IOException {
        SocketAddress address = InetSocketAddress.createUnresolved("localhost", 0);
        try (Socket socket = new Socket()) {
            SocketException e = assertThrows(SocketException.class, () -> socket.bind(address));
            assertEquals("Unresolved address", e.getMessage());
        }
    }

    /** A socket that is bound and does not listen refuses clients. (Linux, Windows) */
    @Test
    @EnabledOnOs({OS.LINUX, OS.WINDOWS})
    void boundIsNotListening() throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(ANY_PORT);
            assertThrows(ConnectException.class, () -> call(socket.getLocalSocketAddress()));
        }
    }

    /** {@code ServerSocket.bind} binds and listens in one call. */
    @Test
    void bindOfServerSocketListensToo() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(ANY_PORT);
            assertDoesNotThrow(() -> call(listener.getLocalSocketAddress()));
        }
    }

    /** While a socket listens, no other {@code ServerSocket} can have its address. */
    @Test
    void secondServerSocketCannotHaveTheAddress() throws IOException {
        try (ServerSocket owner = new ServerSocket();
                ServerSocket second = new ServerSocket()) {
            owner.bind(ANY_PORT);
            SocketAddress taken = owner.getLocalSocketAddress();
            assertThrows(BindException.class, () -> second.bind(taken));
        }
    }

    /** While a socket listens, no {@code Socket} can have its address. */
    @Test
    void secondSocketCannotHaveTheAddress() throws IOException {
        try (ServerSocket owner = new ServerSocket();
                Socket second = new Socket()) {
            owner.bind(ANY_PORT);
            SocketAddress taken = owner.getLocalSocketAddress();
            assertThrows(BindException.class, () -> second.bind(taken));
        }
    }

    /** The owner of the wildcard owns the port at each IPv4 address of the machine. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void wildcardOwnsThePortAtEveryAddress() throws IOException {
        try (ServerSocket owner = new ServerSocket(0)) {
            for (InetAddress address : addressesOfIPv4()) {
                try (ServerSocket second = new ServerSocket()) {
                    SocketAddress part = new InetSocketAddress(address, owner.getLocalPort());
                    assertThrows(BindException.class, () -> second.bind(part), part::toString);
                }
            }
        }
    }

    /** A socket can be bound only once. */
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

    /** After {@code close} the next {@code ServerSocket} gets the address. (Linux, macOS) */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void addressIsFreeAtOnceAfterClose() throws IOException {
        SocketAddress address = addressOfAServerThatHasClosed();
        try (ServerSocket next = new ServerSocket()) {
            next.bind(address);
            assertEquals(address, next.getLocalSocketAddress());
        }
    }

    /**
     * A {@code Socket} cannot have it yet if the server was the first to close a connection there,
     * because the kernel remembers the connection for a while. (Linux)
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void addressIsNotFreeForASocketYet() throws IOException {
        SocketAddress address = addressOfAServerThatHasClosed();
        try (Socket next = new Socket()) {
            assertThrows(BindException.class, () -> next.bind(address));
        }
    }

    /** A process that is killed gives its address back: the kernel closes its sockets. */
    @Test
    void killedProcessGivesItsAddressBack() throws Exception {
        Process server = new ProcessBuilder(java(Server.class, "localhost", "0")).start();
        try (ServerSocket next = new ServerSocket();
                ServerSocket early = new ServerSocket()) {
            String port = server.inputReader().readLine().replaceFirst(".*:", "");
            SocketAddress address = new InetSocketAddress("localhost", Integer.parseInt(port));
            assertThrows(BindException.class, () -> early.bind(address));
            server.destroyForcibly().waitFor();
            assertDoesNotThrow(() -> next.bind(address));
        } finally {
            server.destroyForcibly();
        }
    }

    /** An address of another machine cannot be bound. */
    @Test
    void addressOfAnotherMachineCannotBeBound() throws IOException {
        // 203.0.113.0/24 is for documentation (RFC 5737): no machine has an address of it.
        InetSocketAddress elsewhere = new InetSocketAddress("203.0.113.1", 0);
        try (Socket socket = new Socket()) {
            assertThrows(BindException.class, () -> socket.bind(elsewhere));
        }
    }

    /** A stream socket and a datagram socket can have the same port. */
    @Test
    void portsOfTcpAndOfUdpAreSeparate() throws IOException {
        try (ServerSocket listener = new ServerSocket();
                DatagramSocket mailbox = new DatagramSocket(null)) {
            listener.bind(ANY_PORT);
            mailbox.bind(listener.getLocalSocketAddress());
            assertEquals(listener.getLocalSocketAddress(), mailbox.getLocalSocketAddress());
        }
    }

    /** A path is an address too: that of a Unix-domain socket. (Linux, macOS) */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void pathIsAnAddressToo(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            assertTrue(Files.exists(address.getPath()));
            try (SocketChannel client = SocketChannel.open(address)) {
                assertEquals(address, client.getRemoteAddress());
            }
        }
    }

    /** The path stays after {@code close}, and the next {@code bind} fails. (Linux, macOS) */
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

    /** A path of 100 bytes can be bound, and one of 110 bytes cannot. (Linux, macOS) */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void pathOfMoreThanAbout100BytesFails(@TempDir Path directory) throws IOException {
        int left = 100 - (directory + "/").getBytes(UTF_8).length;
        assumeTrue(left > 0, "the folder for temporary files has too long a name");
        Path fits = directory.resolve("s".repeat(left));
        Path tooLong = directory.resolve("s".repeat(left + 10));
        try (ServerSocketChannel one = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertDoesNotThrow(() -> one.bind(UnixDomainSocketAddress.of(fits)));
            assertThrows(
                    SocketException.class, () -> other.bind(UnixDomainSocketAddress.of(tooLong)));
        }
    }

    /** Connects to {@code address}, and closes. */
    private static void call(SocketAddress address) throws IOException {
        try (Socket client = new Socket()) {
            client.connect(address);
        }
    }

    /** Binds sockets to port 0, all open at one time, and returns their ports. */
    private static List<Integer> portsOfSocketsBoundToPortZero(int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Socket socket = new Socket();
                sockets.add(socket);
                socket.bind(ANY_PORT);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    /** Returns the command that runs a program of this lesson in a process of its own. */
    private static List<String> java(Class<?> program, String... arguments)
            throws URISyntaxException {
        String java = "" + Path.of(System.getProperty("java.home"), "bin", "java");
        URI classes = program.getProtectionDomain().getCodeSource().getLocation().toURI();
        List<String> command = List.of(java, "-cp", "" + Path.of(classes), program.getName());
        return joined(command, List.of(arguments));
    }

    private static List<String> joined(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** Runs a command, and returns the lines that it prints. */
    private static List<String> printed(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.inputReader().lines().toList();
    }

    /** Returns the IPv4 addresses of this machine, and another one of loopback. */
    private static List<InetAddress> addressesOfIPv4() throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (card.isUp()) {
                card.inetAddresses().filter(Inet4Address.class::isInstance).forEach(addresses::add);
            }
        }
        addresses.add(InetAddress.getByName("127.0.0.2"));
        return addresses;
    }

    /** Returns where a server listened that has closed its one connection, and then itself. */
    private static SocketAddress addressOfAServerThatHasClosed() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(ANY_PORT);
            try (Socket client = new Socket()) {
                client.connect(listener.getLocalSocketAddress());
                listener.accept().close();
                client.getInputStream().read(); // the end: the server's side closed first
            }
            return listener.getLocalSocketAddress();
        }
    }

    /**
     * Returns a port that no address of this machine has. Nobody keeps it, but the kernel would
     * have to choose this one of many thousands for somebody else before the client binds it.
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
