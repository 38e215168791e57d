package lesson05.homework;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The tests of {@link ReliableTransfer}, from easy to hard. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class ReliableTransferTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    /** How long a transfer may take before it counts as hanging, in milliseconds. */
    private static final int BOUND_MILLIS = 3_000;

    /** The same, after one that has hung: what waits for ever once does so again. */
    private static final int SHORT_BOUND_MILLIS = 1_000;

    /** How long a sender asks again before it gives up, in milliseconds, all attempts together. */
    private static final int PATIENCE_MILLIS = 1_200;

    /** The pause where nothing is lost, so that nothing is sent twice. */
    private static final int LONG_PAUSE_MILLIS = 500;

    /** The linger where no acknowledgement is lost. */
    private static final int SHORT_LINGER_MILLIS = 10;

    /** The linger where the last acknowledgement may be lost. */
    private static final int LONG_LINGER_MILLIS = 5_000;

    private static volatile boolean hung;

    private Relay relay;

    @BeforeEach
    void open() throws IOException {
        relay = new Relay();
    }

    @AfterEach
    void close() {
        relay.sender.close();
        relay.receiver.close();
    }

    @Test
    @Order(1)
    void shortFileArrives() throws Exception {
        byte[] file = bytes(5);
        transferAll(
                "sent a file of 5 bytes",
                file,
                new ByteArrayInputStream(file),
                "Is a block as long as what came, or as long as the buffer? See hint 2.");
    }

    @Test
    @Order(2)
    void fileOfManyBlocksArrives() throws Exception {
        byte[] file = bytes(3_500);
        transferAll(
                "sent a file of 3500 bytes",
                file,
                new ByteArrayInputStream(file),
                "Has each packet room for a whole block, also after an acknowledgement? See hint"
                        + " 2.");
    }

    @Test
    @Order(3)
    void datagramsAreShort() throws Exception {
        byte[] file = bytes(3_500);
        transferAll("sent a file of 3500 bytes", file, new ByteArrayInputStream(file), null);
        int longest = Math.max(relay.sender.longest, relay.receiver.longest);
        check(
                longest <= 1_024,
                () ->
                        "sent a file of 3500 bytes; expected datagrams of up to 1024 bytes;"
                                + (" got one of " + longest)
                                + ". What stands in a datagram beside the block? See hint 1.");
    }

    @Test
    @Order(4)
    void fileOfWholeBlocksEnds() throws Exception {
        byte[] file = bytes(64_000);
        transferAll(
                "sent a file of 64000 bytes",
                file,
                new ByteArrayInputStream(file),
                "Is the last block written, too? See hint 1.");
    }

    @Test
    @Order(5)
    void emptyFileEnds() throws Exception {
        transferAll(
                "sent an empty file",
                new byte[0],
                new ByteArrayInputStream(new byte[0]),
                "Is only written what came? See hint 2.");
    }

    @Test
    @Order(6)
    void fileComesOneByteAtATime() throws Exception {
        byte[] file = bytes(300);
        transferAll(
                "sent a file of 300 bytes that gives one byte at a time",
                file,
                new Pieces(file, () -> 1),
                "Is a short read, or available() of 0, the end of the file? See hint 2.");
    }

    @Test
    @Order(7)
    void fileComesInRandomPieces() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] file = bytes(950);
        transferAll(
                "sent a file of 950 bytes that gives random pieces (seed " + seed + ")",
                file,
                new Pieces(file, () -> 1 + random.nextInt(200)),
                "Is a short read, or available() of 0, the end of the file? See hint 2.");
    }

    @Test
    @Order(8)
    void lostDatagramIsSentAgain() throws Exception {
        byte[] file = bytes(5);
        relay.sender.fates = all(Fate.LOST);
        Transfer transfer = new Transfer("lost each datagram of the sender once", file);
        transfer.pauseMillis = 50;
        transfer.lingerMillis = SHORT_LINGER_MILLIS;
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("What does the sender do when no acknowledgement comes? See hint 2.");
        transfer.receiveReturns("Is the end acknowledged, too, and sent again? See hint 1.");
        transfer.hasArrived("Is the same block sent again? See hint 3.");
    }

    @Test
    @Order(9)
    void lostAcknowledgementIsRepeated() throws Exception {
        byte[] file = bytes(3_000);
        relay.receiver.fates = List.of(Fate.LOST);
        Transfer transfer = new Transfer("lost the first acknowledgement", file);
        transfer.pauseMillis = 50;
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("Is a block that comes again acknowledged again? See hint 3.");
        transfer.hasArrived("Is a block that comes again written again? See hint 3.");
    }

    @Test
    @Order(10)
    void repeatedBlockIsWrittenOnce() throws Exception {
        byte[] file = bytes(3_000);
        relay.sender.fates = List.of(Fate.PASSED, Fate.TWICE);
        Transfer transfer = new Transfer("delivered the second datagram twice", file);
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("What does the receiver do with an old block? See hint 3.");
        transfer.hasArrived("Is a block that comes again written again? See hint 3.");
    }

    @Test
    @Order(11)
    void oldAcknowledgementIsNotTaken() throws Exception {
        byte[] file = bytes(3_000);
        relay.receiver.fates = List.of(Fate.TWICE);
        relay.sender.fates = List.of(Fate.PASSED, Fate.LOST);
        Transfer transfer =
                new Transfer(
                        "delivered the first acknowledgement twice, lost the next block", file);
        transfer.pauseMillis = 50;
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("Is a lost block sent again? See hint 2.");
        transfer.hasArrived("Which block does an acknowledgement acknowledge? See hint 1.");
    }

    @Test
    @Order(12)
    void lastAcknowledgementMayBeLost() throws Exception {
        byte[] file = bytes(5);
        relay.receiver.fates = all(Fate.LOST_TWICE);
        Transfer transfer = new Transfer("lost each acknowledgement twice, the last one too", file);
        transfer.pauseMillis = 10;
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns(
                "Does the receiver stay after the end, and acknowledge as often as it is asked?"
                        + " See hint 2.");
        transfer.hasArrived("Is a block that comes again written again? See hint 3.");
    }

    @Test
    @Order(13)
    void lateCopyIsNotTaken() throws Exception {
        byte[] file = bytes(4_000);
        relay.sender.fates = List.of(Fate.LATE_COPY);
        Transfer transfer = new Transfer("delivered the first block again after the second", file);
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("What does the receiver do with an old block? See hint 3.");
        transfer.hasArrived("Is the block before the last one known for an old one? See hint 1.");
    }

    @Test
    @Order(14)
    void veryLateCopyIsNotTaken() throws Exception {
        byte[] file = bytes(300_000);
        relay.sender.fates = List.of(Fate.PASSED, Fate.LATE_COPY);
        relay.sender.othersBetween = 255;
        Transfer transfer = new Transfer("delivered the second block again after 255 others", file);
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("What does the receiver do with an old block? See hint 3.");
        transfer.hasArrived("After how many blocks does a number come again? See hint 1.");
    }

    @Test
    @Order(15)
    void sendGivesUpOnASilentReceiver() throws Exception {
        String tried = "lost every datagram, 3 attempts of 20 ms";
        String expected = "; expected a SocketTimeoutException after 3 datagrams; got ";
        relay.sender.cut = true;
        Transfer transfer = new Transfer(tried, bytes(5));
        transfer.pauseMillis = 20;
        Throwable failure = transfer.failureOfSend(3);
        check(
                failure instanceof SocketTimeoutException,
                () ->
                        (tried + expected + (failure == null ? "no failure" : failure))
                                + ". What is done after the last attempt? See hint 2.");
        check(
                relay.sender.sent == 3,
                () ->
                        (tried + expected + "it after " + relay.sender.sent)
                                + " datagrams. Is the first one an attempt, too, and is a timeout"
                                + " the end of one attempt, or of all? See hint 2.");
    }

    @Test
    @Order(16)
    void fileSurvivesEverythingAtOnce() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] file = bytes(20_000);
        relay.sender.fates = shuffled(random, Fate.PASSED, Fate.LOST);
        relay.receiver.fates = shuffled(random, Fate.TWICE, Fate.PASSED);
        Transfer transfer =
                new Transfer("lost, repeated and reordered both ways (seed " + seed + ")", file);
        transfer.pauseMillis = 10;
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("What does each end do with each datagram? See hint 1.");
        transfer.hasArrived("What does each end do with each datagram? See hint 1.");
    }

    /** Begins with two given fates, and ends with several of each kind in random order. */
    private static List<Fate> shuffled(Random random, Fate first, Fate second) {
        List<Fate> rest = new ArrayList<>(List.of(Fate.values()));
        rest.addAll(List.of(Fate.TWICE, Fate.LATE_COPY, Fate.PASSED));
        Collections.shuffle(rest, random);
        rest.add(0, second);
        rest.add(0, first);
        return rest;
    }

    private static List<Fate> all(Fate fate) {
        return Collections.nCopies(1_000, fate);
    }

    /** Returns {@code count} bytes, so that no two blocks are the same. */
    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** Transfers {@code file} over a link that does no harm, and waits for both ends. */
    private void transferAll(String tried, byte[] file, InputStream in, String cause)
            throws Exception {
        Transfer transfer = new Transfer(tried, file);
        transfer.lingerMillis = SHORT_LINGER_MILLIS;
        transfer.start(in);
        transfer.sendReturns("Is every block acknowledged? See hint 1.");
        if (cause != null) {
            transfer.receiveReturns(
                    "What tells the receiver of the end, also after a whole last block, or after"
                            + " none? A connected socket never sends an empty datagram."
                            + " See hint 1.");
            transfer.hasArrived(cause);
        }
    }

    /** One file on its way, with a thread for each end. */
    private final class Transfer {
        private final String tried;
        private final byte[] file;
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final ExecutorCompletionService<Void> ends =
                new ExecutorCompletionService<>(ReliableTransferTest::startDaemon);
        private Future<Void> sending;
        private Future<Void> receiving;

        int pauseMillis = LONG_PAUSE_MILLIS;
        int lingerMillis = LONG_LINGER_MILLIS;

        Transfer(String tried, byte[] file) {
            this.tried = tried;
            this.file = file;
        }

        void start(InputStream in) {
            receiving =
                    ends.submit(
                            () -> {
                                ReliableTransfer.receive(relay.receiver, written, lingerMillis);
                                return null;
                            });
            relay.sender.otherEnd = receiving;
            relay.sender.tried = tried;
            sending = ends.submit(sender(in, PATIENCE_MILLIS / pauseMillis));
        }

        private Callable<Void> sender(InputStream in, int attempts) {
            return () -> {
                ReliableTransfer.send(
                        relay.sender,
                        relay.receiver.getLocalSocketAddress(),
                        in,
                        attempts,
                        pauseMillis);
                return null;
            };
        }

        void sendReturns(String cause) throws Exception {
            while (!sending.isDone()) {
                next("send()", cause);
            }
            outcome(sending, "send()", cause);
        }

        void receiveReturns(String cause) throws Exception {
            while (!receiving.isDone()) {
                next("receive()", cause);
            }
            outcome(receiving, "receive()", cause);
        }

        /** Waits until one of the two ends; {@code waitingFor} should be one of them. */
        private void next(String waitingFor, String cause) throws Exception {
            int bound = hung ? SHORT_BOUND_MILLIS : BOUND_MILLIS;
            Future<Void> end = ends.poll(bound, TimeUnit.MILLISECONDS);
            if (end == null) {
                hung = true;
                fail(
                        (tried + "; expected " + waitingFor + " to return; got no end of it in ")
                                + (bound + " ms. " + cause));
            }
            outcome(end, end == sending ? "send()" : "receive()", cause);
        }

        private void outcome(Future<Void> end, String name, String cause) throws Exception {
            try {
                end.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                fail(
                        (tried + "; expected " + name + " to return; got " + e.getCause())
                                + (" from it. " + cause),
                        e.getCause());
            }
        }

        /** Compares what is written by now: all of it, as soon as send() has returned. */
        void hasArrived(String cause) {
            byte[] arrived = written.toByteArray();
            int same = Arrays.mismatch(file, arrived);
            if (same != -1) {
                fail(
                        (tried + "; expected the file's " + file.length)
                                + (" bytes to be written when send() had returned; got ")
                                + (arrived.length
                                        + " bytes, the first "
                                        + same
                                        + " of them right. ")
                                + (arrived.length == 0 && !receiving.isDone()
                                        ? "Is a block written before it is acknowledged? See hint"
                                                + " 1."
                                        : cause));
            }
        }

        /** Sends to nobody, and returns what send() has thrown, or null. */
        Throwable failureOfSend(int attempts) throws Exception {
            sending = ends.submit(sender(new ByteArrayInputStream(file), attempts));
            if (ends.poll(BOUND_MILLIS, TimeUnit.MILLISECONDS) == null) {
                fail(
                        (tried + "; expected a SocketTimeoutException; got no end of send() in ")
                                + BOUND_MILLIS
                                + " ms. Are the attempts counted? See hint 2.");
            }
            try {
                sending.get();
                return null;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                return e.getCause();
            }
        }
    }

    private static void check(boolean holds, Supplier<String> failure) {
        if (!holds) {
            fail(failure);
        }
    }

    private static void startDaemon(Runnable task) {
        Thread thread = new Thread(task, "transfer");
        thread.setDaemon(true);
        thread.start();
    }

    /** What becomes of a datagram when it is sent for the first time; later it passes. */
    private enum Fate {
        PASSED,
        LOST,
        /** It does not pass the second time either. */
        LOST_TWICE,
        TWICE,
        /** It comes after others that were sent later. */
        LATE,
        /** It passes, and comes again after others that were sent later. */
        LATE_COPY
    }

    /** The link, with a socket at each end. */
    private static final class Relay {
        final End sender = new End();
        final End receiver = new End();

        Relay() throws IOException {}
    }

    /**
     * A socket that relays what it is to send: not at all, once, twice, or late. It does so inside
     * send(), in the order of a list: no thread and no clock decides.
     */
    private static final class End extends DatagramSocket {

        /** More in a row are never lost. */
        private static final int MOST_LOST = 3;

        /** How often the sender may ask when nobody is there any more. */
        private static final int MOST_IN_VAIN = 20;

        List<Fate> fates = List.of();
        int othersBetween = 1;
        boolean cut;
        String tried;
        Future<Void> otherEnd;

        volatile int sent;
        volatile int longest;

        private final Set<ByteBuffer> seen = new HashSet<>();
        private final Set<ByteBuffer> relayed = new HashSet<>();
        private final List<Late> late = new ArrayList<>();
        private int lose;
        private int lostInARow;
        private int inVain;

        /** A datagram, and after how many others it is to come. */
        private static final class Late {
            final DatagramPacket letter;
            int after;

            Late(DatagramPacket letter, int after) {
                this.letter = letter;
                this.after = after;
            }
        }

        End() throws IOException {
            super(LOOPBACK);
        }

        @Override
        public void receive(DatagramPacket letter) throws IOException {
            assertIsOpen();
            super.receive(letter);
        }

        @Override
        public void send(DatagramPacket letter) throws IOException {
            assertIsOpen();
            synchronized (seen) {
                sent++;
                longest = Math.max(longest, letter.getLength());
                if (otherEnd != null && otherEnd.isDone() && ++inVain > MOST_IN_VAIN) {
                    fail(
                            (tried + "; expected receive() to stay while send() asks again; got ")
                                    + (MOST_IN_VAIN
                                            + " datagrams that came after its end. Does the")
                                    + " receiver stay after the end, and acknowledge as often as it"
                                    + " is asked? See hint 2.");
                }
                if (!cut) {
                    relay(copy(letter));
                }
            }
        }

        private void relay(DatagramPacket letter) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(letter.getData());
            boolean isNew = seen.add(bytes);
            boolean isListed = isNew && seen.size() <= fates.size();
            Fate fate = isListed ? fates.get(seen.size() - 1) : Fate.PASSED;
            switch (fate) {
                case LOST -> lose = 1;
                case LOST_TWICE -> lose = 2;
                case LATE -> lose = 1;
                default -> {}
            }
            if (lose > 0 && lostInARow < MOST_LOST) {
                lose--;
                lostInARow++;
            } else {
                lostInARow = 0;
                super.send(letter);
                if (fate == Fate.TWICE) {
                    super.send(letter);
                }
                if (relayed.add(bytes)) {
                    relayLate(bytes);
                }
            }
            if (fate == Fate.LATE || fate == Fate.LATE_COPY) {
                late.add(new Late(letter, othersBetween));
            }
        }

        /** Another one has passed: the time has come for what waited for it. */
        private void relayLate(ByteBuffer other) throws IOException {
            for (Iterator<Late> all = late.iterator(); all.hasNext(); ) {
                Late next = all.next();
                boolean isOther = !other.equals(ByteBuffer.wrap(next.letter.getData()));
                if (isOther && --next.after == 0) {
                    all.remove();
                    super.send(next.letter);
                }
            }
        }

        /** So that an answer that goes on for ever ends with its test. */
        private void assertIsOpen() {
            if (isClosed()) {
                throw new IllegalStateException("the test is over");
            }
        }

        private static DatagramPacket copy(DatagramPacket letter) {
            int end = letter.getOffset() + letter.getLength();
            byte[] bytes = Arrays.copyOfRange(letter.getData(), letter.getOffset(), end);
            DatagramPacket copy = new DatagramPacket(bytes, bytes.length);
            if (letter.getAddress() != null) {
                copy.setSocketAddress(letter.getSocketAddress());
            }
            return copy;
        }
    }

    /** Gives its bytes in pieces, and never says how many are available. */
    private static final class Pieces extends InputStream {
        private final InputStream bytes;
        private final IntSupplier size;

        Pieces(byte[] bytes, IntSupplier size) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return bytes.read(buffer, offset, Math.min(length, size.getAsInt()));
        }
    }
}
