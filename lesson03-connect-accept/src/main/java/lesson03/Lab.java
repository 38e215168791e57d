package lesson03;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Fills the queue of a server that never accepts, and measures what a short queue costs. */
public final class Lab {

    /** The backlog of the server that never accepts. */
    static final int BACKLOG = 1;

    /** How many clients connect to it. */
    static final int CLIENTS = 5;

    /** How long each of them waits for an answer, in milliseconds. */
    static final int TIMEOUT_MILLIS = 200;

    /** How many clients connect to a server that accepts, one straight after another. */
    static final int CROWD = 200;

    /** The backlogs of that server: Java's default, and the lesson's. */
    static final List<Integer> CROWD_BACKLOGS = List.of(50, Server.BACKLOG);

    /** How long that server works for each client, in milliseconds: meanwhile others come. */
    static final int WORK_MILLIS = 1;

    /** After this many milliseconds no further client of the crowd connects. */
    static final int CROWD_MILLIS = 4_000;

    /** A client that waited longer, in milliseconds, was dropped at first, and tried again. */
    static final int DROPPED_MILLIS = 500;

    /** How a connect can end. */
    static final String CONNECTED = "connected", REFUSED = "refused", TIMED_OUT = "timed out";

    /** A client, how its connect ended, and after how many microseconds. */
    record Row(int client, String outcome, long micros) {}

    /** The clients of a server with this backlog, one straight after another. */
    record Crowd(int backlog, List<Row> rows) {

        double seconds() {
            return rows.stream().mapToLong(Row::micros).sum() / 1e6;
        }

        long dropped() {
            return rows.stream().filter(row -> row.micros > DROPPED_MILLIS * 1_000).count();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            System.err.println("usage: no arguments");
            System.exit(2);
        }
        introduce();
        try {
            crowd(Server.BACKLOG, 1); // not printed: a first use loads classes
            List<Row> rows = fill(BACKLOG, CLIENTS);
            List<Crowd> crowds = new ArrayList<>();
            for (int backlog : CROWD_BACKLOGS) {
                crowds.add(crowd(backlog, CROWD));
            }
            print(BACKLOG, rows, crowds);
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e, new InetSocketAddress("localhost", 0)));
            System.exit(1);
        }
    }

    static void introduce() {
        Report.introduce(
                "Lab 3: what a full queue does to clients",
                Report.sentence(
                        "connects %d clients to a server that never accepts; then connects %d to"
                            + " one that accepts, one straight after another, with two backlogs",
                        CLIENTS, CROWD),
                Report.sentence(
                        "how many connect to the first server, whose backlog is %d?", BACKLOG),
                "BACKLOG to 3, and run again");
    }

    /** Connects clients to a server that never accepts. */
    static List<Row> fill(int backlog, int clients) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ServerSocket listener = listen(backlog)) {
            for (int client = 1; client <= clients; client++) {
                rows.add(connect(client, listener, TIMEOUT_MILLIS));
            }
        }
        return rows;
    }

    /** Connects clients, one straight after another, to a server that accepts. */
    static Crowd crowd(int backlog, int clients) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        ServerSocket listener = listen(backlog);
        Thread server = new Thread(() -> serve(listener));
        server.start();
        try (listener) {
            long start = System.nanoTime();
            long millis = 0;
            for (int client = 1; client <= clients && millis < CROWD_MILLIS; client++) {
                rows.add(connect(client, listener, Client.TIMEOUT_MILLIS));
                millis = (System.nanoTime() - start) / 1_000_000;
            }
        }
        server.join(); // it ends, because the listener is closed
        return new Crowd(backlog, rows);
    }

    private static ServerSocket listen(int backlog) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress("localhost", 0), backlog);
        return listener;
    }

    /** Connects a client, which hangs up at once: its place in the queue stays taken. */
    private static Row connect(int client, ServerSocket listener, int timeoutMillis)
            throws IOException {
        long start = System.nanoTime();
        String outcome;
        try (Socket socket = new Socket()) {
            socket.connect(listener.getLocalSocketAddress(), timeoutMillis);
            outcome = CONNECTED;
        } catch (SocketTimeoutException e) {
            outcome = TIMED_OUT;
        } catch (ConnectException e) {
            outcome = REFUSED;
        }
        return new Row(client, outcome, (System.nanoTime() - start) / 1_000);
    }

    /** Accepts until {@code listener} is closed, and works a little for each client. */
    private static void serve(ServerSocket listener) {
        try {
            while (true) {
                try (Socket connection = listener.accept()) {
                    Thread.sleep(WORK_MILLIS);
                }
            }
        } catch (IOException | InterruptedException e) {
            // closed: no client comes any more
        }
    }

    static void print(int backlog, List<Row> rows, List<Crowd> crowds) {
        Report clients = new Report("client", "outcome", "microseconds");
        for (Row row : rows) {
            clients.row(row.micros, row.client, row.outcome, row.micros);
        }
        clients.print();

        Report servers = new Report("backlog", "clients", "dropped at first", "seconds");
        for (Crowd crowd : crowds) {
            double seconds = crowd.seconds();
            servers.row(seconds, crowd.backlog, crowd.rows.size(), crowd.dropped(), seconds);
        }
        servers.print();
        Report.conclude(conclusion(backlog, rows), conclusion(crowds));
    }

    /** What the clients of the server that never accepts met. */
    static String conclusion(int backlog, List<Row> rows) {
        long connected = count(rows, CONNECTED);
        long late = count(rows, TIMED_OUT);
        int room = backlog < 1 ? 50 : backlog; // Java takes 50 for a backlog below 1
        int course = Math.min(rows.size(), room + 1);
        return Report.sentence(
                connected == course && connected + late == rows.size(),
                "With backlog %d, %d of %d clients connected although nobody accepted, and %d"
                        + " timed out.",
                backlog,
                connected,
                rows.size(),
                late);
    }

    /** How much longer the clients of the first crowd took than those of the last. */
    static String conclusion(List<Crowd> crowds) {
        Crowd first = crowds.get(0);
        Crowd last = crowds.get(crowds.size() - 1);
        double ratio = secondsEach(first) / secondsEach(last);
        return Report.sentence(
                ratio > 2,
                "In the crowd a connect took %.1f times as long with backlog %d as with %d.",
                ratio,
                first.backlog,
                last.backlog);
    }

    private static double secondsEach(Crowd crowd) {
        return crowd.seconds() / crowd.rows.size();
    }

    private static long count(List<Row> rows, String outcome) {
        return rows.stream().filter(row -> row.outcome.equals(outcome)).count();
    }
}
