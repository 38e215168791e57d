package lesson02;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** The programs of lesson 2, run in this process, and what they print. */
class PairTest {

    private static final String[] NONE = {};
    private static final String[] ANY_PORT = {"localhost", "0"};

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
    void demoShowsThatAnAddressHasOneOwnerUntilClose() throws IOException {
        Demo.main(NONE);
        String server = "localhost/.+:" + port(lines().get(0));
        assertLinesMatch(
                List.of(
                        "server: listen   " + server,
                        "client: bind     /.+:[0-9]+",
                        "second: bind     " + server + ": " + Pattern.quote(wordsForTaken()),
                        "server: close    " + server,
                        "second: bind     /.+:" + port(lines().get(0))),
                lines());
        assertNotEquals(port(lines().get(0)), port(lines().get(1)));
    }

    /** In each of these the digits of {@code %d} may be others than 0 to 9. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "tr-TR"})
    void whatIsPrintedIsAsciiInEveryLocale(String tag) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        System.setIn(InputStream.nullInputStream());
        Server.main(ANY_PORT);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "+80",
                "abc",
                "",
                " 80",
                "1.5",
                "0x50",
                "65536",
                "4294967296",
                "\u0666\u0660\u0660\u0660",
                "80 80"
            })
    void otherWordsAreNoPort(String word) {
        assertFalse(Arguments.areFine(new String[] {"localhost", word}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5002",
                "\u0665\u0660",
                "-h",
                "--help",
                "localhost:6000",
                ":80",
                "[::1]:80"
            })
    void otherWordsAreNoHost(String word) {
        assertFalse(Arguments.areFine(new String[] {word}));
        assertFalse(Arguments.areFine(new String[] {word, "5002"}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "[::1]", "fe80::1%1", "1host", "a..b"})
    void nameOrIpAddressIsAHost(String word) {
        assertTrue(Arguments.areFine(new String[] {word}));
    }

    @Test
    void otherArgumentsGetTheUsageLine() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        URI classes = Client.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        List<String> command =
                List.of(
                        "" + java,
                        "-cp",
                        "" + Path.of(classes),
                        "lesson02.Client",
                        "localhost:6000");
        Process client = new ProcessBuilder(command).start();
        try {
            List<String> lines = client.errorReader().lines().toList();
            String usage = "usage: [host [port]], with a space between them; without them ";
            assertTrue(lines.contains(usage + "localhost 0"), lines.toString());
            assertEquals(2, client.waitFor());
        } finally {
            client.destroyForcibly();
        }
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Returns the number after the last colon of {@code line}. */
    private static int port(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    /** Connects to {@code port} of {@code localhost}, and closes. */
    private static void call(int port) throws IOException {
        try (Socket client = new Socket()) {
            client.connect(new InetSocketAddress("localhost", port));
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
