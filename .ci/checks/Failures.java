package checks;

import static checks.Checks.check;
import static checks.Checks.expectTrue;
import static checks.Checks.isRoot;
import static checks.Checks.needs;
import static checks.Checks.skipIf;
import static checks.Program.java;
import static checks.Program.javaCommand;
import static checks.Program.start;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whatever a student can do wrong ends a program with one line, and with status 1 or 2. */
final class Failures {

    private static final List<Integer> LESSONS = List.of(2, 3, 4, 5);

    /** Keeps for itself what others shall not have, until we end. */
    private static final List<AutoCloseable> kept = new ArrayList<>();

    private Failures() {}

    /** What a server does to its caller. */
    private interface Answer {
        void to(Socket caller) throws IOException;
    }

    /** Those that take the clients' timeouts, 5 and 3 seconds: they start before all others. */
    static void addSlow() throws IOException {
        ServerSocket busy = keep(Sockets.listen(1));
        keep(Sockets.connect(busy.getLocalPort()));
        keep(Sockets.connect(busy.getLocalPort())); // now its queue is full
        String port = "" + busy.getLocalPort();
        fails("lesson03.Client", "does not answer", "onnect timed out", "127.0.0.1", port);
        fails("lesson04.Client", "does not answer", "onnect timed out", "127.0.0.1", port);

        String silent = "" + keep(Sockets.mailbox()).getLocalPort();
        fails("lesson05.Client", "no answer from", "asked 3 times", "127.0.0.1", silent);
    }

    static void add() throws IOException {
        addWrongArguments();
        addWrongAddresses();
        addUnansweredCalls();
        addBrokenConversations();
    }

    private static <T extends AutoCloseable> T keep(T resource) {
        kept.add(resource);
        return resource;
    }

    // wrong arguments: status 2

    private static void addWrongArguments() {
        for (int lesson : LESSONS) {
            usage("lesson0" + lesson + ".Server", "localhost", "70000");
            usage("lesson0" + lesson + ".Client", "localhost", "70000");
        }
        for (String port : List.of("-1", "+80", "abc", "", " 80", "1.5", "0x50", "4294967296")) {
            usage("lesson03.Server", "localhost", port);
        }
        usage("lesson03.Client", "");
        usage("lesson03.Client", "5003");
        usage("lesson03.Client", "", "5003");
        usage("lesson03.Client", "localhost", "5003", "5004");
        usage("lesson01.Server", "localhost");
        usage("lesson01.Client", "localhost");
    }

    private static void usage(String program, String... args) {
        String fact = program + " \"" + String.join("\" \"", args) + "\" prints its usage";
        check(fact, () -> usageNow(program, args));
    }

    private static void usageNow(String program, String... args) throws Exception {
        try (Program wrong = java(program, args)) {
            wrong.ends(2, "", "usage: [^\n]+\n");
        }
    }

    // everything else: status 1

    /** Checks that {@code program} fails with the sentence {@code what}, since {@code why}. */
    private static void fails(String program, String what, String why, String... args) {
        String fact = program + " " + String.join(" ", args) + " says: " + what;
        check(fact, () -> failsNow(java(program, args), "hi\n", what, why));
    }

    private static void failsNow(Program program, String input, String what, String why)
            throws Exception {
        try (program) {
            program.say(input);
            program.endInput();
            program.fails(what, why);
        }
    }

    private static void addWrongAddresses() throws IOException {
        String taken = "" + keep(Sockets.listen(1)).getLocalPort();
        String takenMailbox = "" + keep(Sockets.mailbox()).getLocalPort();
        for (int lesson : LESSONS) {
            String server = "lesson0" + lesson + ".Server";
            String client = "lesson0" + lesson + ".Client";
            fails(server, "is taken", "in use", "127.0.0.1", lesson == 5 ? takenMailbox : taken);
            fails(server, "is not on this machine", "assign", "203.0.113.1", "0");
            fails(server, "nobody knows the host in a..b", "a\\.\\.b|nresolved", "a..b");
            fails(client, "nobody knows the host in a..b", "a\\.\\.b|nresolved", "a..b");
        }
        fails("lesson02.Client", "is taken", "in use", "127.0.0.1", taken);
        fails("lesson02.Client", "is not on this machine", "assign", "203.0.113.1");
        check("lesson03.Server localhost 1 says: is privileged", Failures::privileged);
    }

