package lesson03;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fills the queue of a server that never accepts, and measures what a short queue costs. */
public final class Lab {

    static final int BACKLOG = 1; // of the server that never accepts
    static final int CALLERS = 5; // of that server
    static final int TIMEOUT_MILLIS = 200; // how long each of them waits, in milliseconds
    static final int CROWD = 200; // callers of a server that accepts, one straight after another
    static final int[] BACKLOGS = {50, 1_024}; // of that server: Java's default, and the lesson's
    static final int WORK_MILLIS = 1; // that this server does for each, in milliseconds
    static final int LIMIT_MILLIS = 4_000; // of an experiment, in milliseconds: no call after it

    /** One call: the server's backlog, the caller's number, how it ended, how long it took. */
    record Row(int backlog, int caller, String outcome, long micros) {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            System.err.println("usage: no arguments");
            System.exit(2);
        }
        introduce();
        try {
            measure(true, BACKLOG, 1, LIMIT_MILLIS); // not printed: a first use loads classes
            List<Row> rows = measure(false, BACKLOG, CALLERS, TIMEOUT_MILLIS);
            List<List<Row>> crowds = new ArrayList<>();
            for (int backlog : BACKLOGS) {
                List<Row> crowd = measure(true, backlog, CROWD, LIMIT_MILLIS);
                line("  . backlog %d: %d callers in %.1f s", backlog, crowd.size(), seconds(crowd));
                crowds.add(crowd);
            }
            print(rows, crowds);
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e, new InetSocketAddress("localhost", 0)));
            System.exit(1);
        }
    }

    static void introduce() {
        line("Lab 3: what a full queue does to callers");
        line("  does      %d callers try a server that never accepts; %d try", CALLERS, CROWD);
        line("            one that accepts, one straight after another, with two backlogs");
        line("  predict   how many get through to the first one, with backlog %d?", BACKLOG);
        line("  change    BACKLOG, and run again\n");
    }

    static void print(List<Row> rows, List<List<Row>> crowds) {
        double most = rows.stream().mapToLong(Row::micros).max().orElse(0);
        line("\n  caller  outcome    microseconds");
        for (Row r : rows) {
            String text = "  %6d  %-9s  %12d  " + Chart.bar(r.micros, most);
            line(text, r.caller, r.outcome, r.micros);
        }
        double longest = crowds.stream().mapToDouble(Lab::seconds).max().orElse(0);
        line("\n  backlog  connected  waited  callers/s  seconds");
        for (List<Row> crowd : crowds) {
            long connected = count(crowd, "connected");
            // A full queue drops a caller's first packet, which comes again a second later.
            long waited = crowd.stream().filter(r -> r.micros > 500_000).count();
            double seconds = seconds(crowd);
            String text = "  %7d  %9d  %6d  %9.0f  %7.2f  " + Chart.bar(seconds, longest);
            line(text, crowd.get(0).backlog, connected, waited, connected / seconds, seconds);
        }
        String so = conclusion(rows, crowds); // in lines of at most 68 characters
        line("\n  so        " + so.replaceAll("(.{1,68})( |$)", "$1\n            ").strip());
    }

    /** Has {@code callers} call a server, one straight after another. */
    static List<Row> measure(boolean accepts, int backlog, int callers, int timeoutMillis)
            throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        ServerSocket listener = new ServerSocket();
        Thread server = new Thread(() -> serve(listener));
        try (listener) {
            listener.bind(new InetSocketAddress("localhost", 0), backlog);
            if (accepts) {
                server.start();
            }
            long left = LIMIT_MILLIS, end = System.nanoTime() + left * 1_000_000;
            for (int caller = 1; caller <= callers && left > 0; caller++) {
                long start = System.nanoTime();
                String outcome = call(listener, (int) Math.min(left, timeoutMillis));
                rows.add(new Row(backlog, caller, outcome, (System.nanoTime() - start) / 1_000));
                left = (end - System.nanoTime()) / 1_000_000;
            }
        }
        server.join();
        return rows;
    }

    private static String call(ServerSocket listener, int timeoutMillis) throws IOException {
        try (Socket caller = new Socket()) {
            caller.connect(listener.getLocalSocketAddress(), timeoutMillis);
            return "connected"; // hangs up at once, and keeps its place in the queue
        } catch (SocketTimeoutException | ConnectException e) {
            return e instanceof ConnectException ? "refused" : "timed out";
        }
    }

    /** Accepts until {@code listener} is closed, and works a little for each caller. */
    private static void serve(ServerSocket listener) {
        try {
            while (true) {
                try (Socket connection = listener.accept()) {
                    Thread.sleep(WORK_MILLIS); // meanwhile others call, and the queue fills
                }
            }
        } catch (IOException | InterruptedException e) {
            // closed: nobody calls any more
        }
    }

    static String conclusion(List<Row> rows, List<List<Row>> crowds) {
        int backlog = rows.get(0).backlog, course = Math.min(rows.size(), backlog + 1);
        long through = count(rows, "connected"), late = count(rows, "timed out");
        boolean known = through == course && through + late == rows.size();
        String queue = "With backlog %d, %d callers connected to nobody, and %d of %d timed out. ";
        List<Row> first = crowds.get(0), last = crowds.get(crowds.size() - 1);
        double ratio = seconds(first) / first.size() / (seconds(last) / last.size());
        String crowd = "In the crowd a call took %.1f times as long with backlog %d as with %d.";
        return says(known, queue, backlog, through, late, rows.size())
                + says(ratio > 2, crowd, ratio, first.get(0).backlog, last.get(0).backlog);
    }

    private static long count(List<Row> rows, String outcome) {
        return rows.stream().filter(r -> r.outcome.equals(outcome)).count();
    }

    private static double seconds(List<Row> rows) {
        return rows.stream().mapToLong(Row::micros).sum() / 1e6;
    }

    private static String says(boolean expected, String sentence, Object... numbers) {
        return (expected ? "" : "differs: ") + String.format(Locale.ROOT, sentence, numbers);
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
