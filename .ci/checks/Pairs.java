package checks;

import static checks.Checks.check;
import static checks.Program.INFORMATION;
import static checks.Program.java;
import static checks.Sockets.random;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each lesson's server and client work together, in two processes. */
final class Pairs {

    private Pairs() {}

    static void add() {
        check("lesson01 creates a socket at each end", Pairs::create);
        check("lesson02.Server listens until Enter", () -> listen(true));
        check("lesson02.Server listens until the end of its input", () -> listen(false));
        check("lesson02.Client takes a number of its own", Pairs::bind);
        check("lesson03 names the same connection at both ends", Pairs::connect);
        check("lesson04 brings a line back while more may come", Pairs::line);
        check("lesson04 brings 64 MB of random bytes back", Pairs::megabytes);
        check("lesson04 converses with eight clients at once", Pairs::eightClients);
        check("lesson05 brings lines back, whatever their bytes", Pairs::lines);
        check("lesson05.Client takes nothing but its answer", Pairs::wrongAnswers);
    }

    private static void create() throws Exception {
        try (Program server = java("lesson01.Server");
                Program client = java("lesson01.Client")) {
            String created = "server: created ServerSocket\\[unbound\\]\n";
            server.ends(0, created + "server: SO_REUSEADDR is (true|false)\n", "");
            created = "client: created Socket\\[unconnected\\]\n";
            client.ends(0, created + "client: TCP_NODELAY is (true|false)\n", "");
        }
    }

    private static void listen(boolean untilEnter) throws Exception {
        try (Program server = java("lesson02.Server", "localhost", "0")) {
            int port = server.port();
            server.out.await("server: Enter ends it");
            Sockets.connect(port).close(); // the kernel answers, though nobody accepts
            try (Program client = java("lesson02.Client", "localhost", "" + port)) {
                client.fails("is taken", "in use");
            }
            if (untilEnter) {
                server.say("\n");
            } else {
                server.endInput();
            }
            String listening = "server: listening on localhost/127\\.0\\.0\\.1:" + port + "\n";
            server.ends(0, listening + "server: Enter ends it\n", "");
        }
    }

    private static void bind() throws Exception {
        try (Program client = java("lesson02.Client")) {
            client.ends(0, "client: bound to /127\\.0\\.0\\.1:[1-9]\\d*\n", "");
        }
    }

    private static void connect() throws Exception {
        try (Program server = java("lesson03.Server", "localhost", "0")) {
            String port = "" + server.port();
            for (int i = 0; i < 3; i++) {
                try (Program client = java("lesson03.Client", "localhost", port)) {
                    String connected = "client: connected to localhost/127\\.0\\.0\\.1:" + port;
                    String ourEnd = "client: our end is (/127\\.0\\.0\\.1:\\d+)";
                    Matcher ends = client.ends(0, connected + "\n" + ourEnd + "\n", "");
                    server.out.await("server: accepted " + ends.group(1));
                }
            }
        }
    }

    private static void line() throws Exception {
        try (Program server = java("lesson04.Server", "localhost", "0");
                Program client = java("lesson04.Client", "localhost", "" + server.port())) {
            client.say("Hello, server\n");
            client.out.await("Hello, server");
            client.say("and goodbye");
            client.endInput();
            client.ends(0, "Hello, server\nand goodbye", INFORMATION);
        }
    }

    private static void megabytes() throws Exception {
        try (Program server = java("lesson04.Server", "localhost", "0");
                Program client = java("lesson04.Client", "localhost", "" + server.port())) {
            echoes(64, client); // more than the kernels keep: it reads while it writes
        }
    }

    /** Gives random bytes to {@code client}, and checks that it prints the same. */
    static void echoes(int megabytes, Program client) throws Exception {
        byte[] bytes = random(megabytes * 1_000_000, 1);
        client.say(bytes);
        client.endInput();
        client.endsWith(bytes);
    }

    private static void eightClients() throws Exception {
        List<Program> clients = new ArrayList<>();
        try (Program server = java("lesson04.Server", "localhost", "0")) {
            for (int i = 0; i < 8; i++) {
                clients.add(java("lesson04.Client", "localhost", "" + server.port()));
            }
            for (Program client : clients) {
                client.say("I am " + client.pid() + "\n");
            }
            for (Program client : clients) {
                client.out.await("I am " + client.pid()); // and none of them has ended
            }
            for (Program client : clients) {
                client.endInput();
                client.ends(0, "I am " + client.pid() + "\n", INFORMATION);
            }
        } finally {
            clients.forEach(Program::close);
        }
    }

    private static void lines() throws Exception {
        try (Program server = java("lesson05.Server", "localhost", "0");
                Program client = java("lesson05.Client", "localhost", "" + server.port())) {
            client.say("Hello\n");
            client.out.await("Hello");
            String rest = "\n\u0000\u0080\u00ff 1\n" + "long ".repeat(10_000) + "\nlast";
            client.say(rest);
            client.endInput();
            client.ends(0, Pattern.quote("Hello\n" + rest + "\n"), INFORMATION);
        }
    }

    private static void wrongAnswers() throws Exception {
        try (DatagramSocket server = Sockets.mailbox();
                DatagramSocket stranger = Sockets.mailbox();
                Program client = java("lesson05.Client", "127.0.0.1", "" + server.getLocalPort())) {
            client.say("right\n");
            client.endInput();
            DatagramPacket question = new DatagramPacket(new byte[100], 100);
            server.receive(question);
            for (String wrong : List.of("", "1 wrong\n", "2 right\n", "1 righ", "1 right\n\n")) {
                post(server, wrong, question);
            }
            post(stranger, "1 wrong\n", question);
            post(server, "1 right\n", question);
            client.ends(0, "right\n", INFORMATION);
        }
    }

    private static void post(DatagramSocket from, String text, DatagramPacket to)
            throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        from.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }
}
