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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Counts the descriptors of this process after each line that may open or close one. */
public final class Lab {

    /** How many sockets to use and not to close. */
    static final int FORGOTTEN = 10;

    /** How many rounds to count at most: in some of them the JVM opens a file of its own. */
    static final int ROUNDS = 10;

    /** Stands for the count on a system that does not count descriptors. */
    static final long UNKNOWN = -1;

    /**
     * A line of code. After it {@code open} descriptors are open, {@code change} more than before;
     * the course says {@code course} more. {@code java} is what Java then calls the socket.
     */
    record Row(String line, long open, long change, long course, String java) {}

    public static void main(String[] args) {
        Arguments.none(args);
        introduce();
        try {
            List<Row> rows = measure(FORGOTTEN);
            print(rows);
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e));
            System.exit(1);
        }
    }

    static void introduce() {
        Report.introduce(
                "Lab 1: which lines open a descriptor",
                "counts the descriptors (open sockets, pipes, files) after each line",
                "which line opens one: new Socket(), its first use, or each use?",
                "FORGOTTEN, and run again");
    }

    /** Runs the lines until two rounds agree, and returns a row for each line. */
    static List<Row> measure(int forgotten) throws IOException {
        List<Row> last = List.of();
        List<Row> rows = round(forgotten);
        for (int i = 1; i < ROUNDS && !rows.equals(last); i++) {
            last = rows;
            rows = round(forgotten);
        }
        return rows;
    }

    private static List<Row> round(int forgotten) throws IOException {
        List<Row> rows = new ArrayList<>();
        long start = descriptors();
        rows.add(new Row("(at the start)", start, 0, 0, ""));

        try (Socket socket = new Socket()) {
            count(rows, "new Socket()", 0, socket.isClosed());
            socket.getReceiveBufferSize();
            count(rows, "socket.getReceiveBufferSize()", 1, socket.isClosed());
            socket.bind(new InetSocketAddress("localhost", 0));
            count(rows, "socket.bind(address)", 0, socket.isClosed());
            socket.close();
            count(rows, "socket.close()", -1, socket.isClosed());
        }

        ServerSocket listener = new ServerSocket();
        try (listener) {
            count(rows, "new ServerSocket()", 0, listener.isClosed());
            listener.bind(new InetSocketAddress("localhost", 0));
            count(rows, "listener.bind(address)", 1, listener.isClosed());
        }
        count(rows, "end of try (listener)", -1, listener.isClosed());

        DatagramSocket mailbox = new DatagramSocket(null);
        try (mailbox) {
            count(rows, "new DatagramSocket(null)", 1, mailbox.isClosed());
        }
        count(rows, "end of try (mailbox)", -1, mailbox.isClosed());

        SocketChannel channel = SocketChannel.open();
        try (channel) {
            count(rows, "SocketChannel.open()", 1, !channel.isOpen());
        }
        count(rows, "end of try (channel)", -1, !channel.isOpen());

        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            count(rows, "Pipe.open()", 2, !sink.isOpen());
            sink.close();
            count(rows, "sink.close()", -1, !sink.isOpen());
            source.close();
            count(rows, "source.close()", -1, !source.isOpen());
        }

        List<Socket> kept = new ArrayList<>(); // or the garbage collector may close them
        try {
            for (int i = 0; i < forgotten; i++) {
                Socket socket = new Socket();
                kept.add(socket);
                socket.getReceiveBufferSize();
            }
            boolean closed = kept.stream().allMatch(Socket::isClosed);
            count(rows, forgotten + " sockets not closed", forgotten, closed);
        } finally {
            for (Socket socket : kept) {
                socket.close();
            }
        }
        return rows;
    }

    private static void count(List<Row> rows, String line, long course, boolean closed) {
        long open = descriptors();
        long change = open - rows.get(rows.size() - 1).open;
        rows.add(new Row(line, open, change, course, closed ? "closed" : "open"));
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : UNKNOWN;
    }

    static void print(List<Row> rows) {
        long start = rows.get(0).open;
        Report table = new Report("line of code", "descriptors", "Java says", "open");
        for (Row row : rows) {
            table.row(row.open - start, row.line, row.change, row.java, row.open);
        }
        table.print();
        Report.conclude(conclusion(rows));
    }

    static String conclusion(List<Row> rows) {
        long start = rows.get(0).open;
        String open = lines(rows, row -> row.java.equals("open"));
        String openers = lines(rows, row -> row.change > 0);
        String early = lines(rows, row -> row.java.equals("open") && row.open == start);
        String others = lines(rows, row -> row.change != row.course);
        if (start == UNKNOWN) {
            return "This system counts no descriptors. Java says open after " + open + ".";
        }
        String so =
                Report.sentence(!openers.isEmpty(), "Descriptors were opened by %s. ", openers)
                        + Report.sentence(
                                !early.isEmpty(),
                                "Java says open, and there is no descriptor yet, after %s.",
                                early);
        return others.isEmpty()
                ? so
                : so + " differs: other numbers in the course: " + others + ".";
    }

    private static String lines(List<Row> rows, Predicate<Row> filter) {
        return rows.stream().filter(filter).map(Row::line).collect(Collectors.joining(", "));
    }
}
