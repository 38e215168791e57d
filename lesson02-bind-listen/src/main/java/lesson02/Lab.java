package lesson02;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Connects to a socket in each of its states, and asks for its address with other sockets. */
public final class Lab {

    /** Where the server is: an address of this machine. */
    static final String HOST = "127.0.0.1";

    /** Stands for every address of this machine. */
    static final String WILDCARD = "0.0.0.0";

    /** The addresses at which clients look for a server. */
    static final List<String> TARGETS = List.of("127.0.0.1", "127.0.0.2", "::1");

    /** What each of them is. */
    static final List<String> KINDS = List.of("loopback", "also loopback", "loopback of IPv6");

    /** How long a client waits for an answer, in milliseconds. Windows may refuse after 2,000. */
    static final int TIMEOUT_MILLIS = 3_000;

    /** How a client's connect can end. */
    static final String CONNECTED = "connected", REFUSED = "refused", NOWHERE = "no address";

    /** How a bind can end. */
    static final String GIVEN = "given", TAKEN = "taken";

    /** How anything ends at an address that this machine does not have. */
    static final String NOT_HERE = "not on this machine";

    /** What was tried, how it ended, how it ends in the course, and how many microseconds later. */
    record Row(String what, String outcome, String course, long micros) {}

    /** A client at a socket in each state, other sockets that bind, and clients of two servers. */
    record Results(
            String host,
            List<Row> states,
            List<Row> owners,
            List<Row> atHost,
            List<Row> atWildcard) {}

