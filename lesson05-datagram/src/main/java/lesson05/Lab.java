package lesson05;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Counts what mailboxes keep that nobody empties, and tries how long a letter can be. */
public final class Lab {

    static final int[] BUFFERS = {4_096, 32_768, 262_144}; // receive buffers to ask for, in bytes
    static final int LETTERS = 2_000; // how many letters to send to each of them
    static final int LETTER_BYTES = 100; // how long each of these letters is, in bytes
    static final int LONGEST = 65_507; // the longest letter over IPv4, in bytes
    static final int[] SIZES = {1, 1_000, 10_000, LONGEST, LONGEST + 1}; // of one letter, in bytes
    static final int WAIT_MILLIS = 100; // the silence that means empty, in milliseconds
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Bytes of receive buffer that were asked for and granted, and how many letters. */
    record Row(int asked, int granted, int sent, int failed, int kept, int lost) {}

    /** What came of one letter. */
    record Size(int bytes, boolean whole, String outcome) {}

    public static void main(String[] args) {
        if (args.length > 0) {
            System.err.println("usage: no arguments");
            System.exit(2);
        }
        introduce();
        try {
            print(measure(LETTERS, BUFFERS), send(SIZES));
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e, new InetSocketAddress(LOOPBACK, 0)));
            System.exit(1);
        }
    }

    static void introduce() {
        line("Lab 5: what a full mailbox does to letters");
        line("  does      sends each mailbox %d letters of %d bytes, and", LETTERS, LETTER_BYTES);
        line("            counts what it kept; then sends one letter of each of several sizes");
        line("  predict   how many letters does a mailbox of %d bytes keep?", BUFFERS[0]);
        line("  change    LETTER_BYTES, and run again");
    }

    static void print(List<Row> rows, List<Size> sizes) {
        line("\n  bytes asked  granted    sent    lost    kept");
        double most = rows.stream().mapToInt(Row::kept).max().orElse(0);
        for (Row r : rows) {
            String text = "  %11d  %7d  %6d  %6d  %6d  " + Chart.bar(r.kept, most);
            line(text, r.asked, r.granted, r.sent, r.lost, r.kept);
        }
        line("\n  bytes  outcome");
        for (Size size : sizes) {
            line("  %5d  %.60s", size.bytes, size.outcome.replaceAll("[^ -~]", "?"));
        }
        String so = conclusion(rows, sizes); // in lines of at most 68 characters
        line("\n  so        " + so.replaceAll("(.{1,68})( |$)", "$1\n            ").strip());
    }

    /** Sends {@code letters} to a mailbox with each receive buffer, and counts what it kept. */
    static List<Row> measure(int letters, int... buffers) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int asked : buffers) {
            try (DatagramSocket mailbox = new DatagramSocket(0, LOOPBACK);
                    DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
                mailbox.setReceiveBufferSize(asked);
                DatagramPacket letter = new DatagramPacket(new byte[LETTER_BYTES], LETTER_BYTES);
                letter.setSocketAddress(mailbox.getLocalSocketAddress());
                int granted = mailbox.getReceiveBufferSize(), failed = 0;
                for (int i = 0; i < letters; i++) {
                    try {
                        socket.send(letter);
                    } catch (IOException e) {
                        failed++;
                    }
                }
                int sent = letters - failed, kept = empty(mailbox);
                rows.add(new Row(asked, granted, sent, failed, kept, sent - kept));
            }
        }
        return rows;
    }

    /** Receives all that is in {@code mailbox}, and returns how many letters it was. */
    private static int empty(DatagramSocket mailbox) throws IOException {
        mailbox.setSoTimeout(WAIT_MILLIS); // nobody sends any more: silence means empty
        for (int count = 0; ; count++) {
            try {
                mailbox.receive(new DatagramPacket(new byte[1], 1));
            } catch (SocketTimeoutException e) {
                return count;
            }
        }
    }

    /** Sends one letter of each size in bytes, and receives it. */
    static List<Size> send(int... sizes) throws IOException {
        List<Size> rows = new ArrayList<>();
        try (DatagramSocket mailbox = new DatagramSocket(0, LOOPBACK);
                DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            mailbox.setSoTimeout(10 * WAIT_MILLIS); // time enough: what is refused never waits
            for (int bytes : sizes) {
                byte[] sent = new byte[bytes];
                Arrays.fill(sent, (byte) bytes);
                DatagramPacket letter = new DatagramPacket(new byte[bytes + 1], bytes + 1);
                try {
                    socket.send(new DatagramPacket(sent, bytes, mailbox.getLocalSocketAddress()));
                    mailbox.receive(letter);
                    byte[] came = letter.getData();
                    boolean whole = Arrays.equals(sent, 0, bytes, came, 0, letter.getLength());
                    rows.add(new Size(bytes, whole, whole ? "arrived whole" : "arrived changed"));
                } catch (IOException e) {
                    boolean lost = e instanceof SocketTimeoutException;
                    rows.add(new Size(bytes, false, lost ? "lost" : "refused: " + e.getMessage()));
                }
            }
        }
        return rows;
    }

    static String conclusion(List<Row> rows, List<Size> sizes) {
        Row first = rows.get(0), last = rows.get(rows.size() - 1);
        int failed = rows.stream().mapToInt(Row::failed).sum();
        int longest = sizes.stream().filter(Size::whole).mapToInt(Size::bytes).max().orElse(0);
        boolean known = sizes.stream().allMatch(size -> size.whole == size.bytes <= LONGEST);
        String few = "The first mailbox kept %d of %d letters in its %d bytes. ";
        String whole = "The longest letter that arrived whole had %d bytes.";
        return says(failed == 0, "Send failed %d times. ", failed)
                + says(first.lost > 0, few, first.kept, first.sent, first.granted)
                + says(last.kept > first.kept, "The last one kept %d. ", last.kept)
                + says(known, whole, longest);
    }

    private static String says(boolean expected, String sentence, Object... numbers) {
        return (expected ? "" : "differs: ") + String.format(Locale.ROOT, sentence, numbers);
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
