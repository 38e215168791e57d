package lesson05;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts what a mailbox keeps while nobody empties it, and how long a datagram can be. */
public final class Lab {

    /** How much room to ask for, in bytes, for the mailbox. */
    static final int ROOM = 32_768;

    /** How many datagrams of each length to send to it. */
    static final int DATAGRAMS = 2_000;

    /** The lengths of these datagrams, in bytes. */
    static final List<Integer> LENGTHS = List.of(1, 10, 100, 1_000);

    /** The longest datagram over IPv4, in bytes: 65,535 without the headers of IPv4 and UDP. */
    static final int LONGEST = 65_507;

    /** The lengths, in bytes, of which to send one datagram each. */
    static final List<Integer> LIMITS = List.of(1, 1_000, 10_000, LONGEST, LONGEST + 1);

    /** How long a mailbox must be silent to count as empty, in milliseconds. */
    static final int SILENCE_MILLIS = 30;

    /** How long to wait for a datagram that was sent, in milliseconds. */
    static final int TIMEOUT_MILLIS = 1_000;

    /** What can become of a datagram that was sent. */
    static final String WHOLE = "arrived whole", CHANGED = "arrived changed", LOST = "lost";

    /** This machine, and any free port. The longest datagram is another one over IPv6. */
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    /** Datagrams of so many bytes: how many were sent, how often send failed, how many are kept. */
    record Row(int bytes, int sent, int failed, int kept) {

        int lost() {
            return sent - kept;
        }

        int keptBytes() {
            return kept * bytes;
        }
    }

    /** What became of one datagram of so many bytes. */
    record Limit(int bytes, String outcome) {

        boolean whole() {
            return outcome.equals(WHOLE);
        }
    }

    /** The room that the system gave the mailbox, in bytes, and what became of the datagrams. */
    record Results(int granted, List<Row> rows, List<Limit> limits) {}

    public static void main(String[] args) {
        if (args.length > 0) {
            System.err.println("usage: no arguments");
            System.exit(2);
        }
        introduce();
        try {
            print(measure(ROOM, DATAGRAMS));
        } catch (IOException e) {
            System.err.println("lab: " + Failure.explain(e, LOOPBACK));
            System.exit(1);
        }
    }

    static void introduce() {
        Report.introduce(
                "Lab 5: what a mailbox keeps while nobody empties it",
                Report.sentence(
                        "sends it %d datagrams of each length, and counts what it kept; then sends"
                                + " one datagram of each of several lengths",
                        DATAGRAMS),
                Report.sentence(
                        "how many datagrams of %d byte fit into a mailbox of %d bytes?",
                        LENGTHS.get(0), ROOM),
                "ROOM to 262_144, and run again");
    }

    static Results measure(int room, int datagrams) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int bytes : LENGTHS) {
            try (DatagramSocket mailbox = mailbox(room)) {
                rows.add(fill(mailbox, datagrams, bytes));
            }
        }
        List<Limit> limits = new ArrayList<>();
        for (int bytes : LIMITS) {
            limits.add(send(bytes));
        }
        try (DatagramSocket mailbox = mailbox(room)) {
            return new Results(mailbox.getReceiveBufferSize(), rows, limits);
        }
    }

    private static DatagramSocket mailbox(int room) throws IOException {
        DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
        mailbox.setReceiveBufferSize(room);
        return mailbox;
    }

    /** Sends {@code datagrams} to {@code mailbox}, all of one length, and counts what it kept. */
    private static Row fill(DatagramSocket mailbox, int datagrams, int bytes) throws IOException {
        int failed = 0;
        try (DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            DatagramPacket datagram = new DatagramPacket(new byte[bytes], bytes);
            datagram.setSocketAddress(mailbox.getLocalSocketAddress());
            for (int i = 0; i < datagrams; i++) {
                try {
                    socket.send(datagram);
                } catch (IOException e) {
                    failed++;
                }
            }
        }
        return new Row(bytes, datagrams - failed, failed, empty(mailbox));
    }

    /** Receives all that is in {@code mailbox}, and returns how many datagrams it was. */
    private static int empty(DatagramSocket mailbox) throws IOException {
        mailbox.setSoTimeout(SILENCE_MILLIS); // nobody sends any more: silence means empty
        int count = 0;
        while (true) {
            try {
                mailbox.receive(new DatagramPacket(new byte[1], 1));
                count++;
            } catch (SocketTimeoutException e) {
                return count;
            }
        }
    }

    /** Sends one datagram of {@code bytes} bytes, and receives it. */
    static Limit send(int bytes) throws IOException {
        byte[] sent = new byte[bytes];
        Arrays.fill(sent, (byte) bytes);
        DatagramPacket received = new DatagramPacket(new byte[bytes + 1], bytes + 1);
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.setSoTimeout(TIMEOUT_MILLIS);
            try {
                socket.send(new DatagramPacket(sent, bytes, mailbox.getLocalSocketAddress()));
            } catch (IOException e) {
                return new Limit(bytes, "refused: " + e.getMessage());
            }
            mailbox.receive(received);
        } catch (SocketTimeoutException e) {
            return new Limit(bytes, LOST);
        }
        byte[] came = Arrays.copyOf(received.getData(), received.getLength());
        return new Limit(bytes, Arrays.equals(sent, came) ? WHOLE : CHANGED);
    }

    static void print(Results results) {
        Report rows = new Report("bytes each", "sent", "lost", "kept", "bytes kept");
        for (Row row : results.rows) {
            rows.row(row.kept, row.bytes, row.sent, row.lost(), row.kept, row.keptBytes());
        }
        rows.print();

        Report limits = new Report("bytes", "outcome");
        for (Limit limit : results.limits) {
            limits.row(Report.NO_BAR, limit.bytes, limit.outcome);
        }
        limits.print();
        Report.conclude(conclusion(results));
    }

    static String[] conclusion(Results results) {
        Row first = results.rows.get(0);
        int failed = results.rows.stream().mapToInt(Row::failed).sum();
        int sent = results.rows.stream().mapToInt(Row::sent).sum();
        int lost = results.rows.stream().mapToInt(Row::lost).sum();
        List<Limit> whole = results.limits.stream().filter(Limit::whole).toList();
        int longest = whole.stream().mapToInt(Limit::bytes).max().orElse(0);
        boolean known =
                results.limits.stream().allMatch(size -> size.whole() == size.bytes <= LONGEST);
        return new String[] {
            Report.sentence(failed == 0, "Send failed %d times.", failed),
            Report.sentence(lost > 0, "Of %d datagrams %d were lost.", sent, lost),
            Report.sentence(
                    first.keptBytes() < results.granted,
                    "The mailbox kept %d datagrams of %d byte in its room of %d bytes.",
                    first.kept,
                    first.bytes,
                    results.granted),
            Report.sentence(known, "The longest that arrived whole had %d bytes.", longest)
        };
    }
}
