package lesson01;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/** The programs of lesson 1, run in this process, and what they print. */
class PairTest {

    private static final String[] NONE = {};

    private final PrintStream out = System.out;
    private final InputStream in = System.in;
    private final Locale locale = Locale.getDefault();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setIn(in);
        Locale.setDefault(locale);
    }

    @Test
    void serverPrintsItsRoomForBytes() throws IOException {
        Server.main(NONE);
        try (ServerSocket another = new ServerSocket()) {
            int bytes = another.getReceiveBufferSize();
            assertEquals(
                    List.of(
                            "server: created ServerSocket[unbound]",
                            "server: room for " + bytes + " bytes"),
                    lines());
        }
    }

    @Test
    void clientPrintsItsRoomForBytes() throws IOException {
        Client.main(NONE);
        try (Socket another = new Socket()) {
            int bytes = another.getReceiveBufferSize();
            assertEquals(
                    List.of(
                            "client: created Socket[unconnected]",
                            "client: room for " + bytes + " bytes"),
                    lines());
        }
    }

    @Test
    void demoShowsAPipeAndBothSocketsFromCreateToClose() {
        Demo.main(NONE);
        assertLinesMatch(
                List.of(
                        "pipe:   write    \"Hello, pipe\"",
                        "pipe:   read     \"Hello, pipe\"",
                        "server: create   ServerSocket\\[unbound\\]",
                        "client: create   Socket\\[unconnected\\]",
                        "server: room     [1-9][0-9]+ bytes",
                        "client: room     [1-9][0-9]+ bytes",
                        "client: close    closed: true",
                        "server: close    closed: true"),
                lines());
    }

    /** In each of these the digits of {@code %d} may be others than 0 to 9. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "tr-TR"})
    void whatIsPrintedIsAsciiInEveryLocale(String tag) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        Server.main(NONE);
        Client.main(NONE);
        Demo.main(NONE);
        lines().forEach(line -> assertTrue(line.matches("[ -~]+"), line));
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
        thread.setDaemon(true);
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

    @Test
    void anArgumentGetsTheUsageLine() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        URI classes = Server.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        List<String> command =
                List.of("" + java, "-cp", "" + Path.of(classes), "lesson01.Server", "--help");
        Process server = new ProcessBuilder(command).start();
        try {
            assertTrue(server.errorReader().lines().toList().contains("usage: no arguments"));
            assertEquals(2, server.waitFor());
        } finally {
            server.destroyForcibly();
        }
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
