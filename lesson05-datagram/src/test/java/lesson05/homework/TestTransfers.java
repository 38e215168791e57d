package lesson05.homework;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.function.BiPredicate;

/** Carries files through sockets whose link is played, and plays the other end. */
final class TestTransfers {

    static final SocketAddress PEER = new InetSocketAddress("127.0.0.1", 5_005);
    static final SocketAddress MOVED = new InetSocketAddress("127.0.0.1", 5_006);

    /** The pause where no datagram is lost, in milliseconds. */
    static final int LONG = 5_000;

    static final String NUMBER = "Are all four bytes of the number used?";
    static final String ATTEMPTS = "How often is each datagram sent, counting the first time?";

    /** How long a call may take in all, in seconds. */
    private static final int PATIENCE = 8;

    /** The same, where tens of thousands of datagrams are sent. */
    private static final int LONG_PATIENCE = 25;

    private TestTransfers() {}

    /** Sends two files at once, then receives two: the calls meet at each step. */
    static Object carryTwoAtOnce(Tried tried) throws Exception {
        Phaser sending = new Phaser(2);
        Phaser receiving = new Phaser(2);
        FutureTask<Object> other =
                TestSocket.start(() -> carry(tried, sending, receiving, block(7, 900)));
        Object one = carry(tried, sending, receiving, block(6, 900));
        Object two = TestSocket.result(tried, other);
        return one.equals(two) ? one : one + ", " + two;
    }

    private static Object carry(Tried tried, Phaser sending, Phaser receiving, byte[] file)
            throws Exception {
        Receiver receiver = new Receiver();
        TestSocket sender = new TestSocket(tried, receiver);
        sender.meeting = sending;
        sender.hurries = true;
        InputStream in =
                new FilterInputStream(new ByteArrayInputStream(file)) {
                    @Override
                    public int read(byte[] into, int start, int length) throws IOException {
                        int count = super.read(into, start, length);
                        sender.meet();
                        return count;
                    }
                };
        Exception end = send(tried, sender, in, 1, LONG);
        sending.arriveAndDeregister();
        TestSocket socket = receiving(tried, ByteBuffer.allocate(908).put(4, file).array());
        socket.comesLater(PEER, block(1, 0));
        socket.meeting = receiving;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        receive(tried, socket, written, 20);
        receiving.arriveAndDeregister();
        boolean sent = Arrays.equals(file, receiver.file.toByteArray());
        boolean received = Arrays.equals(file, written.toByteArray());
        return !sent ? "a wrong block sent, " + end : received ? "both right" : "a wrong file";
    }

    /** Returns what {@code send} threw, or null. */
    static Exception carryThroughRealSockets(Tried tried, byte[] file, OutputStream out)
            throws IOException {
        InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
        try (DatagramSocket to = new DatagramSocket(loopback);
                DatagramSocket from = new DatagramSocket(loopback)) {
            TestSocket.start(callable(() -> ReliableTransfer.receive(to, out, 100)));
            SocketAddress peer = to.getLocalSocketAddress();
            InputStream in = new ByteArrayInputStream(file);
            Call send = () -> ReliableTransfer.send(from, peer, in, 3, 1_000);
            return tried.thrownWithin(PATIENCE, callable(send), "an end", "Who waits?", 1);
        }
    }

    /** The other end of {@code send}: takes blocks in order, and acknowledges each datagram. */
    static final class Receiver implements TestSocket.Script {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        final List<Integer> numbers = new ArrayList<>();
        int next;
        int endNumber = -1;

        /** How many old acknowledgements come before each that is not. */
        int old;

        /** Whether the datagram with this number is lost when it is sent for this time. */
        BiPredicate<Integer, Integer> loses = (number, time) -> false;

        @Override
        public void sent(TestSocket socket, byte[] datagram) {
            int number = ByteBuffer.wrap(Arrays.copyOf(datagram, 4)).getInt();
            numbers.add(number);
            endNumber = datagram.length <= 4 ? number : -1;
            int time = 0;
            for (int i = numbers.size() - 1; i >= 0 && numbers.get(i) == number; i--) {
                time++;
            }
            for (int i = 0; i < old && next > 0; i++) {
                socket.comes(PEER, number(0));
            }
            if (loses.test(number, time)) {
                return;
            }
            if (number == next) {
                file.write(datagram, 4, Math.max(0, datagram.length - 4));
                next++;
            }
            socket.comes(PEER, number(number));
        }

        void expectFile(Tried tried, byte[] expected, String cause) {
            same(tried, expected, file.toByteArray(), cause);
        }
    }

    /** The other end of a large file, which it counts. It loses some blocks once, and says "1". */
    static final class Counter implements TestSocket.Script {
        int bytes;
        private int next;
        private final Tried tried;
        private final List<Integer> lost;

        Counter(Tried tried, Integer... lost) {
            this.tried = tried;
            this.lost = new ArrayList<>(List.of(lost));
        }

        @Override
        public void sent(TestSocket socket, byte[] datagram) {
            int number = ByteBuffer.wrap(datagram).getInt();
            if (!lost.isEmpty() && number == lost.get(0)) {
                lost.remove(0);
                socket.comes(PEER, number(1)); // the same, if you look at 8 or at 16 bits
                return;
            }
            if (number == next) {
                next++;
                bytes += datagram.length - 4;
            } else if (number != next - 1) {
                tried.fail("number " + next, "number " + number, NUMBER, 1);
            }
            socket.comes(PEER, number(number));
        }
    }

