package checks;

import static checks.Checks.await;
import static checks.Checks.check;
import static checks.Checks.expect;
import static checks.Checks.expectMatch;
import static checks.Checks.needs;
import static checks.Checks.note;
import static checks.Checks.skipIf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What each program asks of the kernel, call by call, as strace sees it. The JVM makes sockets of
 * its own: only the one counts that a lesson's call is about, from its first call to its last.
 */
final class SystemCalls {

    private static final String TRACED =
            "?socket,?bind,?listen,?accept,?accept4,?connect,?read,?write,?recvfrom,?sendto,"
                    + "?shutdown,?close,?getsockopt";

    /** A descriptor, as strace prints it; the number in brackets is the socket's for ever. */
    private static final String SOCKET = "\\d+<socket:\\[(\\d+)\\]>";

    private static final Pattern STARTED = Pattern.compile("(\\d+) +(\\w+\\(.*)");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. \\w+ resumed>(.*)");

    private SystemCalls() {}

    static void add() {
        check("lesson01.Server creates and closes", () -> create("Server", "SO_REUSEADDR"));
        check("lesson01.Client creates and closes", () -> create("Client", "TCP_NODELAY"));
        check("lesson02.Server creates, binds, listens, closes", SystemCalls::listen);
        check("lesson02.Client creates, binds, closes", SystemCalls::bind);
        check("lesson03 connects and accepts", SystemCalls::accept);
        check("lesson04 writes and reads", SystemCalls::writeAndRead);
        check("lesson05 sends and receives", SystemCalls::sendAndReceive);
    }

    private static void create(String end, String option) throws Exception {
        try (Trace trace = new Trace("lesson01." + end)) {
            trace.program.succeeds();
            String socket = trace.find("getsockopt\\(" + SOCKET + ".*" + option + ".*");
            trace.expectCalls(end, socket, "socket( shutdown)? close");
        }
    }

    private static void listen() throws Exception {
        try (Trace server = new Trace("lesson02.Server", "localhost", "0")) {
            server.program.say("\n");
            server.program.succeeds();
            String listener = server.find("listen\\(" + SOCKET + ".*");
            server.expectCalls("server", listener, "socket bind listen( shutdown)? close");
        }
    }

    private static void bind() throws Exception {
        try (Trace client = new Trace("lesson02.Client")) {
            client.program.succeeds();
            String socket = client.find("bind\\(" + SOCKET + ".*");
            client.expectCalls("client", socket, "socket bind( shutdown)? close");
        }
    }

    private static void accept() throws Exception {
        try (Trace server = new Trace("lesson03.Server", "localhost", "0")) {
            int port = server.program.port();
            try (Trace client = new Trace("lesson03.Client", "localhost", "" + port);
                    Socket next = Sockets.connect(port)) {
                client.program.succeeds();
                expect(-1, next.getInputStream().read());
                client.expectCalls("client", client.caller(), "socket connect( shutdown)? close");
            }
            server.program.stop();
            String listener = server.find("listen\\(" + SOCKET + ".*");
            server.expectCalls("listener", listener, "socket bind listen( accept)+");
            server.expectCalls("connection", server.connection(), "accept( shutdown)? close");
        }
    }

    private static void writeAndRead() throws Exception {
        try (Trace server = new Trace("lesson04.Server", "localhost", "0")) {
            String port = "" + server.program.port();
            try (Trace client = new Trace("lesson04.Client", "localhost", port)) {
                client.program.say("Hello\n");
                client.program.out.await("Hello");
                client.program.endInput();
                client.program.succeeds();
                // A read that waits stands where it began, so perhaps before the write.
                String calls = "(read )?write (read )*shutdown (read )*(shutdown )?close";
                client.expectCalls("client", client.caller(), "socket connect " + calls);
            }
            String connection = server.connection();
            await("close", () -> server.calls(connection).endsWith("close"));
            server.program.stop();
            String calls = "accept read write read( shutdown)? close";
            server.expectCalls("connection", connection, calls);
        }
    }

    private static void sendAndReceive() throws Exception {
        try (Trace server = new Trace("lesson05.Server", "localhost", "0")) {
            String port = "" + server.program.port();
            try (Trace client = new Trace("lesson05.Client", "localhost", port)) {
                client.program.say("Hello\n");
                client.program.endInput();
                client.program.succeeds();
                String calls = "socket (bind )?connect sendto recvfrom close";
                client.expectCalls("client", client.caller(), calls);
            }
            server.program.stop();
            String mailbox = server.find("bind\\(" + SOCKET + ".*");
            server.expectCalls("server", mailbox, "socket bind recvfrom sendto recvfrom");
        }
    }

    /** A program under strace, and what strace has noted so far. */
    private static final class Trace implements AutoCloseable {
        final Program program;
        private final Path log;

        Trace(String name, String... args) throws Exception {
            needs("strace");
            try (Program trial = Program.start(Program.ROOT, List.of("strace", "-qq", "true"))) {
                skipIf(trial.status() != 0, "strace may not trace here");
            }
            log = Files.createTempFile("calls", ".log");
            List<String> strace =
                    List.of("strace", "-f", "-y", "-o", "" + log, "-e", "trace=" + TRACED);
            program = Program.start(Program.ROOT, strace, Program.javaCommand(name, args));
        }

        /** Returns the socket that the group in {@code regex} names, in the first such call. */
        String find(String regex) {
            Pattern pattern = Pattern.compile(regex);
            return allCalls().stream()
                    .map(pattern::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no call like " + regex));
        }

        String caller() {
            return find("connect\\(" + SOCKET + ".*AF_INET.*");
        }

        String connection() {
            return find("accept4?\\(.* = " + SOCKET);
        }

        void expectCalls(String end, String socket, String calls) {
            note(end + ": " + calls(socket));
            expectMatch(calls, calls(socket));
        }

        /**
         * Returns the names of the calls with {@code socket}, but for those that were too early.
         */
        String calls(String socket) {
            return allCalls().stream()
                    .filter(call -> call.contains("<socket:[" + socket + "]>"))
                    .filter(call -> !call.startsWith("getsockopt") && !call.contains(" EAGAIN "))
                    .map(call -> call.substring(0, call.indexOf('(')))
                    .collect(Collectors.joining(" "));
        }

        /** Returns all calls in the order in which they began, each in one piece. */
        private List<String> allCalls() {
            List<String> calls = new ArrayList<>();
            Map<String, Integer> unfinished = new HashMap<>(); // thread, and where its call stands
            for (String line : lines()) {
                Matcher started = STARTED.matcher(line);
                Matcher resumed = RESUMED.matcher(line);
                if (started.matches()) {
                    unfinished.put(started.group(1), calls.size());
                    calls.add(started.group(2));
                } else if (resumed.matches()) {
                    int index = unfinished.get(resumed.group(1));
                    calls.set(index, calls.get(index) + resumed.group(2));
                }
            }
            return calls;
        }

        private List<String> lines() {
            try {
                return Files.readAllLines(log, ISO_8859_1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            program.close();
            Files.delete(log);
        }
    }
}
