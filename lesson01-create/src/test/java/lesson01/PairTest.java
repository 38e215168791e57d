package lesson01;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/** The programs of lesson 1, run in this process, and what they print. */
class PairTest {

    private static final String[] NONE = {};

    private final PrintStream out = System.out;
    private final InputStream in = System.in;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setIn(in);
    }

    @Test
    void serverPrintsWhatJavaSaysOfItsSocket() throws IOException {
        Server.main(NONE);
        try (ServerSocket another = new ServerSocket()) {
            assertTrue(lines().get(0).endsWith(another.toString()));
            assertTrue(lines().get(0).contains("unbound"));
            assertTrue(lines().get(1).endsWith(" " + another.getReuseAddress()));
        }
        assertTrue(lines().stream().allMatch(line -> line.matches("server: .+")));
    }

    @Test
    void clientPrintsWhatJavaSaysOfItsSocket() throws IOException {
        Client.main(NONE);
        try (Socket another = new Socket()) {
            assertTrue(lines().get(0).endsWith(another.toString()));
            assertTrue(lines().get(0).contains("unconnected"));
            assertTrue(lines().get(1).endsWith(" " + another.getTcpNoDelay()));
        }
        assertTrue(lines().stream().allMatch(line -> line.matches("client: .+")));
    }

    @Test
    void demoShowsBothEndsFromCreateToClose() throws IOException {
        Demo.main(NONE);
        assertTrue(lines().stream().allMatch(line -> line.matches("(server|client): .+")));
        assertTrue(printed().contains("unbound"));
        assertTrue(printed().contains("unconnected"));
        assertEquals(2, lines().stream().filter(line -> line.matches(".*close.* true")).count());
    }

    @Test
    void demoLeavesNoThreadBehind() throws Exception {
        FutureTask<Void> demo =
                new FutureTask<>(
                        () -> {
                            Demo.main(NONE);
                            return null;
                        });
        // Threads that it starts would belong to its group, too.
        ThreadGroup group = new ThreadGroup("demo");
        Thread thread = new Thread(group, demo);
        thread.start();
        demo.get();
        thread.join();
        assertEquals(0, group.activeCount());
    }

    @Test
    void demoLeavesStandardInputOpen() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        System.setIn(
                new InputStream() {
                    @Override
                    public int read() {
                        return -1;
                    }

                    @Override
                    public void close() {
                        closed.set(true);
                    }
                });
        Demo.main(NONE);
        assertFalse(closed.get());
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return printed().lines().toList();
    }
}
