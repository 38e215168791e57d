package course.programs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import course.process.Output;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Random;

/** Sockets of our own, all on the loopback, for the lessons' programs to meet. */
final class Sockets {

    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final int PATIENCE_MILLIS = Output.PATIENCE_SECONDS * 1_000;

    private Sockets() {}

    /** Returns a socket that is connected to {@code port}. It has a channel too. */
    static Socket connect(int port) throws IOException {
        Socket socket = SocketChannel.open(new InetSocketAddress(LOOPBACK, port)).socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Returns a listening socket that accepts for as long as the patience lasts. */
    static ServerSocket listen(int backlog) throws IOException {
        ServerSocket listener = new ServerSocket(0, backlog, LOOPBACK);
        listener.setSoTimeout(PATIENCE_MILLIS);
        return listener;
    }

    /** Returns a socket that is bound and does not listen: it keeps its port, and refuses. */
    static Socket refuse() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(LOOPBACK, 0));
        return socket;
    }

    /**
     * Returns a port that is free. It stays so: other checks ask for port 0, and what Linux gives
     * them begins at 32768, unless somebody has changed that.
     */
    static int freePort() throws IOException {
        for (int attempt = 0; ; attempt++) {
            int port = 20_000 + new Random().nextInt(10_000);
            try (ServerSocket stream = new ServerSocket(port, 1, LOOPBACK);
                    DatagramSocket datagram = new DatagramSocket(port, LOOPBACK)) {
                assertEquals(stream.getLocalPort(), datagram.getLocalPort());
                return port;
            } catch (IOException e) {
                if (attempt == 100) {
                    throw e; // it is not because of the port
                }
            }
        }
    }

    /** Returns a datagram socket with a port of its own. */
    static DatagramSocket mailbox() throws IOException {
        DatagramSocket mailbox = new DatagramSocket(0, LOOPBACK);
        mailbox.setSoTimeout(PATIENCE_MILLIS);
        return mailbox;
    }

    /** Cuts the connection, without an end of stream. */
    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Converses as a good client does: its bytes come back, and then the end of the stream. */
    static void converse(int port) throws IOException {
        byte[] bytes = random(1_000, port);
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            assertArrayEquals(bytes, socket.getInputStream().readAllBytes());
        }
    }

    /** Returns {@code count} random bytes, the same for the same seed. */
    static byte[] random(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
