package lesson02;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/** The programs of lesson 2, run in this process, and what they print. */
class PairTest {

    private static final String[] NONE = {};
    private static final String[] ANY_PORT = {"localhost", "0"};

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
    void clientPrintsTheAddressThatTheKernelChose() {
        Client.main(NONE);
        assertTrue(lines().get(0).matches("client: bound to .+:[0-9]+"));
        assertNotEquals(0, port(lines().get(0)));
        assertEquals(1, lines().size());
    }

    @Test
    void serverPrintsWhereItListens() {
        System.setIn(InputStream.nullInputStream());
        Server.main(ANY_PORT);
        assertTrue(lines().get(0).matches("server: listening on .+:[0-9]+"));
        assertNotEquals(0, port(lines().get(0)));
        assertTrue(lines().stream().allMatch(line -> line.matches("server: .+")));
    }

    @Test
    void serverEndsAtEnter() {
        ByteArrayInputStream keys =
                new ByteArrayInputStream("\nmore".getBytes(StandardCharsets.US_ASCII));
        System.setIn(keys);
        Server.main(ANY_PORT);
        assertEquals(4, keys.available());
    }

    @Test
    void serverAnswersWhileItWaits() {
        AtomicBoolean answered = new AtomicBoolean();
        System.setIn(
                new InputStream() {
                    @Override
                    public int read() {
                        // The server asks for a byte: it is waiting right now.
                        assertDoesNotThrow(() -> call(port(lines().get(0))));
                        answered.set(true);
                        return -1;
                    }
                });
        Server.main(ANY_PORT);
        assertTrue(answered.get());
    }

    @Test
    void serverGivesItsPortBack() throws IOException {
        System.setIn(InputStream.nullInputStream());
        Server.main(ANY_PORT);
        try (ServerSocket next = new ServerSocket()) {
            next.bind(new InetSocketAddress("localhost", port(lines().get(0))));
            assertTrue(next.isBound());
        }
    }

    @Test
    void demoShowsThatTheServersAddressIsTaken() throws IOException {
        Demo.main(NONE);
        assertEquals(3, lines().size());
        assertTrue(lines().get(0).matches("server: .+:[0-9]+"));
        assertTrue(lines().get(1).matches("client: .+:[0-9]+"));
        assertNotEquals(port(lines().get(0)), port(lines().get(1)));
        assertTrue(lines().get(2).matches("client: .+"));
        assertTrue(lines().get(2).endsWith(wordsForTaken()));
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

    @Test
    void withoutArgumentsTheDefaultsCount() {
        assertEquals(
                new InetSocketAddress("127.0.0.1", 5002),
                Arguments.address(NONE, "127.0.0.1", 5002));
    }

    @Test
    void hostAloneKeepsTheDefaultPort() {
        String[] args = {"127.0.0.2"};
        assertEquals(
                new InetSocketAddress("127.0.0.2", 5002),
                Arguments.address(args, "localhost", 5002));
    }

    @Test
    void hostAndPortReplaceBothDefaults() {
        String[] args = {"127.0.0.2", "65535"};
        assertEquals(
                new InetSocketAddress("127.0.0.2", 65_535),
                Arguments.address(args, "localhost", 5002));
    }

    @Test
    void portZeroIsAGoodArgument() {
        assertEquals(0, Arguments.address(ANY_PORT, "localhost", 5002).getPort());
    }

    @Test
    void unknownHostIsAnUnresolvedAddress() {
        String[] args = {"a..b"};
        assertTrue(Arguments.address(args, "localhost", 5002).isUnresolved());
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Returns the number after the last colon of {@code line}. */
    private static int port(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    /** Connects to {@code port} of {@code localhost}, and hangs up. */
    private static void call(int port) throws IOException {
        try (Socket caller = new Socket()) {
            caller.connect(new InetSocketAddress("localhost", port));
        }
    }

    /** Returns what this system says of an address that is taken. */
    private static String wordsForTaken() throws IOException {
        try (Socket owner = new Socket();
                Socket second = new Socket()) {
            owner.bind(new InetSocketAddress("localhost", 0));
            SocketAddress taken = owner.getLocalSocketAddress();
            return assertThrows(BindException.class, () -> second.bind(taken)).getMessage();
        }
    }
}
