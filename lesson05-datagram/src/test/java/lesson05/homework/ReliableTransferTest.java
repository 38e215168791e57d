package lesson05.homework;

import static org.junit.jupiter.api.Assertions.fail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The tests of {@link ReliableTransfer}, from easy to hard. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class ReliableTransferTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    /** How long a transfer may take before it counts as hanging, in milliseconds. */
    private static final int BOUND_MILLIS = 8_000;

    /** The same, when an end waits and nothing is on its way; and after one that has hung. */
    private static final int SHORT_BOUND_MILLIS = 1_000;

    /** How long a sender asks again before it gives up, in milliseconds, all attempts together. */
    private static final int PATIENCE_MILLIS = 1_200;

    /** The pause where nothing is lost, so that nothing is sent twice. */
    private static final int LONG_PAUSE_MILLIS = 2_000;

    /** The linger where no acknowledgement is lost. */
    private static final int SHORT_LINGER_MILLIS = 10;

    /** The linger where the last acknowledgement may be lost. */
    private static final int LONG_LINGER_MILLIS = 5_000;

    private static final String EARLY =
            "Does the receiver wait without a bound until the file has ended? See hint 2.";

    private static final String LEFT =
            "Does the receiver stay after the end, and acknowledge as often as it is asked?"
                    + " See hint 2.";

    private static volatile boolean hung;

    private Relay relay;

    @BeforeEach
    void open() throws IOException {
        relay = new Relay();
    }

    @AfterEach
    void close() {
        relay.close();
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
        Transfer transfer = new Transfer("sent a file of 3500 bytes", file);
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("Is every block acknowledged? See hint 1.");
        transfer.hasArrived(
                "Has each packet room for a whole block, also after an acknowledgement? See hint"
                        + " 2.");
    }

    @Test
    @Order(3)
    void datagramsAreShort() throws Exception {
        byte[] file = bytes(102_000);
        transferAll("sent a file of 102000 bytes", file, new ByteArrayInputStream(file), null);
        int longest = Math.max(relay.sender.longest, relay.receiver.longest);
        check(
                longest <= 1_024,
                () ->
                        "sent a file of 102000 bytes; expected datagrams of up to 1024 bytes;"
                                + (" got one of " + longest)
                                + ". What stands in a datagram beside the block? See hint 1.");
        int different = relay.sender.seen.size();
        check(
                different >= 102,
                () ->
                        "sent a file of 102000 bytes; expected 102 blocks or more, of up to 1000"
                                + (" bytes of it; got " + different + " different datagrams")
                                + ". How much of the file is in one? See hint 1.");
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
    void oldAcknowledgementEndsNoPause() throws Exception {
        byte[] file = bytes(2_000);
        relay.receiver.fates = List.of(Fate.OFTEN);
        Transfer transfer =
                new Transfer("delivered the first acknowledgement 5 times; 2 attempts", file);
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns(
                "Is a block sent again before its pause is over, because an old acknowledgement"
                        + " came? See hint 3.");
    }

    @Test
    @Order(13)
    void lastAcknowledgementMayBeLost() throws Exception {
        byte[] file = bytes(5);
        relay.receiver.fates = all(Fate.LOST_TWICE);
        Transfer transfer = new Transfer("lost each acknowledgement twice, the last one too", file);
        transfer.pauseMillis = 10;
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns(LEFT);
        transfer.hasArrived("Is a block that comes again written again? See hint 3.");
    }

    @Test
    @Order(14)
    void receiverStaysAsLongAsItIsAsked() throws Exception {
        // Each receive finds the datagram once more: there is no silence until the test ends it.
        relay.receiver.cut = true;
        relay.receiver.asking = relay.sender;
        relay.receiver.askingMillis = 40;
        Transfer transfer =
                new Transfer(
                        "lost the acknowledgements of an empty file, and asked on for 40 ms with a"
                                + " linger of 20 ms",
                        new byte[0]);
        transfer.lingerMillis = 20;
        transfer.start(InputStream.nullInputStream());
        transfer.receiverIsAskedEnough(
                "Does each datagram that comes begin the linger anew? See hint 2.");
    }

    @Test
    @Order(15)
    void lateCopyIsNotTaken() throws Exception {
        byte[] file = bytes(4_000);
        relay.sender.fates = List.of(Fate.LATE_COPY);
        Transfer transfer = new Transfer("delivered the first block again after the second", file);
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("What does the receiver do with an old block? See hint 3.");
        transfer.hasArrived("Is the block before the last one known for an old one? See hint 1.");
    }

    @Test
    @Order(16)
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
    @Order(17)
    void sendGivesUpOnASilentReceiver() throws Exception {
        String tried = "lost every datagram, 6 attempts of 10 ms";
        String expected = "; expected a SocketTimeoutException after 6 datagrams; got ";
        relay.sender.cut = true;
        Transfer transfer = new Transfer(tried, bytes(5));
        transfer.pauseMillis = 10;
        Throwable failure = transfer.failureOfSend(6);
        check(
                failure instanceof SocketTimeoutException,
                () ->
                        (tried + expected + (failure == null ? "no failure" : failure))
                                + ". What is done after the last attempt? See hint 2.");
        check(
                relay.sender.sent == 6,
                () ->
                        (tried + expected + "it after " + relay.sender.sent)
                                + " datagrams. Is the first one an attempt, too, and is a timeout"
                                + " the end of one attempt, or of all? See hint 2.");
        long shortest = relay.sender.shortestPauseMillis();
        check(
                shortest >= 9,
                () ->
                        (tried + expected + "a pause of " + shortest)
                                + " ms. Does each attempt wait for its whole pause, the last one"
                                + " too? See hint 2.");
    }

    @Test
    @Order(18)
    void endWithoutAcknowledgementIsAFailure() throws Exception {
        relay.sender.cut = true;
        Transfer transfer =
                new Transfer("lost every datagram of an empty file, 2 attempts of 10 ms", bytes(0));
        transfer.pauseMillis = 10;
        Throwable failure = transfer.failureOfSend(2);
        check(
                failure instanceof SocketTimeoutException,
                () ->
                        transfer.tried
                                + "; expected a SocketTimeoutException; got "
                                + (failure == null ? "no failure" : failure)
                                + ". Is the end sent and acknowledged like a block? See hint 1.");
    }

    @Test
    @Order(19)
    void eachDatagramHasItsOwnAttempts() throws Exception {
        byte[] file = bytes(4_000);
        relay.sender.fates = all(Fate.LOST);
        Transfer transfer = new Transfer("lost each datagram once, 3 attempts of 5 ms", file);
        transfer.pauseMillis = 5;
        transfer.attempts = 3;
        transfer.start(new ByteArrayInputStream(file));
        transfer.sendReturns("Are the attempts counted anew for each datagram? See hint 2.");
    }

    @Test
    @Order(20)
    void whatIsNotWrittenIsNotAcknowledged() throws Exception {
        Transfer transfer = new Transfer("sent a file of 5 bytes to one that is full", bytes(5));
        transfer.written =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("the disk is full");
                    }
                };
        transfer.lingerMillis = SHORT_LINGER_MILLIS;
        relay.sender.carried = transfer.file;
        relay.sender.answers = () -> relay.receiver.sent;
        transfer.start(new ByteArrayInputStream(transfer.file));
        Throwable failure =
                transfer.failureOfReceive("an IOException", "Who is told when a write fails?");
        int acknowledged = relay.receiver.sent - relay.sender.answersBefore;
        check(
                acknowledged == 0,
                () ->
                        (transfer.tried + "; expected no acknowledgement; got ")
                                + acknowledged
                                + ". Is a block written before it is acknowledged? See hint 3.");
        check(
                failure instanceof IOException,
                () ->
                        transfer.tried
                                + "; expected an IOException from receive(); got "
                                + (failure == null ? "no failure" : failure)
                                + ". Which one exception means that the linger is over?"
                                + " See hint 2.");
    }

    @Test
    @Order(21)
    void closeEndsReceive() throws Exception {
        Transfer transfer = new Transfer("closed the socket of a waiting receiver", bytes(0));
        transfer.startReceiver();
        relay.receiver.close();
        Throwable failure =
                transfer.failureOfReceive(
                        "a SocketException", "Does it go on after a failure of the socket?");
        check(
                failure instanceof SocketException,
                () ->
                        transfer.tried
                                + "; expected a SocketException from receive(); got "
                                + (failure == null ? "no failure" : failure)
                                + ". Which one exception means that the linger is over?"
                                + " See hint 2.");
    }

    @Test
    @Order(22)
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
        rest.remove(Fate.OFTEN);
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
        transfer.lingerMillis = cause == null ? LONG_LINGER_MILLIS : SHORT_LINGER_MILLIS;
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
        private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        private final ExecutorCompletionService<Void> ends =
                new ExecutorCompletionService<>(ReliableTransferTest::startDaemon);
        private Future<Void> sending;
        private Future<Void> receiving;

        OutputStream written = arrived;
        int attempts;
        int pauseMillis = LONG_PAUSE_MILLIS;
        int lingerMillis = LONG_LINGER_MILLIS;

        Transfer(String tried, byte[] file) {
            this.tried = tried;
            this.file = file;
        }

        void start(InputStream in) throws Exception {
            startReceiver();
            relay.sender.hasAllArrived = this::hasAllArrived;
            relay.sender.tried = tried;
            int enough = attempts > 0 ? attempts : Math.max(2, PATIENCE_MILLIS / pauseMillis);
            sending = ends.submit(sender(in, enough));
        }

        /** Returns when the receiver waits for its first datagram; or has ended without. */
        void startReceiver() throws Exception {
            receiving =
                    ends.submit(
                            () -> {
                                try {
                                    ReliableTransfer.receive(relay.receiver, written, lingerMillis);
                                } catch (Error e) {
                                    relay.receiver.waiting.completeExceptionally(e);
                                    throw e;
                                } finally {
                                    relay.receiver.waiting.complete(null);
                                    relay.receiver.asked.complete(false);
                                    relay.receiver.end();
                                }
                                return null;
                            });
            try {
                relay.receiver.waiting.get(bound(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                hung = true; // the test tells what it misses
            } catch (ExecutionException e) {
                throw (Error) e.getCause(); // not started, perhaps
            }
        }

        private Callable<Void> sender(InputStream in, int attempts) {
            return () -> {
                try {
                    ReliableTransfer.send(
                            relay.sender,
                            relay.receiver.getLocalSocketAddress(),
                            in,
                            attempts,
                            pauseMillis);
                } catch (Error e) {
                    relay.receiver.asked.completeExceptionally(e);
                    throw e;
                }
                if (relay.sender.sent == 0) {
                    relay.receiver.asked.cancel(false);
                }
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
            int bound = bound();
            long start = System.nanoTime();
            boolean isStuck = sending.isDone() && relay.receiver.isStuck(bound);
            long took = (System.nanoTime() - start) / 1_000_000;
            long left = Math.max(SHORT_BOUND_MILLIS, isStuck ? 0 : bound - took);
            Future<Void> end = ends.poll(left, TimeUnit.MILLISECONDS);
            if (end == null) {
                hung |= !isStuck;
                fail(
                        (tried + "; expected " + waitingFor + " to return; got no end of it in ")
                                + (took + left + " ms. " + cause));
            }
            outcome(end, end == sending ? "send()" : "receive()", cause);
        }

        private void outcome(Future<Void> end, String name, String cause) throws Exception {
            Throwable failure = failureOf(end);
            if (failure != null) {
                boolean isEarly = end == sending && receiving.isDone() && !hasAllArrived();
                fail(
                        (tried + "; expected " + name + " to return; got " + failure)
                                + (" from it. " + (isEarly ? EARLY : cause)),
                        failure);
            }
        }

        private boolean hasAllArrived() {
            return arrived.size() >= file.length;
        }

        /** Compares what is written by now: all of it, as soon as send() has returned. */
        void hasArrived(String cause) {
            byte[] bytes = arrived.toByteArray();
            int same = Arrays.mismatch(file, bytes);
            if (same != -1) {
                fail(
                        (tried + "; expected the file's " + file.length)
                                + (" bytes to be written when send() had returned; got ")
                                + (bytes.length + " bytes, the first " + same + " of them right. ")
                                + (bytes.length == 0 && !receiving.isDone()
                                        ? "Is a block written before it is acknowledged? See hint"
                                                + " 3."
                                        : cause));
            }
        }

        /** Sends to nobody, and returns what send() has thrown, or null. */
        Throwable failureOfSend(int attempts) throws Exception {
            String expected = tried + "; expected a SocketTimeoutException; got ";
            String cause = "Are the attempts counted? See hint 2.";
            relay.sender.mostSent = 10 * attempts;
            relay.sender.tooMany = expected + 10 * attempts + " datagrams. " + cause;
            sending = ends.submit(sender(new ByteArrayInputStream(file), attempts));
            int bound = bound();
            if (ends.poll(bound, TimeUnit.MILLISECONDS) == null) {
                hung = true;
                fail(expected + "no end of send() in " + bound + " ms. " + cause);
            }
            return failureOf(sending);
        }

        /** Waits for the end of receive(), and returns what it has thrown, or null. */
        Throwable failureOfReceive(String expected, String cause) throws Exception {
            int bound = bound();
            while (!receiving.isDone()) {
                Future<Void> end = ends.poll(bound, TimeUnit.MILLISECONDS);
                if (end == null) {
                    hung = true;
                    fail(
                            (tried + "; expected " + expected + " from receive(); got no end of it")
                                    + (" in " + bound + " ms. " + cause + " See hint 2."));
                }
                failureOf(end); // not started, perhaps
            }
            return failureOf(receiving);
        }

        /** Waits until the receiver was asked for long enough, or has ended before. */
        void receiverIsAskedEnough(String cause) throws Exception {
            int bound = bound();
            String none = tried + "; expected a datagram of send(); got none";
            String why = ". Is there a datagram for the end? See hint 1.";
            try {
                if (relay.receiver.asked.get(bound, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (TimeoutException e) {
                hung = true;
                fail(none + " in " + bound + " ms" + why);
            } catch (CancellationException e) {
                fail(none + " before its end" + why);
            } catch (ExecutionException e) {
                failureOf(sending); // not started, perhaps
            }
            outcome(receiving, "receive()", cause);
            fail(
                    (tried + "; expected receive() to stay as long as it is asked; got its end")
                            + (" before. " + cause));
        }

        /** Returns what has been thrown by what has ended, or null. */
        private Throwable failureOf(Future<Void> end) throws Exception {
            try {
                end.get();
                return null;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                return e.getCause();
            }
        }
    }

    private static int bound() {
        return hung ? SHORT_BOUND_MILLIS : BOUND_MILLIS;
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
        /** It comes more often than the sender has attempts. */
        OFTEN,
        /** It comes after others that were sent later. */
        LATE,
        /** It passes, and comes again after others that were sent later. */
        LATE_COPY
    }

    /** The link, with a socket at each end. */
    private static final class Relay {
        private final Object link = new Object();
        final End receiver = new End(link, null);
        final End sender = new End(link, receiver);

        Relay() throws IOException {}

        void close() {
            sender.close();
            receiver.close();
            synchronized (link) {
                link.notifyAll();
            }
        }
    }

    /**
     * A socket that relays what it is to send: not at all, once, twice, or late. It does so inside
     * send(), in the order of a list; and the sender's send() returns when the receiver has dealt
     * with what came. So no thread and no clock decides.
     */
    private static final class End extends DatagramSocket {

        /** More in a row are never lost. */
        private static final int MOST_LOST = 3;

        /** How often one comes that comes often. */
        private static final int OFTEN = 5;

        /** How many receives after the time are proof that there is no deadline. */
        private static final int ENOUGH_ASKED = 20;

        /** How often the sender may ask when nobody is there any more. */
        private static final int MOST_IN_VAIN = 20;

        /** How long the receiver may take before it counts as deaf, in milliseconds. */
        private static final int DEAF_MILLIS = 2_000;

        private final Object link;
        private final End other;

        List<Fate> fates = List.of();
        int othersBetween = 1;
        boolean cut;
        int mostSent = Integer.MAX_VALUE;
        String tooMany;
        String tried;
        BooleanSupplier hasAllArrived;

        /**
         * Where this is set, it counts the answers that came before a datagram with these bytes.
         */
        byte[] carried;

        IntSupplier answers;
        volatile int answersBefore;

        /** Where this is set, its last datagram comes again for each receive, for a time. */
        End asking;

        int askingMillis;
        final CompletableFuture<Boolean> asked = new CompletableFuture<>();
        final CompletableFuture<Void> waiting = new CompletableFuture<>();

        volatile int sent;
        volatile int longest;

        private final List<Long> sentNanos = new ArrayList<>();
        private volatile DatagramPacket last;
        private int coming;
        private int taken;
        private boolean isWaiting;
        private boolean isUnbounded;
        private boolean isDeaf;
        private boolean hasEnded;
        private long askingSince;
        private int askedLate;
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

        /** One with another end waits for it. */
        End(Object link, End other) throws IOException {
            super(LOOPBACK);
            this.link = link;
            this.other = other;
        }

        @Override
        public void receive(DatagramPacket letter) throws IOException {
            assertIsOpen();
            if (asking != null && asking.last != null && !asked.isDone()) {
                askAgain(asking);
            }
            synchronized (link) {
                isWaiting = true;
                isUnbounded = getSoTimeout() == 0;
                link.notifyAll();
            }
            waiting.complete(null);
            int come = 0;
            try {
                super.receive(letter);
                come = 1;
            } finally {
                synchronized (link) {
                    isWaiting = false;
                    taken += come;
                }
            }
        }

        /** Its owner has returned. */
        void end() {
            synchronized (link) {
                hasEnded = true;
                link.notifyAll();
            }
        }

        /** Waits for its end, and returns whether it waits without a bound instead, for nothing. */
        boolean isStuck(int millis) throws InterruptedException {
            synchronized (link) {
                long deadline = System.nanoTime() + millis * 1_000_000L;
                while (!hasEnded && !(isWaiting && isUnbounded && taken >= coming)) {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return false;
                    }
                    link.wait(left);
                }
                return !hasEnded;
            }
        }

        /** Whether it has taken all that came, and has answered it or waits for more. */
        private boolean hasDealtWithAll() {
            return hasEnded || (taken >= coming && (isWaiting || sent >= taken));
        }

        /** Returns when the other end has dealt with all that came; or when it is deaf. */
        private void awaitOther() throws IOException {
            long deadline = System.nanoTime() + DEAF_MILLIS * 1_000_000L;
            while (!other.hasDealtWithAll() && !other.isDeaf && !isClosed()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                other.isDeaf = left <= 0;
                try {
                    if (left > 0) {
                        link.wait(left);
                    }
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }
        }

        /** The other end asks again; enough, when it does so often after the time. */
        private void askAgain(End other) throws IOException {
            if (askingSince == 0) {
                askingSince = System.nanoTime();
            }
            boolean isLate = System.nanoTime() - askingSince > askingMillis * 1_000_000L;
            if (isLate && ++askedLate == ENOUGH_ASKED) {
                asked.complete(true);
            }
            other.repeat();
        }

        private void repeat() throws IOException {
            super.send(last);
        }

        @Override
        public void send(DatagramPacket letter) throws IOException {
            assertIsOpen();
            synchronized (link) {
                if (++sent > mostSent) {
                    fail(tooMany);
                }
                sentNanos.add(System.nanoTime());
                longest = Math.max(longest, letter.getLength());
                if (other != null && other.hasEnded && ++inVain > MOST_IN_VAIN) {
                    fail(
                            (tried + "; expected receive() to stay while send() asks again; got ")
                                    + (MOST_IN_VAIN + " datagrams that came after its end. ")
                                    + (hasAllArrived.getAsBoolean() ? LEFT : EARLY));
                }
                last = copy(letter);
                if (carried != null && text(last.getData()).contains(text(carried))) {
                    answersBefore = answers.getAsInt();
                    carried = null;
                }
                if (!cut) {
                    relay(last);
                }
                link.notifyAll();
                if (other != null) {
                    awaitOther();
                }
            }
        }

        /** The shortest time between two datagrams, or between the last one and now. */
        long shortestPauseMillis() {
            synchronized (link) {
                long shortest = Long.MAX_VALUE;
                long next = System.nanoTime();
                for (int i = sentNanos.size() - 1; i >= 0; i--) {
                    shortest = Math.min(shortest, next - sentNanos.get(i));
                    next = sentNanos.get(i);
                }
                return shortest / 1_000_000;
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
            boolean isLost = lose > 0 && lostInARow < MOST_LOST;
            if (isLost) {
                lose--;
                lostInARow++;
            } else {
                lostInARow = 0;
                int copies = fate == Fate.OFTEN ? OFTEN : fate == Fate.TWICE ? 2 : 1;
                for (int copy = 1; copy <= copies; copy++) {
                    pass(letter);
                }
                if (relayed.add(bytes)) {
                    relayLate(bytes);
                }
            }
            if (fate == Fate.LATE || fate == Fate.LATE_COPY) {
                late.add(new Late(letter, othersBetween));
            }
        }

        private void pass(DatagramPacket letter) throws IOException {
            if (other != null) {
                other.coming++;
            }
            super.send(letter);
        }

        /** Another one has passed: the time has come for what waited for it. */
        private void relayLate(ByteBuffer other) throws IOException {
            for (Iterator<Late> all = late.iterator(); all.hasNext(); ) {
                Late next = all.next();
                boolean isOther = !other.equals(ByteBuffer.wrap(next.letter.getData()));
                if (isOther && --next.after == 0) {
                    all.remove();
                    pass(next.letter);
                }
            }
        }

        /** So that an answer that goes on for ever ends with its test. */
        private void assertIsOpen() {
            if (isClosed()) {
                throw new IllegalStateException("the socket is closed already");
            }
        }

        private static String text(byte[] bytes) {
            return new String(bytes, ISO_8859_1);
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
