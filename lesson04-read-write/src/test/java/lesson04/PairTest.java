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

    @BeforeEach
    void serve() throws IOException {
        System.setOut(new PrintStream(out, true));
        System.setErr(new PrintStream(err, true));
        listener = new ServerSocket();
        listener.setReceiveBufferSize(64 * 1024);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Server.BACKLOG);
        start(() -> Server.serveMany(listener));
    }

    @AfterEach
    void stop() throws Exception {
        try {
            listener.close(); // all threads end that have no client
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
        for (int i = 0; i < 40; i++) {
            sockets.add(connect());
        }
        // The last one is served while all the others are open.
        sockets.get(39).getOutputStream().write(7);
        assertEquals(7, sockets.get(39).getInputStream().read());

        List<FutureTask<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Socket socket = sockets.get(i);
            InputStream input = new ByteArrayInputStream(random(100_000, i));
            answers.add(new FutureTask<>(() -> echo(socket, input)));
            start(answers.get(i));
        }
        for (int i = 0; i < 40; i++) {
            assertArrayEquals(random(100_000, i), answers.get(i).get());
        }
    }

    @Test
    void clientsBeyondTheLastThreadWaitAndLoseNothing() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < Server.CONVERSATIONS; i++) {
            sockets.add(connect());
            sockets.get(i).getOutputStream().write(1);
            assertEquals(1, sockets.get(i).getInputStream().read()); // it has a thread to itself
        }
        try (Socket late = connect()) {
            late.getOutputStream().write(2);
            late.setSoTimeout(20);
            assertThrows(SocketTimeoutException.class, () -> late.getInputStream().read());
            late.setSoTimeout(0);
            sockets.get(0).close();
            assertEquals(2, late.getInputStream().read());
        }
        for (Socket socket : sockets) {
            socket.close();
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
    void silentClientIsToldAndLosesItsConversation() throws Exception {
        ImpatientSocket connection = new ImpatientSocket();
        try (ServerSocket other = listenFor(connection);
                Socket silent = new Socket(other.getInetAddress(), other.getLocalPort())) {
            other.accept();
            Server.converse(connection);
            String said = err.toString(US_ASCII);
            err.reset();
            String client = silent.getLocalSocketAddress().toString();
            assertTrue(said.startsWith("server: " + client + " was silent for too long"), said);
            assertEquals(1, said.lines().count(), said);
            assertEquals(Server.SILENCE_MILLIS, connection.asked);
        } finally {
            connection.close();
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
        CompletableFuture<Void> over = new CompletableFuture<>();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (InputStream failing =
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw failure;
                            }
                        };
                Socket socket =
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
    void closeOfTheListenerEndsNoConversation() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write('a');
            assertEquals('a', socket.getInputStream().read());

            listener.close();
            socket.getOutputStream().write('b');
            assertEquals('b', socket.getInputStream().read());
            socket.shutdownOutput();
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void demoShowsItsCallsAndWhatBothEndsRead() throws Exception {
        ThreadGroup group = new ThreadGroup("demo");
        FutureTask<Void> demo = new FutureTask<>(() -> Demo.main(new String[0]), null);
        Thread thread = new Thread(group, demo);
        thread.setDaemon(true);
        thread.start();
        demo.get();
        thread.join();
        assertEquals(0, group.activeCount());
        List<String> lines = out.toString(US_ASCII).lines().toList();
        assertTrue(lines.get(0).matches("server: accept   /.+:[0-9]+"), lines.get(0));
        assertEquals(
                List.of(
                        "client: write    \"Hello, \"",
                        "client: write    \"server\"",
                        "client: half-close",
                        "server: read     \"Hello, server\"",
                        "server: read     -1",
                        "server: write    \"Hello, client\"",
                        "server: close",
                        "client: read     \"Hello, client\"",
                        "client: read     -1"),
                lines.subList(1, lines.size()));
    }

    /**
     * Starts a thread of the pair's. A thread that it starts is of the same group, and a daemon.
     */
    private void start(Runnable task) {
        Thread thread = new Thread(threads, task);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the end of all threads in the group, when nothing starts new ones any more. */
    private void awaitThreads() throws InterruptedException {
        Thread[] running = new Thread[2 * Server.CONVERSATIONS];
        int count = threads.enumerate(running);
        for (int i = 0; i < count; i++) {
            running[i].join();
        }
    }

    /** Returns a listener that accepts by {@code connection}. */
    private static ServerSocket listenFor(Socket connection) throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress()) {
            @Override
            public Socket accept() throws IOException {
                implAccept(connection);
                return connection;
            }
        };
    }

    /** Waits 20 ms for a read, in place of the timeout that it is asked for. */
    private static final class ImpatientSocket extends Socket {

        private int asked;

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            asked = millis;
            super.setSoTimeout(20);
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
