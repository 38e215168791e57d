package lesson04;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measures how fast bytes move by size of write, and how long a question in two writes takes. */
public final class Lab {

    static final int[] SIZES = {1, 16, 256, 4_096, 65_536}; // of a write, in bytes
    static final int MILLIS = 200; // how long to write in each size, in milliseconds
    static final int ROUNDS = 21; // how many questions to ask, with Nagle's algorithm and without
    static final int PARTS = 2; // how many writes make a question, of one byte each

    /** What was written, what a reader made of it, and the speed: 1 MB/s is 1,000,000 bytes. */
    record Row(int bytes, String stream, long writes, long reads, long received, double speed) {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            System.err.println("usage: no arguments");
            System.exit(2);
        }
        introduce();
        try {
            print(measure(MILLIS, SIZES), ask("Nagle", ROUNDS), ask("TCP_NODELAY", ROUNDS));
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e, new InetSocketAddress("localhost", 0)));
            System.exit(1);
        }
    }

    static void introduce() {
        line("Lab 4: what small writes cost");
        line("  does      writes for %d ms in each size, plain and buffered; then asks", MILLIS);
        line("            %d questions in %d writes each, with Nagle and without", ROUNDS, PARTS);
        line("  predict   how many times as fast are the largest writes as the smallest?");
        line("  change    PARTS, and run again\n");
    }

    static void print(List<Row> rows, long nagle, long noDelay) {
        line("\n  %6s  %-8s  %9s  %7s  %8s", "bytes", "stream", "writes", "reads", "MB/s");
        double fastest = rows.stream().mapToDouble(Row::speed).max().orElse(0);
        for (Row r : rows) {
            String text = "  %6d  %-8s  %9d  %7d  %8.2f  " + Chart.bar(r.speed, fastest);
            line(text, r.bytes, r.stream, r.writes, r.reads, r.speed);
        }
        line("\n  with         median microseconds");
        double slowest = Math.max(nagle, noDelay);
        line("  Nagle        %19d  %s", nagle, Chart.bar(nagle, slowest));
        line("  TCP_NODELAY  %19d  %s", noDelay, Chart.bar(noDelay, slowest));
        String so = conclusion(rows, nagle, noDelay); // in lines of at most 68 characters
        line("\n  so        " + so.replaceAll("(.{1,68})( |$)", "$1\n            ").strip());
    }

    /** Writes for {@code millis} milliseconds in each size, plain and buffered. */
    static List<Row> measure(int millis, int... sizes) throws IOException, InterruptedException {
        Row[] rows = new Row[2 * sizes.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = write(sizes[i / 2], i % 2 == 0 ? "plain" : "buffered", millis);
        }
        return List.of(rows);
    }

    static Row write(int bytes, String stream, int millis)
            throws IOException, InterruptedException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket connection = listener.accept()) {
            long[] seen = new long[2];
            Thread reader = new Thread(() -> read(connection, seen));
            reader.start();
            OutputStream out = socket.getOutputStream();
            out = stream.equals("buffered") ? new BufferedOutputStream(out) : out;
            byte[] data = new byte[bytes];
            long writes = 0, start = System.nanoTime();
            do { // a look at the clock takes time too: one in a hundred writes
                out.write(data);
            } while (++writes % 100 != 0 || System.nanoTime() - start < millis * 1_000_000L);
            out.close(); // writes what is still in the buffer, and closes the socket
            reader.join();
            double speed = seen[1] * 1e3 / (System.nanoTime() - start);
            line("  . %d-byte writes, %s: %.2f MB/s", bytes, stream, speed);
            return new Row(bytes, stream, writes, seen[0], seen[1], speed);
        }
    }

    /** Reads to the end of stream, and counts reads and bytes in {@code seen}. */
    private static void read(Socket connection, long[] seen) {
        byte[] buffer = new byte[Server.BUFFER_BYTES];
        try (connection) {
            for (int count; (count = connection.getInputStream().read(buffer)) != -1; seen[0]++) {
                seen[1] += count;
            }
        } catch (IOException e) {
            // the writer fails too, or the counts differ
        }
    }

    /** Asks {@code rounds} questions, and returns the median time to an answer, in microseconds. */
    static long ask(String with, int rounds) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket connection = listener.accept()) {
            socket.setTcpNoDelay(with.equals("TCP_NODELAY"));
            long[] micros = new long[rounds];
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < PARTS; i++) {
                    socket.getOutputStream().write('?'); // the second may wait
                }
                connection.getInputStream().readNBytes(PARTS); // the other end, in the same thread
                connection.getOutputStream().write('!');
                socket.getInputStream().read();
                micros[round] = (System.nanoTime() - start) / 1_000;
            }
            Arrays.sort(micros);
            line("  . questions, %s: %d microseconds", with, micros[rounds / 2]);
            return micros[rounds / 2];
        }
    }

    static String conclusion(List<Row> rows, long nagle, long noDelay) {
        Row min = rows.get(0), max = rows.get(rows.size() - 2);
        double gain = max.speed / min.speed, relief = rows.get(1).speed / min.speed;
        long lost = rows.stream().mapToLong(r -> r.writes * r.bytes - r.received).sum();
        String sizes = "%d-byte writes are %.1f times as fast as %d-byte writes. ";
        String buffer = "A BufferedOutputStream makes %d-byte writes %.1f times as fast. ";
        String counts = "In the first row %d writes came in %d reads; %d bytes were lost in all. ";
        String pause = "A question takes %d microseconds; the delayed acknowledgement adds %d.";
        return says(gain >= 1, sizes, max.bytes, gain, min.bytes)
                + says(relief > 1, buffer, min.bytes, relief)
                + says(min.reads != min.writes && lost == 0, counts, min.writes, min.reads, lost)
                + says(nagle - noDelay > 1_000, pause, noDelay, nagle - noDelay);
    }

    private static String says(boolean expected, String sentence, Object... numbers) {
        return (expected ? "" : "differs: ") + String.format(Locale.ROOT, sentence, numbers);
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
