package lesson04;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;

/** The pair works: what goes in at one end comes back there, and both ends come to an end. */
class PairTest {

    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A thread starts in the group of the one that starts it: here are all that the pair needs. */
    private final ThreadGroup threads = new ThreadGroup("pair");

    private ServerSocket listener;
    private Thread server;

    @BeforeEach
    void start() throws IOException {
        System.setOut(new PrintStream(out, true));
        System.setErr(new PrintStream(err, true));
        listener = new ServerSocket();
        listener.setReceiveBufferSize(64 * 1024);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Server.BACKLOG);
        server = new Thread(threads, () -> Server.serve(listener));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        try {
            listener.close();
            server.join();
            awaitThreads();
            assertEquals("", err.toString(US_ASCII));
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
        }
    }

    @Test
    void textComesBack() throws Exception {
        assertEquals("one\ntwo\n", new String(echo("one\ntwo\n".getBytes(US_ASCII)), US_ASCII));
    }

    @Test
    void emptyInputGivesEmptyOutput() throws Exception {
        assertEquals(0, echo(new byte[0]).length);
    }

    @Test
    void moreThanAllBuffersHoldComesBackUnchanged() throws Exception {
        // A client that wrote everything before it read would wait here for ever.
        byte[] bytes = random(8_000_000, 1);
        assertArrayEquals(bytes, echo(bytes));
    }

    @Test
    void manyConversationsAtTheSameTimeKeepTheirBytesApart() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sockets.add(connect());
        }
        // The last one is served while all the others are open.
        sockets.get(199).getOutputStream().write(7);
        assertEquals(7, sockets.get(199).getInputStream().read());

        List<FutureTask<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Socket socket = sockets.get(i);
            InputStream input = new ByteArrayInputStream(random(20_000, i));
            answers.add(new FutureTask<>(() -> echo(socket, input)));
            new Thread(threads, answers.get(i)).start();
        }
        for (int i = 0; i < 200; i++) {
            assertArrayEquals(random(20_000, i), answers.get(i).get());
        }
    }

    @Test
    void serverFinishesItsAnswerAfterTheHalfClose() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(random(50_000, 2));
            socket.shutdownOutput();
            assertArrayEquals(random(50_000, 2), socket.getInputStream().readAllBytes());
        }
    }

    @Test
    void silentPeerLosesItsPlaceAfterTheTimeout() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket silent = new Socket(other.getInetAddress(), other.getLocalPort());
                Socket connection = other.accept()) {
            connection.setSoTimeout(20);
            assertThrows(SocketTimeoutException.class, () -> Server.converse(connection));
        }
    }

    @Test
    void clientEndsWithTheServerWhileItsInputWaits() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                InputStream input = new PipedInputStream(keyboard);
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(other.getInetAddress(), other.getLocalPort())) {
            other.accept().close();
            assertThrows(EOFException.class, () -> echo(socket, input));
        }
    }

    @Test
    void resetByTheServerFailsTheClient() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                InputStream input = new PipedInputStream(keyboard);
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(other.getInetAddress(), other.getLocalPort())) {
            try (Socket connection = other.accept()) {
                connection.setSoLinger(true, 0);
            }
            assertThrows(SocketException.class, () -> echo(socket, input));
        }
    }

    @Test
    void failureOfTheInputComesAfterTheLastAnswer() throws Exception {
        IOException failure = new IOException("the input");
        InputStream failing =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw failure;
                    }
                };
        CompletableFuture<Void> over = new CompletableFuture<>();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket =
                new Socket() {
                    @Override
                    public void shutdownOutput() throws IOException {
                        super.shutdownOutput();
                        over.join(); // the server may answer before this thread goes on
                    }
                }) {
            socket.connect(listener.getLocalSocketAddress());
            InputStream input =
                    new SequenceInputStream(new ByteArrayInputStream(new byte[] {1, 2}), failing);
            assertSame(
                    failure,
                    assertThrows(IOException.class, () -> Client.converse(socket, input, answer)));
            assertArrayEquals(new byte[] {1, 2}, answer.toByteArray());
        } finally {
            over.complete(null);
        }
    }

    @Test
    void closeOfTheListenerEndsServeAndNoConversation() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write('a');
            assertEquals('a', socket.getInputStream().read());

            listener.close();
            server.join();

            socket.getOutputStream().write('b');
            assertEquals('b', socket.getInputStream().read());
            socket.shutdownOutput();
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void demoPrintsWhatBothEndsRead() throws Exception {
        FutureTask<Void> demo =
                new FutureTask<>(
                        () -> {
                            Demo.main(new String[0]);
                            return null;
                        });
        ThreadGroup group = new ThreadGroup("demo");
        Thread thread = new Thread(group, demo);
        thread.start();
        demo.get();
        thread.join();
        assertEquals(0, group.enumerate(new Thread[1]));
        String[] lines = out.toString(US_ASCII).split("\\R");
        assertTrue(lines[0].matches("server: accept   /.+:[0-9]+"), lines[0]);
        assertEquals("server: read     Hello, server", lines[1]);
        assertEquals("client: read     Hello, client", lines[2]);
        assertEquals("server: read     -1", lines[3]);
        assertEquals("client: read     Goodbye", lines[4]);
        assertEquals("client: read     -1", lines[5]);
        assertEquals(6, lines.length);
    }

    /** Waits for the end of all threads in the group, when nothing starts new ones any more. */
    private void awaitThreads() throws InterruptedException {
        Thread[] running = new Thread[2 * Server.CONVERSATIONS];
        int count = threads.enumerate(running);
        for (int i = 0; i < count; i++) {
            running[i].join();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSendBufferSize(64 * 1024);
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(listener.getLocalSocketAddress());
        return socket;
    }

    private byte[] echo(byte[] bytes) throws IOException {
        return echo(connect(), new ByteArrayInputStream(bytes));
    }

    private static byte[] echo(Socket socket, InputStream input) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (socket) {
            Client.converse(socket, input, output);
        }
        return output.toByteArray();
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
