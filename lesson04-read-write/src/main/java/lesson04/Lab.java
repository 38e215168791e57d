package lesson04;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Measures how fast bytes move by size of write, and how long a question in parts takes. */
public final class Lab {

    /** The sizes of a write, in bytes. */
    static final List<Integer> SIZES = List.of(1, 16, 256, 4_096, 65_536);

    /** How long to write in each size, in milliseconds. */
    static final int MILLIS = 200;

    /** How many writes make a question, of one byte each. */
    static final int PARTS = 2;

    /** How many questions to ask, with Nagle's algorithm and without. */
    static final int QUESTIONS = 21;

    /** The streams: the socket's own, and the same in a BufferedOutputStream. */
    static final String PLAIN = "plain", BUFFERED = "buffered";

    /** The kernel's ways with small writes: hold them back, or send them at once. */
    static final String NAGLE = "Nagle", NO_DELAY = "TCP_NODELAY";

    /** What was written, what a reader made of it, and the speed: 1 MB/s is 1,000,000 bytes. */
    record Row(int bytes, String stream, long writes, long reads, long received, double speed) {}

    /** How many reads took how many bytes. */
    record Received(long reads, long bytes) {}

    /** A question in so many parts, and how long it took until the answer, the median. */
    record Question(int parts, String option, long micros) {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            System.err.println("usage: no arguments");
            System.exit(2);
        }
        introduce();
        try {
            List<Row> rows = measure(SIZES, MILLIS);
            Question slow = ask(PARTS, NAGLE, QUESTIONS);
            Question fast = ask(PARTS, NO_DELAY, QUESTIONS);
            print(rows, slow, fast);
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e, new InetSocketAddress("localhost", 0)));
            System.exit(1);
        }
    }

    static void introduce() {
        Report.introduce(
                "Lab 4: what small writes cost",
                Report.sentence(
                        "writes for %d milliseconds in each size, plain and buffered; then asks %d"
                                + " questions in %s each, with Nagle's algorithm and without",
                        MILLIS, QUESTIONS, writes(PARTS)),
                "how many times as fast are the largest writes as the smallest?",
                "PARTS to 1, and run again");
    }

    private static String writes(int count) {
        return count == 1 ? "one write" : count + " writes";
    }

    /** Writes in each size, plain and buffered. */
    static List<Row> measure(List<Integer> sizes, int millis)
            throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (int size : sizes) {
            rows.add(write(size, PLAIN, millis));
            rows.add(write(size, BUFFERED, millis));
        }
        return rows;
    }

    /** Writes for so many milliseconds to a reader in another thread. */
    private static Row write(int size, String stream, int millis)
            throws IOException, InterruptedException {
        try (ServerSocket listener = listen();
                Socket socket = connect(listener);
                Socket connection = listener.accept()) {
            FutureTask<Received> reading = new FutureTask<>(() -> read(connection));
            new Thread(reading).start();

            OutputStream out = socket.getOutputStream();
            if (stream.equals(BUFFERED)) {
                out = new BufferedOutputStream(out);
            }
            byte[] data = new byte[size];
            long writes = 0;
            long start = System.nanoTime();
            do {
                for (int i = 0; i < 100; i++) { // reading the clock takes time, too
                    out.write(data);
                }
                writes += 100;
            } while (System.nanoTime() - start < millis * 1_000_000L);
            out.close(); // writes what is still in the buffer, and closes the socket

            Received received = reading.get();
            double speed = received.bytes * 1e3 / (System.nanoTime() - start);
            return new Row(size, stream, writes, received.reads, received.bytes, speed);
        } catch (ExecutionException e) {
            throw new SocketException("the reader failed: " + e.getCause());
        }
    }

    /** Reads to the end of the stream, and counts. */
    private static Received read(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        byte[] buffer = new byte[Server.BUFFER_BYTES];
        long reads = 0;
        long bytes = 0;
        int count;
        while ((count = in.read(buffer)) != -1) {
            reads++;
            bytes += count;
        }
        return new Received(reads, bytes);
    }

    /** Asks questions in so many writes, both ends in this thread. */
    static Question ask(int parts, String option, int questions) throws IOException {
        try (ServerSocket listener = listen();
                Socket socket = connect(listener);
                Socket connection = listener.accept()) {
            socket.setTcpNoDelay(option.equals(NO_DELAY));
            long[] micros = new long[questions];
            for (int i = 0; i < questions; i++) {
                long start = System.nanoTime();
                for (int part = 0; part < parts; part++) {
                    socket.getOutputStream().write('?'); // the kernel may hold it back
                }
                connection.getInputStream().readNBytes(parts);
                connection.getOutputStream().write('!');
                socket.getInputStream().read();
                micros[i] = (System.nanoTime() - start) / 1_000;
            }
            Arrays.sort(micros);
            return new Question(parts, option, micros[questions / 2]);
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static Socket connect(ServerSocket listener) throws IOException {
        return new Socket(listener.getInetAddress(), listener.getLocalPort());
    }

    static void print(List<Row> rows, Question slow, Question fast) {
        Report speeds = new Report("bytes", "stream", "writes", "reads", "MB/s");
        for (Row row : rows) {
            speeds.row(row.speed, row.bytes, row.stream, row.writes, row.reads, row.speed);
        }
        speeds.print();

        Report questions = new Report("question with", "median microseconds");
        questions.row(slow.micros, slow.option, slow.micros);
        questions.row(fast.micros, fast.option, fast.micros);
        questions.print();
        Report.conclude(conclusion(rows), conclusion(slow, fast));
    }

    /** How the size of a write and a buffer changed the speed, and whether all bytes arrived. */
    static String conclusion(List<Row> rows) {
        Row smallest = rows.get(0);
        Row buffered = rows.get(1);
        Row largest = rows.get(rows.size() - 2);
        double gain = largest.speed / smallest.speed;
        double relief = buffered.speed / smallest.speed;
        long lost = rows.stream().mapToLong(row -> row.writes * row.bytes - row.received).sum();
        return Report.sentence(
                        gain >= 1,
                        "Writes of %d bytes are %.1f times as fast as writes of %d. ",
                        largest.bytes,
                        gain,
                        smallest.bytes)
                + Report.sentence(
                        relief > 1,
                        "Writes of %d to a BufferedOutputStream are %.1f times as fast. ",
                        smallest.bytes,
                        relief)
                + Report.sentence(
                        smallest.reads != smallest.writes && lost == 0,
                        "In the first row %d writes arrived in %d reads; %d bytes were lost in"
                                + " all rows.",
                        smallest.writes,
                        smallest.reads,
                        lost);
    }

    /** What the pause costs: it takes two writes before a read. */
    static String conclusion(Question slow, Question fast) {
        long pause = slow.micros - fast.micros;
        if (slow.parts == 1) {
            return Report.sentence(
                    pause < 10_000,
                    "A question in one write takes %d microseconds with Nagle's algorithm, and %d"
                            + " without: there is no pause.",
                    slow.micros,
                    fast.micros);
        }
        return Report.sentence(
                pause > 1_000,
                "A question in %d writes takes %d microseconds; Nagle's algorithm adds a pause of"
                        + " %d.",
                fast.parts,
                fast.micros,
                pause);
    }
}
