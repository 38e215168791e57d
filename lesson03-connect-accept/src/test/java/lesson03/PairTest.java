package lesson03;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** The server, the client and the demo, as the student runs them. */
class PairTest {

    private final PrintStream console = System.out;

    /** What the programs print, line by line. */
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @BeforeEach
    void readStandardOutput() {
        System.setOut(
                new PrintStream(OutputStream.nullOutputStream()) {
                    @Override
                    public void println(String line) {
                        lines.add(line);
                    }
                });
    }

    @AfterEach
    void restoreStandardOutput() {
        System.setOut(console);
    }

    @Test
    void serverAndClientNameTheSameConnection() throws Exception {
        try (ServerSocket listener = listen()) {
            serve(listener);
            Client.main(new String[] {"localhost", "" + listener.getLocalPort()});
            // The server's line may come between the client's two.
            List<String> said =
                    Stream.of(lines.take(), lines.take(), lines.take()).sorted().toList();
            String client = fromSlash(said.get(1));
            assertEquals(
                    List.of(
                            "client: connected to " + listener.getLocalSocketAddress(),
                            "client: our end is " + client,
                            "server: accepted " + client),
                    said);
        }
    }

    @Test
    void serverAcceptsOneClientAfterAnother() throws Exception {
        try (ServerSocket listener = listen();
                Socket first = connect(listener);
                Socket second = connect(listener)) {
            serve(listener);
            assertEquals("server: accepted " + first.getLocalSocketAddress(), lines.take());
            assertEquals("server: accepted " + second.getLocalSocketAddress(), lines.take());
        }
    }

    @Test
    void closingTheListenerEndsServe() throws Exception {
        try (ServerSocket listener = listen()) {
            FutureTask<Void> serve = serve(listener);
            try (Socket client = connect(listener)) {
                assertEquals("server: accepted " + client.getLocalSocketAddress(), lines.take());
            }
            listener.close();
            ExecutionException e = assertThrows(ExecutionException.class, serve::get);
            assertInstanceOf(SocketException.class, e.getCause());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void clientThatResetsDoesNotEndServe() throws Exception {
        try (ServerSocket listener = listen();
                Socket rude = connect(listener)) {
            rude.setSoLinger(true, 0);
            rude.close();
            try (Socket next = connect(listener)) {
                FutureTask<Void> serve = serve(listener);
                assertEquals(-1, next.getInputStream().read());
                assertFalse(serve.isDone());
            }
        }
    }

    @Test
    void demoShowsBothEndsOfOneConnection() throws IOException {
        Demo.main(new String[0]);
        List<String> said = List.copyOf(lines);
        String server = fromSlash(said.get(0));
        String client = fromSlash(said.get(2));
        assertNotEquals(server, client);
        assertEquals(
                List.of(
                        "server: listen   localhost" + server,
                        "client: connect  localhost" + server,
                        "client: our end  " + client,
                        "server: accept   " + client,
                        "server: our end  " + server,
                        "server: close    " + client),
                said);
    }

    @Test
    void demoLeavesNoThreadBehind() throws Exception {
        ThreadGroup group = new ThreadGroup("demo");
        FutureTask<Void> demo = new FutureTask<>(() -> Demo.main(new String[0]), null);
        Thread thread = new Thread(group, demo);
        thread.setDaemon(true);
        thread.start();
        thread.join();
        demo.get();
        assertEquals(0, group.activeCount());
    }

    private static ServerSocket listen() throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress("localhost", 0), Server.BACKLOG);
        return listener;
    }

    private static Socket connect(ServerSocket listener) throws IOException {
        return new Socket(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Starts the server on {@code listener}; closing that ends it. */
    private static FutureTask<Void> serve(ServerSocket listener) {
        FutureTask<Void> serve =
                new FutureTask<>(
                        () -> {
                            Server.serve(listener);
                            return null;
                        });
        Thread server = new Thread(serve);
        server.setDaemon(true);
        server.start();
        return serve;
    }

    /** Returns the address and port of {@code line}, without the host's name. */
    private static String fromSlash(String line) {
        return line.substring(line.indexOf('/'));
    }
}