    public static void main(String[] args) {
        if (args.length > 0) {
            System.err.println("usage: no arguments");
            System.exit(2);
        }
        introduce();
        try {
            measure(HOST); // not printed: a first use loads classes, which takes time
            print(measure(HOST));
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e, new InetSocketAddress(HOST, 0)));
            System.exit(1);
        }
    }

    static void introduce() {
        Report.introduce(
                "Lab 2: who answers at an address, and who else can have its port",
                "connects to a socket in each of its states, and asks for its port",
                "which of the four sockets in the second table get the port?",
                "HOST to \"127.0.0.2\" or \"::1\", and run again");
    }

    static Results measure(String hostName) throws IOException {
        InetAddress host = InetAddress.getByName(hostName);
        InetAddress wildcard = InetAddress.getByName(WILDCARD);
        return new Results(hostName, states(host), owners(host), reach(host), reach(wildcard));
    }

    /** Lets a client connect to a socket in each of its states. Nobody ever accepts. */
    private static List<Row> states(InetAddress host) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Socket socket = new Socket()) { // a ServerSocket would listen as soon as it is bound
            rows.add(connect("created", NOWHERE, socket.getLocalSocketAddress()));
            socket.bind(new InetSocketAddress(host, 0));
            rows.add(connect("bound", REFUSED, socket.getLocalSocketAddress()));
        }
        ServerSocket listener = listen(host);
        SocketAddress address = listener.getLocalSocketAddress();
        try (listener) {
            rows.add(connect("listening", CONNECTED, address));
        }
        rows.add(connect("closed", REFUSED, address));
        return rows;
    }

    /** Asks for the port of a listening socket with other sockets. */
    private static List<Row> owners(InetAddress host) throws IOException {
        List<Row> rows = new ArrayList<>();
        InetAddress first = InetAddress.getByName(TARGETS.get(0));
        InetAddress other = host.equals(first) ? InetAddress.getByName(TARGETS.get(1)) : first;
        String atOther = "a ServerSocket at " + other.getHostAddress();
        ServerSocket listener = listen(host);
        int port = listener.getLocalPort();
        try (listener) {
            rows.add(bind("a ServerSocket", TAKEN, () -> new ServerSocket(port, 1, host)));
            if (isHere(other)) {
                String course = host.isAnyLocalAddress() ? TAKEN : GIVEN;
                rows.add(bind(atOther, course, () -> new ServerSocket(port, 1, other)));
            }
            rows.add(bind("a DatagramSocket", GIVEN, () -> new DatagramSocket(port, host)));
        }
        rows.add(bind("a ServerSocket after close", GIVEN, () -> new ServerSocket(port, 1, host)));
        return rows;
    }

    /** Lets clients look for a server at {@code host} by each address of this machine. */
    private static List<Row> reach(InetAddress host) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ServerSocket listener = listen(host)) {
            for (String target : TARGETS) {
                InetAddress address = InetAddress.getByName(target);
                if (isHere(address)) {
                    boolean same = host.isAnyLocalAddress() || host.equals(address);
                    String course = same ? CONNECTED : REFUSED;
                    int port = listener.getLocalPort();
                    rows.add(connect(target, course, new InetSocketAddress(address, port)));
                } else {
                    rows.add(new Row(target, NOT_HERE, NOT_HERE, 0));
                }
            }
        }
        return rows;
    }

    private static ServerSocket listen(InetAddress host) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(host, 0), Server.BACKLOG);
        return listener;
    }

    /** Whether this machine has the address: macOS has no 127.0.0.2, and some have no IPv6. */
    private static boolean isHere(InetAddress address) {
        try (ServerSocket probe = listen(address)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Connects a client to {@code address}, which is null as long as there is none. */
    private static Row connect(String what, String course, SocketAddress address) {
        if (address == null) {
            return new Row(what, NOWHERE, course, 0);
        }
        long start = System.nanoTime();
        String outcome;
        try (Socket client = new Socket()) {
            client.connect(address, TIMEOUT_MILLIS);
            outcome = CONNECTED;
        } catch (ConnectException e) {
            outcome = REFUSED;
        } catch (IOException e) {
            outcome = "" + e.getMessage();
        }
        return new Row(what, outcome, course, (System.nanoTime() - start) / 1_000);
    }

    /** Makes a socket that binds, and closes it. */
    private static Row bind(String what, String course, Callable<Closeable> socket) {
        long start = System.nanoTime();
        String outcome;
        try (Closeable bound = socket.call()) {
            outcome = GIVEN;
        } catch (BindException e) {
            outcome = TAKEN;
        } catch (Exception e) {
            outcome = "" + e.getMessage();
        }
        return new Row(what, outcome, course, (System.nanoTime() - start) / 1_000);
    }

    static void print(Results results) {
        Report states = new Report("the socket is", "connect", "microseconds");
        for (Row row : results.states) {
            states.row(row.micros, row.what, row.outcome, row.micros);
        }
        states.print();

        Report owners = new Report("its port is wanted by", "bind");
        for (Row row : results.owners) {
            owners.row(Report.NO_BAR, row.what, row.outcome);
        }
        owners.print();

        String atHost = "server at " + results.host;
        Report reach = new Report("a client looks at", "which is", atHost, "at the wildcard");
        for (int i = 0; i < results.atHost.size(); i++) {
            Row row = results.atHost.get(i);
            String atWildcard = results.atWildcard.get(i).outcome;
            reach.row(Report.NO_BAR, row.what, KINDS.get(i), row.outcome, atWildcard);
        }
        reach.print();
        Report.conclude(conclusion(results));
    }

    static String conclusion(Results results) {
        List<Row> all =
                Stream.of(results.states, results.owners, results.atHost, results.atWildcard)
                        .flatMap(List::stream)
                        .toList();
        String others = find(all, row -> !row.outcome.equals(row.course));
        String so =
                "A client gets through while the socket is %s, though nobody accepts. "
                        + "Its port is free for %s. "
                        + "A server at %s is found at %s, one at the wildcard at %s.";
        return Report.sentence(
                        so,
                        find(results.states, row -> row.outcome.equals(CONNECTED)),
                        find(results.owners, row -> row.outcome.equals(GIVEN)),
                        results.host,
                        find(results.atHost, row -> row.outcome.equals(CONNECTED)),
                        find(results.atWildcard, row -> row.outcome.equals(CONNECTED)))
                + (others.isEmpty()
                        ? ""
                        : " differs: other outcomes in the course: " + others + ".");
    }

    private static String find(List<Row> rows, Predicate<Row> filter) {
        return rows.stream().filter(filter).map(Row::what).collect(Collectors.joining(", "));
    }
}