    /** Returns a socket to which a file comes, in blocks of these lengths, and its end. */
    static TestSocket receivingFile(Tried tried, int... lengths) throws IOException {
        TestSocket socket = receiving(tried);
        for (int number = 0; number < lengths.length; number++) {
            socket.comesLater(PEER, block(number, lengths[number]));
        }
        socket.comesLater(PEER, block(lengths.length, 0));
        return socket;
    }

    /** Returns a socket to which these datagrams have come. */
    static TestSocket receiving(Tried tried, byte[]... datagrams) throws IOException {
        TestSocket socket = new TestSocket(tried, (to, acknowledgement) -> {});
        socket.stuck = "What ends receive() when nothing comes after the end?";
        for (byte[] datagram : datagrams) {
            socket.comesLater(PEER, datagram);
        }
        return socket;
    }

    /** Returns what {@code send} threw, or null. */
    static Exception send(
            Tried tried, TestSocket socket, byte[] file, int attempts, int pauseMillis) {
        return send(tried, socket, new ByteArrayInputStream(file), attempts, pauseMillis);
    }

    static Exception send(
            Tried tried, TestSocket socket, InputStream file, int attempts, int pauseMillis) {
        return thrown(
                socket,
                () -> ReliableTransfer.send(socket, PEER, file, attempts, pauseMillis),
                "an end of send()",
                "What ends each pause, and what ends the attempts?");
    }

    /** Returns what {@code receive} threw, or null. */
    static Exception receive(Tried tried, TestSocket socket, OutputStream file, int lingerMillis) {
        return thrown(
                socket,
                () -> ReliableTransfer.receive(socket, file, lingerMillis),
                "an end of receive()",
                "What ends the linger?");
    }

    private interface Call {
        void run() throws IOException;
    }

    private static Callable<Object> callable(Call call) {
        return () -> {
            call.run();
            return null;
        };
    }

    private static Exception thrown(TestSocket socket, Call call, String end, String cause) {
        try {
            socket.within(socket.keeps ? PATIENCE : LONG_PATIENCE, callable(call), end, cause);
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /** Expects that {@code receive} writes blocks of these lengths. */
    static void expectFile(Tried tried, TestSocket socket, String cause, int... lengths) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Exception end = receive(tried, socket, file, 20);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int number = 0; number < lengths.length; number++) {
            expected.write(block(number, lengths[number]), 4, lengths[number]);
        }
        same(tried, expected.toByteArray(), file.toByteArray(), cause);
        expectNoFailure(tried, end);
    }

    static void same(Tried tried, byte[] expected, byte[] file, String cause) {
        int same = Arrays.mismatch(expected, file);
        String got = Tried.say("%d bytes, the first %d of them right", file.length, same);
        tried.check(same == -1, expected.length + " bytes written", got, cause, 1);
    }

    static void expectAcknowledgements(Tried tried, TestSocket socket, List<Integer> expected) {
        if (socket.sent.isEmpty()) {
            receive(tried, socket, new ByteArrayOutputStream(), 20);
        }
        List<Integer> numbers = new ArrayList<>();
        socket.sent.forEach(sent -> numbers.add(ByteBuffer.wrap(sent.bytes()).getInt()));
        String cause = "Which datagrams are acknowledged, and with which number?";
        tried.check(numbers.equals(expected), "acknowledgements " + expected, numbers, cause, 3);
    }

    static void expectNoFailure(Tried tried, Exception end) {
        tried.check(end == null, "no exception", end, "What does each end wait for?", 1);
    }

    /** Expects {@code failure} itself, not another like it. */
    static void expectFailure(Tried tried, Exception failure, Exception end, String cause) {
        tried.check(end == failure, failure + "", end == null ? "no exception" : end, cause, 2);
    }

    /** Returns exceptions of two kinds; an answer may expect one of them. */
    static List<IOException> failures(String text) {
        return List.of(new SocketException(text), new IOException(text));
    }

    /** The same, and a timeout that is not one of {@code DatagramSocket.receive}. */
    static List<IOException> failuresOfOthers(String text) {
        List<IOException> failures = new ArrayList<>(failures(text));
        failures.add(new SocketTimeoutException(text));
        return failures;
    }

    static void expectTimeout(Tried tried, Exception end) {
        boolean holds = end instanceof SocketTimeoutException;
        String cause = "What is thrown after the last attempt?";
        Object got = end == null ? "no exception" : end;
        tried.check(holds, "a SocketTimeoutException", got, cause, 2);
    }

    /** Expects waits of {@code most} milliseconds at most, and one more if it was rounded up. */
    static void expectWaits(Tried tried, TestSocket socket, int most) {
        String expected = Tried.say("receive() to wait %d ms at most after each send()", most);
        String got = socket.longestWait + " ms";
        String cause = "How long is each wait, whatever comes meanwhile?";
        tried.check(socket.longestWait <= most + 1, expected, got, cause, 2);
    }

    /** Returns {@code count} bytes, so that no two blocks are the same. */
    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    static byte[] block(int number, int length) {
        byte[] block = new byte[4 + length];
        Arrays.fill(block, (byte) (number + 1));
        return ByteBuffer.wrap(block).putInt(0, number).array();
    }

    static byte[] number(int number) {
        return block(number, 0);
    }
}
