package lesson02;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Calls a socket in each of its states, and asks for its port with other sockets. */
public final class Lab {

    static final String HOST = "127.0.0.1"; // where the server is: an address of this machine
    static final boolean LINUX = System.getProperty("os.name").equals("Linux"); // has 127.0.0.2

    /** What was tried, how it ended, what the course says, and how long it took. */
    record Row(String table, String what, String outcome, String course, long micros) {}

    public static void main(String[] args) {
        if (args.length > 0) {
            System.err.println("usage: no arguments");
            System.exit(2);
        }
        introduce();
        try {
            measure(HOST); // not printed: a first use loads classes, which takes its time
            print(measure(HOST));
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e, new InetSocketAddress(HOST, 0)));
            System.exit(1);
        }
    }

    static void introduce() {
        line("Lab 2: who answers at an address, and who else can have its port");
        line("  does      calls a socket in each of its states, and asks for its port");
        line("  predict   what does a caller meet at a socket that is bound and not listening?");
        line("  change    HOST to \"::1\", and run again");
    }

    static void print(List<Row> rows) {
        double most = 2.5 * rows.stream().mapToLong(Row::micros).max().orElse(0);
        for (String table : rows.stream().map(Row::table).distinct().toList()) {
            line("\n  %-26s  %-22s  microseconds", table, "outcome");
            for (Row r : rows.stream().filter(row -> row.table.equals(table)).toList()) {
                String text = "  %-26.26s  %-22.22s  %12d  " + Chart.bar(r.micros, most);
                line(text, r.what, r.outcome.replaceAll("[^ -~]", "?"), r.micros);
            }
        }
        String so = conclusion(rows); // in lines of at most 68 characters
        line("\n  so        %s", so.replaceAll("(.{1,68})( |$)", "$1\n            ").strip());
    }

    /** Tries it all, with a server at {@code hostName}. */
    static List<Row> measure(String hostName) throws IOException {
        List<Row> rows = new ArrayList<>();
        InetAddress host = InetAddress.getByName(hostName);
        String state = "the socket is", owner = "its port is wanted by", path = "a path is";
        try (Socket socket = new Socket()) { // a ServerSocket listens as soon as it is bound
            add(rows, state, "created", "-1", () -> new Socket(host, socket.getLocalPort()));
            socket.bind(new InetSocketAddress(host, 0));
            add(rows, state, "bound", "refused", () -> new Socket(host, socket.getLocalPort()));
        }
        ServerSocket listener = new ServerSocket(0, Server.BACKLOG, host);
        int port = listener.getLocalPort();
        try (listener) {
            InetAddress other = InetAddress.getByName("127.0.0.2");
            String free = host.isAnyLocalAddress() || host.equals(other) ? "in use" : "given";
            add(rows, state, "listening", "connected", () -> new Socket(host, port));
            add(rows, owner, "a ServerSocket", "in use", () -> new ServerSocket(port, 1, host));
            add(rows, owner, "one at 127.0.0.2", free, () -> new ServerSocket(port, 1, other));
            add(rows, owner, "a DatagramSocket", "given", () -> new DatagramSocket(port, host));
            call(rows, "at " + hostName + "; a call to", listener);
        }
        add(rows, state, "closed", "refused", () -> new Socket(host, port));
        add(rows, owner, "one after close()", "given", () -> new ServerSocket(port, 1, host));
        try (ServerSocket wildcard = new ServerSocket(0)) {
            call(rows, "at the wildcard; a call to", wildcard);
        }
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "lab" + System.nanoTime());
        UnixDomainSocketAddress unix = UnixDomainSocketAddress.of(file);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocketChannel next = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(unix);
            add(rows, path, "called", "connected", () -> SocketChannel.open(unix));
            server.close();
            add(rows, path, "called after close()", "refused", () -> SocketChannel.open(unix));
            add(rows, path, "wanted after close()", "in use", () -> next.bind(unix));
        } finally {
            Files.deleteIfExists(file);
        }
        return rows;
    }

    private static void call(List<Row> rows, String table, ServerSocket server) throws IOException {
        InetAddress own = server.getInetAddress();
        int port = server.getLocalPort();
        for (String name : List.of("localhost", LINUX ? "127.0.0.2" : "127.0.0.1", "::1")) {
            for (InetAddress host : InetAddress.getAllByName(name)) {
                boolean heard = own.isAnyLocalAddress() || own.equals(host);
                String course = heard ? "connected" : "refused";
                add(rows, table, "" + host, course, () -> new Socket(host, port));
            }
        }
    }

    /** Adds a row with what came of {@code trial}, and closes the socket that it made. */
    private static void add(
            List<Row> rows, String table, String what, String course, Callable<Closeable> trial) {
        long start = System.nanoTime();
        String outcome;
        try (Closeable end = trial.call()) {
            outcome = end instanceof Socket || end instanceof SocketChannel ? "connected" : "given";
        } catch (Exception e) {
            outcome = "" + e.getMessage(); // the system's words
        }
        rows.add(new Row(table, what, outcome, course, (System.nanoTime() - start) / 1_000));
    }

    static String conclusion(List<Row> rows) {
        String state = rows.get(0).table;
        String open = find(rows, r -> r.table.equals(state) && r.outcome.equals("connected"));
        String free = find(rows, r -> r.outcome.equals("given"));
        String others = find(rows, r -> !r.outcome.contains(r.course));
        String so = "A caller gets through while the socket is %s. Its port is free for %s. ";
        String differs = others.isEmpty() ? "" : "differs: other outcomes in the course: %s.";
        return (so + differs).formatted(open, free, others);
    }

    private static String find(List<Row> rows, Predicate<Row> filter) {
        return rows.stream().filter(filter).map(Row::what).collect(Collectors.joining(", "));
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
