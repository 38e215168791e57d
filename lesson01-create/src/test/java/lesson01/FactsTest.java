package lesson01;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What lesson 1 states of sockets that nobody has bound or connected yet. */
class FactsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** An address on loopback whose port the kernel chooses. */
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(LOOPBACK, 0);

    /** How Linux counts the ways in which a descriptor can be open. */
    private static final int READ_ONLY = 0, WRITE_ONLY = 1;

    /** At its first use of the network the JDK opens a socket of its own, which must not count. */
    @BeforeAll
    static void warmUp() throws IOException {
        new ServerSocket(0, 1, LOOPBACK).close();
    }

    /** {@code new Socket()} opens no descriptor. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void newSocketOpensNoDescriptor() throws IOException {
        int before = descriptors();
        try (Socket socket = new Socket()) {
            assertEquals(before, descriptors());
        }
    }

    /** {@code new ServerSocket()} opens no descriptor. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void newServerSocketOpensNoDescriptor() throws IOException {
        int before = descriptors();
        try (ServerSocket listener = new ServerSocket()) {
            assertEquals(before, descriptors());
        }
    }

    /** The first option that is read opens the descriptor, and the second opens none. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void readingAnOptionOpensTheDescriptor() throws IOException {
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            int before = descriptors();
            listener.getReceiveBufferSize();
            assertEquals(before + 1, descriptors());
            socket.getReceiveBufferSize();
            assertEquals(before + 2, descriptors());

            socket.getReceiveBufferSize();
            assertEquals(before + 2, descriptors());
        }
    }

    /** Setting an option opens the descriptor. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void settingAnOptionOpensTheDescriptor() throws IOException {
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            int before = descriptors();
            listener.setReceiveBufferSize(10_000);
            assertEquals(before + 1, descriptors());
            socket.setReceiveBufferSize(10_000);
            assertEquals(before + 2, descriptors());
        }
    }

    /** {@code bind} opens the descriptor. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void bindOpensTheDescriptor() throws IOException {
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            int before = descriptors();
            listener.bind(ANY_PORT);
            assertEquals(before + 1, descriptors());
            socket.bind(ANY_PORT);
            assertEquals(before + 2, descriptors());
        }
    }

    /** {@code connect} opens the descriptor. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void connectOpensTheDescriptor() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
                Socket socket = new Socket()) {
            int before = descriptors();
            socket.connect(listener.getLocalSocketAddress());
            assertEquals(before + 1, descriptors());
        }
    }

    /** {@code new DatagramSocket(null)} opens its descriptor at once. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void datagramSocketOpensItsDescriptorAtOnce() throws IOException {
        int before = descriptors();
        try (DatagramSocket mailbox = new DatagramSocket(null)) {
            assertEquals(before + 1, descriptors());
        }
    }

    /** {@code SocketChannel.open()} opens its descriptor at once. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void socketChannelOpensItsDescriptorAtOnce() throws IOException {
        int before = descriptors();
        try (SocketChannel channel = SocketChannel.open()) {
            assertEquals(before + 1, descriptors());
        }
    }

    /** {@code ServerSocketChannel.open()} opens its descriptor at once. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void serverSocketChannelOpensItsDescriptorAtOnce() throws IOException {
        int before = descriptors();
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            assertEquals(before + 1, descriptors());
        }
    }

    /** A pipe is two descriptors, made by one call. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void pipeOpensTwoDescriptors() throws IOException {
        int before = descriptors();
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            assertEquals(before + 2, descriptors());
        }
    }

    /** One end of a pipe is open for reading only, and the other for writing only. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void pipeIsTwoOneWayEnds() throws IOException {
        List<Path> before = socketsAndPipes();
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            List<Integer> modes = new ArrayList<>();
            for (Path descriptor : socketsAndPipes()) {
                if (!before.contains(descriptor)) {
                    modes.add(mode(descriptor));
                }
            }
            Collections.sort(modes);
            assertEquals(List.of(READ_ONLY, WRITE_ONLY), modes);
        }
    }

    /** Bytes come out of a pipe in the order in which they went in. */
    @Test
    void bytesComeOutOfAPipeInOrder() throws IOException {
        Pipe pipe = Pipe.open();
        try (OutputStream sink = Channels.newOutputStream(pipe.sink());
                InputStream source = Channels.newInputStream(pipe.source())) {
            sink.write("first ".getBytes(US_ASCII));
            sink.write("second".getBytes(US_ASCII));
            assertEquals("first second", new String(source.readNBytes(12), US_ASCII));
        }
    }

    /** A socket is one end that goes both ways; the other end is another socket. */
    @Test
    void socketIsOneTwoWayEnd() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
                Socket one = new Socket(LOOPBACK, listener.getLocalPort());
                Socket other = listener.accept()) {
            one.getOutputStream().write('?');
            assertEquals('?', other.getInputStream().read());
            other.getOutputStream().write('!');
            assertEquals('!', one.getInputStream().read());
        }
    }

    /** The kernel keeps the bytes that arrive until the program reads them. */
    @Test
    void bytesStayUntilTheyAreRead() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
                Socket one = new Socket(LOOPBACK, listener.getLocalPort());
                Socket other = listener.accept()) {
            one.getOutputStream().write("unread".getBytes(US_ASCII));
            while (other.getInputStream().available() < 6) {
                Thread.onSpinWait(); // they are on their way
            }
            one.close(); // whoever wrote them may have gone
            assertEquals("unread", new String(other.getInputStream().readAllBytes(), US_ASCII));
        }
    }

    /** A new {@code Socket} has no address and no peer. */
    @Test
    void newSocketIsUnboundAndUnconnected() throws IOException {
        try (Socket socket = new Socket()) {
            assertFalse(socket.isBound());
            assertNull(socket.getLocalSocketAddress());
            assertEquals(-1, socket.getLocalPort());

            assertFalse(socket.isConnected());
            assertNull(socket.getRemoteSocketAddress());
        }
    }

    /** A new {@code ServerSocket} has no address. */
    @Test
    void newServerSocketIsUnbound() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            assertFalse(listener.isBound());
            assertNull(listener.getLocalSocketAddress());
            assertEquals(-1, listener.getLocalPort());
        }
    }

    /** A socket without a peer has no streams, so nothing can be read or written. */
    @Test
    void unconnectedSocketHasNoStreams() throws IOException {
        try (Socket socket = new Socket()) {
            assertThrows(SocketException.class, socket::getInputStream);
            assertThrows(SocketException.class, socket::getOutputStream);
        }
    }

    /** A {@code ServerSocket} without an address cannot accept, because no client can find it. */
    @Test
    void unboundServerSocketCannotAccept() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            assertThrows(SocketException.class, listener::accept);
        }
    }

    /** {@code close} gives the descriptor back. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void closeGivesTheDescriptorBack() throws IOException {
        int before = descriptors();
        Socket socket = new Socket();
        socket.getReceiveBufferSize();
        assertEquals(before + 1, descriptors());

        socket.close();
        assertEquals(before, descriptors());
    }

    /** A second {@code close} does nothing, even when another socket has the descriptor by then. */
    @Test
    void closeIsIdempotent() throws IOException {
        Socket first = new Socket();
        first.getReceiveBufferSize();
        first.close();
        // The kernel gives the lowest free number, so this one takes over the first one's.
        try (Socket second = new Socket()) {
            second.getReceiveBufferSize();
            assertDoesNotThrow(first::close);
            assertDoesNotThrow(second::getReceiveBufferSize);
        }
    }

    /** A closed {@code Socket} cannot be bound or connected, and has no streams and no options. */
    @Test
    void closedSocketCannotBeUsed() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            SocketAddress address = listener.getLocalSocketAddress();
            Socket socket = new Socket();
            Set<SocketOption<?>> options = socket.supportedOptions();
            socket.close();
            assertThrows(SocketException.class, () -> socket.bind(ANY_PORT));
            assertThrows(SocketException.class, () -> socket.connect(address));
            assertThrows(SocketException.class, socket::getInputStream);
            assertThrows(SocketException.class, socket::getOutputStream);
            assertThrows(SocketException.class, socket::getReceiveBufferSize);
            for (SocketOption<?> option : options) {
                assertThrows(SocketException.class, () -> socket.getOption(option));
            }
        }
    }

    /** A closed {@code ServerSocket} cannot be bound, cannot accept, and has no options. */
    @Test
    void closedServerSocketCannotBeUsed() throws IOException {
        ServerSocket listener = new ServerSocket();
        Set<SocketOption<?>> options = listener.supportedOptions();
        listener.close();
        assertThrows(SocketException.class, () -> listener.bind(ANY_PORT));
        assertThrows(SocketException.class, listener::accept);
        assertThrows(SocketException.class, listener::getReceiveBufferSize);
        for (SocketOption<?> option : options) {
            assertThrows(SocketException.class, () -> listener.getOption(option));
        }
    }

    /** A closed {@code DatagramSocket} cannot be bound, and can neither send nor receive. */
    @Test
    void closedDatagramSocketCannotBeUsed() throws IOException {
        DatagramSocket mailbox = new DatagramSocket(null);
        mailbox.close();
        DatagramPacket packet = new DatagramPacket(new byte[1], 1, LOOPBACK, 1);
        assertThrows(SocketException.class, () -> mailbox.bind(ANY_PORT));
        assertThrows(SocketException.class, () -> mailbox.send(packet));
        assertThrows(SocketException.class, () -> mailbox.receive(packet));
    }

    /**
     * {@code connect} on a closed {@code DatagramSocket} returns silently, and does not connect.
     */
    @Test
    void closedDatagramSocketIgnoresConnect() throws IOException {
        DatagramSocket mailbox = new DatagramSocket(null);
        mailbox.close();
        assertDoesNotThrow(() -> mailbox.connect(new InetSocketAddress(LOOPBACK, 1)));
        assertFalse(mailbox.isConnected());
        assertDoesNotThrow(mailbox::disconnect);
    }

    /** {@code isBound()} stays true after {@code close}: ask {@code isClosed()} first. */
    @Test
    void isBoundStaysTrueAfterClose() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
        listener.close();
        assertTrue(listener.isClosed());
        assertTrue(listener.isBound());
    }

    /** {@code isConnected()} stays true after {@code close}, too. */
    @Test
    void isConnectedStaysTrueAfterClose() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            Socket socket = new Socket(LOOPBACK, listener.getLocalPort());
            socket.close();
            assertTrue(socket.isClosed());
            assertTrue(socket.isConnected());
        }
    }

    /** A socket that was used and is never closed keeps its descriptor. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void socketNeverClosedIsLeakedDescriptor() throws IOException {
        // The list keeps them from the garbage collector, which may close what nobody holds.
        List<Socket> forgotten = new ArrayList<>();
        int before = descriptors();
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = new Socket();
                socket.getReceiveBufferSize();
                forgotten.add(socket);
            }
            assertEquals(before + 10, descriptors());
        } finally {
            for (Socket socket : forgotten) {
                socket.close();
            }
        }
    }

    /** try-with-resources closes the socket even when its body throws. */
    @Test
    void tryWithResourcesClosesOnFailureToo() throws IOException {
        ServerSocket listener = new ServerSocket();
        assertThrows(
                SocketException.class,
                () -> {
                    try (listener) {
                        listener.accept();
                    }
                });
        assertTrue(listener.isClosed());
    }

    private static int descriptors() throws IOException {
        return socketsAndPipes().size();
    }

    /**
     * Returns the descriptors of this process that are sockets or ends of pipes. Files do not
     * count: the JVM opens those whenever any thread loads a class.
     */
    private static List<Path> socketsAndPipes() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(FactsTest::isSocketOrPipe).toList();
        }
    }

    private static boolean isSocketOrPipe(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:") || target.startsWith("pipe:");
        } catch (IOException e) {
            return false; // A file that another thread has closed meanwhile.
        }
    }

    /** Returns for what a descriptor is open: {@link #READ_ONLY}, {@link #WRITE_ONLY} or both. */
    private static int mode(Path descriptor) throws IOException {
        Path info = Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName());
        for (String line : Files.readAllLines(info)) {
            if (line.startsWith("flags:")) {
                return Integer.parseInt(line.substring("flags:".length()).strip(), 8) & 3;
            }
        }
        throw new AssertionError("no flags in " + info);
    }
}
