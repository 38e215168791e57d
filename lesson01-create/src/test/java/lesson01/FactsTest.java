package lesson01;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What lesson 1 states of sockets that nobody has bound or connected yet. */
class FactsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** An address on loopback whose port the kernel chooses. */
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(LOOPBACK, 0);

    /** At its first use of the network the JDK opens a socket of its own, which must not count. */
    @BeforeAll
    static void warmUp() throws IOException {
        new ServerSocket(0, 1, LOOPBACK).close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void newSocketOpensNoDescriptor() throws IOException {
        long before = descriptors();
        try (Socket socket = new Socket()) {
            assertEquals(before, descriptors());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void newServerSocketOpensNoDescriptor() throws IOException {
        long before = descriptors();
        try (ServerSocket listener = new ServerSocket()) {
            assertEquals(before, descriptors());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readingAnOptionOpensTheDescriptor() throws IOException {
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            long before = descriptors();
            listener.getReuseAddress();
            assertEquals(before + 1, descriptors());
            socket.getTcpNoDelay();
            assertEquals(before + 2, descriptors());

            socket.getTcpNoDelay();
            assertEquals(before + 2, descriptors());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void settingAnOptionOpensTheDescriptor() throws IOException {
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            long before = descriptors();
            listener.setReuseAddress(true);
            assertEquals(before + 1, descriptors());
            socket.setTcpNoDelay(true);
            assertEquals(before + 2, descriptors());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bindOpensTheDescriptor() throws IOException {
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            long before = descriptors();
            listener.bind(ANY_PORT);
            assertEquals(before + 1, descriptors());
            socket.bind(ANY_PORT);
            assertEquals(before + 2, descriptors());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void connectOpensTheDescriptor() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
                Socket socket = new Socket()) {
            long before = descriptors();
            socket.connect(listener.getLocalSocketAddress());
            assertEquals(before + 1, descriptors());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void datagramSocketOpensItsDescriptorAtOnce() throws IOException {
        long before = descriptors();
        try (DatagramSocket mailbox = new DatagramSocket(null)) {
            assertEquals(before + 1, descriptors());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void socketChannelOpensItsDescriptorAtOnce() throws IOException {
        long before = descriptors();
        try (SocketChannel channel = SocketChannel.open()) {
            assertEquals(before + 1, descriptors());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void serverSocketChannelOpensItsDescriptorAtOnce() throws IOException {
        long before = descriptors();
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            assertEquals(before + 1, descriptors());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void pipeOpensTwoDescriptors() throws IOException {
        long before = descriptors();
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            assertEquals(before + 2, descriptors());
        }
    }

    @Test
    void pipeIsTwoOneWayEnds() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            assertFalse(source instanceof WritableByteChannel);
            assertFalse(sink instanceof ReadableByteChannel);

            sink.write(ByteBuffer.wrap("first ".getBytes(StandardCharsets.US_ASCII)));
            sink.write(ByteBuffer.wrap("second".getBytes(StandardCharsets.US_ASCII)));
            InputStream in = Channels.newInputStream(source);
            assertEquals("first second", new String(in.readNBytes(12), StandardCharsets.US_ASCII));
        }
    }

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

    @Test
    void newServerSocketIsUnbound() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            assertFalse(listener.isBound());
            assertNull(listener.getLocalSocketAddress());
            assertEquals(-1, listener.getLocalPort());
        }
    }

    @Test
    void unconnectedSocketHasNoStreams() throws IOException {
        try (Socket socket = new Socket()) {
            assertThrows(SocketException.class, socket::getInputStream);
            assertThrows(SocketException.class, socket::getOutputStream);
        }
    }

    @Test
    void unboundServerSocketCannotAccept() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            assertThrows(SocketException.class, listener::accept);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void closeGivesTheDescriptorBack() throws IOException {
        long before = descriptors();
        Socket socket = new Socket();
        socket.getTcpNoDelay();
        assertEquals(before + 1, descriptors());

        socket.close();
        assertEquals(before, descriptors());
    }

    @Test
    void closeIsIdempotent() throws IOException {
        Socket first = new Socket();
        first.getTcpNoDelay();
        first.close();
        // The kernel gives the lowest free number, so this one takes over the first one's.
        try (Socket second = new Socket()) {
            second.getTcpNoDelay();
            assertDoesNotThrow(first::close);
            assertDoesNotThrow(second::getTcpNoDelay);
        }
    }

    @Test
    void closedSocketCannotBeUsed() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            Socket socket = new Socket();
            socket.close();
            assertThrows(SocketException.class, socket::getTcpNoDelay);
            assertThrows(SocketException.class, () -> socket.bind(ANY_PORT));
            SocketAddress address = listener.getLocalSocketAddress();
            assertThrows(SocketException.class, () -> socket.connect(address));
        }
    }

    @Test
    void closedServerSocketCannotBeUsed() throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.close();
        assertThrows(SocketException.class, listener::getReuseAddress);
        assertThrows(SocketException.class, () -> listener.bind(ANY_PORT));
        assertThrows(SocketException.class, listener::accept);
    }

    @Test
    void closedDatagramSocketCannotBeUsed() throws IOException {
        DatagramSocket mailbox = new DatagramSocket(null);
        mailbox.close();
        assertThrows(SocketException.class, mailbox::getReuseAddress);
        assertThrows(SocketException.class, () -> mailbox.bind(ANY_PORT));
    }

    @Test
    void isBoundStaysTrueAfterClose() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
        listener.close();
        assertTrue(listener.isClosed());
        assertTrue(listener.isBound());
    }

    @Test
    void isConnectedStaysTrueAfterClose() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            Socket socket = new Socket(LOOPBACK, listener.getLocalPort());
            socket.close();
            assertTrue(socket.isClosed());
            assertTrue(socket.isConnected());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void socketNeverClosedIsLeakedDescriptor() throws IOException {
        // The list keeps them from the garbage collector, which may close what nobody holds.
        List<Socket> forgotten = new ArrayList<>();
        long before = descriptors();
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = new Socket();
                socket.getTcpNoDelay();
                forgotten.add(socket);
            }
            assertEquals(before + 10, descriptors());
        } finally {
            for (Socket socket : forgotten) {
                socket.close();
            }
        }
    }

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

    /**
     * Returns how many sockets and pipe ends this process has open. Files do not count: the JVM
     * opens those whenever any thread loads a class.
     */
    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(FactsTest::isSocketOrPipe).count();
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
}