    private static void privileged() throws Exception {
        Path first = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        skipIf(!Files.exists(first), "no such limit here");
        skipIf(Files.readString(first).startsWith("0"), "no port is privileged here");
        List<String> server = javaCommand("lesson03.Server", "localhost", "1");
        failsNow(start(Program.ROOT, unprivileged(), server), "", "is privileged", "ermission");
    }

    /** The words before a command that take from root the right to any port. */
    private static List<String> unprivileged() throws Exception {
        if (!isRoot()) {
            return List.of();
        }
        needs("setpriv");
        String less = "-net_bind_service";
        List<String> words = List.of("setpriv", "--bounding-set", less, "--inh-caps", less);
        try (Program trial = start(Program.ROOT, words, List.of("true"))) {
            skipIf(trial.status() != 0, "setpriv may not take it from root");
        }
        return words;
    }

    private static void addUnansweredCalls() throws IOException {
        String refusing = "" + keep(Sockets.refuse()).getLocalPort();
        for (String client : List.of("lesson03.Client", "lesson04.Client")) {
            fails(client, "nobody listens on", "Connection refused", "127.0.0.1", refusing);
            fails(client, "no way leads to", "unreachable", "127.255.255.255", "5003");
        }
        // A mailbox that is connected to another: the kernel turns all others away.
        DatagramSocket aloof = keep(Sockets.mailbox());
        aloof.connect(keep(Sockets.mailbox()).getLocalSocketAddress());
        String port = "" + aloof.getLocalPort();
        fails("lesson05.Client", "nobody receives on", ".*", "127.0.0.1", port);
        fails("lesson05.Client", "has no owner", "port 0", "127.0.0.1", "0");
    }

    private static void addBrokenConversations() {
        check(
                "lesson04.Client says: hung up before it had everything",
                () -> answered(Socket::close, "hung up before it had everything", "end of stream"));
        check(
                "lesson04.Client says: cut the connection",
                () -> answered(Sockets::reset, "cut the connection", "Connection reset"));
        check("lesson04.Client tells that its output failed", Failures::fullDisk);
        check("lesson05.Client says: a line is too long", Failures::longLine);
    }

    private static void answered(Answer answer, String what, String why) throws Exception {
        try (ServerSocket listener = Sockets.listen(1)) {
            String port = "" + listener.getLocalPort();
            try (Program client = java("lesson04.Client", "127.0.0.1", port)) {
                answer.to(listener.accept());
                client.fails(what, why); // while its input stays open
            }
        }
    }

    private static void fullDisk() throws Exception {
        skipIf(!Files.exists(Path.of("/dev/full")), "no /dev/full");
        List<String> toFull = List.of("bash", "-c", "exec \"$@\" >/dev/full", "-");
        try (Program server = java("lesson04.Server", "localhost", "0")) {
            String port = "" + server.port();
            List<String> client = javaCommand("lesson04.Client", "127.0.0.1", port);
            failsNow(start(Program.ROOT, toFull, client), "hi\n", "failed", "No space left");
        }
    }

    private static void longLine() throws Exception {
        String line = "x".repeat(70_000) + "\n";
        try (Program server = java("lesson05.Server", "localhost", "0")) {
            Program client = java("lesson05.Client", "127.0.0.1", "" + server.port());
            failsNow(client, line, "a line is too long for a datagram", "too long");
            server.stop();
            expectTrue(server.out.text().lines().count() == 1, "the server got something");
        }
    }
}
