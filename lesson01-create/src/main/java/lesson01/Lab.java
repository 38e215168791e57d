package lesson01;

import com.sun.management.UnixOperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Counts the descriptors of this process after each line that may open or close one. */
public final class Lab {

    static final int FORGOTTEN = 10; // how many sockets to use and not close

    /** A line, its change to the number of descriptors, here and in the course, and the number. */
    record Row(String line, long change, long course, long open, String java) {}

    public static void main(String[] args) {
        Arguments.none(args);
        introduce();
        try {
            print(measure(FORGOTTEN));
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e));
            System.exit(1);
        }
    }

    static void introduce() {
        line("Lab 1: which lines open a descriptor");
        line("  does      counts the descriptors (open sockets, pipes, files) after each line");
        line("  predict   which line opens one: new Socket(), its first use, or each use?");
        line("  change    FORGOTTEN, and run again");
    }

    static void print(List<Row> rows) {
        long start = rows.get(0).open;
        double most = rows.stream().mapToLong(Row::open).max().orElse(0) - start;
        line("\n  line of code         descriptors  Java    open");
        for (Row r : rows) {
            String text = "  %-26s%6d  %-6s  %4d  " + Chart.bar(r.open - start, most);
            line(text, r.line, r.change, r.java, r.open);
        }
        String so = conclusion(rows); // in lines of at most 68 characters
        line("\n  so        %s", so.replaceAll("(.{1,68})( |$)", "$1\n            ").strip());
    }

    /** Runs the lines until two rounds agree: now and then the JVM opens a file of its own. */
    static List<Row> measure(int forgotten) throws IOException {
        List<Row> rows = round(forgotten), last = List.of();
        for (int i = 0; i < 10 && !rows.equals(last); i++) {
            last = rows;
            rows = round(forgotten);
        }
        return rows;
    }

    private static List<Row> round(int forgotten) throws IOException {
        List<Row> rows = new ArrayList<>();
        count(rows, "(at the start)", 0, null);
        try (Socket socket = new Socket()) {
            count(rows, "new Socket()", 0, socket.isClosed());
            socket.getTcpNoDelay();
            count(rows, "socket.getTcpNoDelay()", 1, socket.isClosed());
            socket.bind(new InetSocketAddress("localhost", 0));
            count(rows, "socket.bind(address)", 0, socket.isClosed());
            socket.close();
            count(rows, "socket.close()", -1, socket.isClosed());
        }
        ServerSocket listener = new ServerSocket();
        try (listener) {
            count(rows, "new ServerSocket()", 0, listener.isClosed());
            listener.getReuseAddress();
            count(rows, "listener.getReuseAddress()", 1, listener.isClosed());
        }
        count(rows, "end of try (listener)", -1, listener.isClosed());
        try (DatagramSocket mailbox = new DatagramSocket(null)) {
            count(rows, "new DatagramSocket(null)", 1, mailbox.isClosed());
            mailbox.close();
            count(rows, "mailbox.close()", -1, mailbox.isClosed());
        }
        try (SocketChannel channel = SocketChannel.open()) {
            count(rows, "SocketChannel.open()", 1, !channel.isOpen());
            channel.close();
            count(rows, "channel.close()", -1, !channel.isOpen());
        }
        Pipe pipe = Pipe.open();
        count(rows, "Pipe.open()", 2, !pipe.sink().isOpen());
        pipe.sink().close();
        count(rows, "pipe.sink().close()", -1, !pipe.sink().isOpen());
        pipe.source().close();
        count(rows, "pipe.source().close()", -1, !pipe.source().isOpen());
        List<Socket> held = new ArrayList<>(); // or the garbage collector may close them
        try {
            for (int i = 0; i < forgotten; i++) {
                held.add(new Socket());
                held.get(i).getTcpNoDelay();
            }
            boolean closed = held.stream().allMatch(Socket::isClosed);
            count(rows, forgotten + " sockets not closed", forgotten, closed);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        return rows;
    }

    private static void count(List<Row> rows, String line, long course, Boolean closed) {
        Object os = ManagementFactory.getOperatingSystemMXBean();
        long open = os instanceof UnixOperatingSystemMXBean x ? x.getOpenFileDescriptorCount() : -1;
        long change = rows.isEmpty() ? 0 : open - rows.get(rows.size() - 1).open();
        String java = closed == null ? "" : closed ? "closed" : "open";
        rows.add(new Row(line, change, course, open, java));
    }

    static String conclusion(List<Row> rows) {
        long count = rows.stream().filter(r -> r.change > 0).count();
        String openers = lines(rows, r -> r.change > 0);
        String open = lines(rows, r -> r.open == rows.get(0).open && r.java.equals("open"));
        String others = lines(rows, r -> r.change != r.course);
        if (rows.get(0).open < 0) {
            return says(false, "this system counts no descriptors. Java says open after %s.", open);
        }
        return says(count > 0, "%d lines opened descriptors: %s. ", count, openers)
                + says(!open.isEmpty(), "Java says open, and there is none, after %s. ", open)
                + (others.isEmpty() ? "" : says(false, "other numbers in the course: %s.", others));
    }

    private static String lines(List<Row> rows, Predicate<Row> filter) {
        return rows.stream().filter(filter).map(Row::line).collect(Collectors.joining(", "));
    }

    private static String says(boolean expected, String sentence, Object... numbers) {
        return (expected ? "" : "differs: ") + String.format(Locale.ROOT, sentence, numbers);
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
