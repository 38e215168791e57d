package lesson05.homework;

import static org.junit.jupiter.api.Assertions.fail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The tests of {@link Question}, from easy to hard. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class QuestionTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private static final byte[] QUESTION = "How late is it?".getBytes(US_ASCII);

    /** How long an answer that is sent at once may take, in milliseconds. */
    private static final int PATIENCE_MILLIS = 3_000;

    /** How much longer than its attempts a call may take before it counts as hanging. */
    private static final int GRACE_MILLIS = 5_000;

    /** The same, when it waits without a bound, or after a call that has hung. */
    private static final int SHORT_GRACE_MILLIS = 500;

    /** How many receives after the time are proof that no clock ends the attempt. */
    private static final int ENOUGH_LATE = 20;

    private static volatile boolean hung;

    private DatagramSocket peer;
    private DatagramSocket stranger;
    private Asker asker;

    @BeforeEach
    void open() throws IOException {
        peer = new DatagramSocket(LOOPBACK);
        stranger = new DatagramSocket(LOOPBACK);
        peer.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void close() {
        peer.close();
        stranger.close();
        if (asker != null) {
            asker.close();
        }
    }

    @Test
    @Order(1)
    void answerComesBack() throws Exception {
        asker = new Asker((question, attempt) -> answer(peer, question, "ten"));
        ask(1, PATIENCE_MILLIS)
                .gives(
                        "ten",
                        "asked a peer that answers \"ten\" at once",
                        "Is the text what stands after the number, up to the datagram's length?"
                                + " See hint 2.",
                        "Is the answer's number read from its first four bytes? See hint 1.");
    }

    @Test
    @Order(2)
    void datagramIsTheNumberAndTheText() throws Exception {
        asker = new Asker((question, attempt) -> answer(peer, question, "ten"));
        ask(1, PATIENCE_MILLIS);
        byte[] sent = asker.sent.get(0);
        byte[] text = Arrays.copyOfRange(sent, 4, sent.length);
        check(
                Arrays.equals(QUESTION, text),
                () ->
                        "asked "
                                + shown(QUESTION)
                                + "; expected a datagram of 4 bytes for the number and these 15;"
                                + (" got " + sent.length + " bytes, after the number ")
                                + shown(text)
                                + ". Is the datagram as long as what stands in it? See hint 2.");
    }

    @Test
    @Order(3)
    void eachQuestionHasItsOwnNumber() throws Exception {
        asker = new Asker((question, attempt) -> answer(peer, question, "ten"));
        for (int call = 1; call <= 3; call++) {
            Outcome outcome = ask(1, PATIENCE_MILLIS);
            check(
                    outcome.failure == null || outcome.failure instanceof SocketTimeoutException,
                    () ->
                            ("asked in three calls; expected each to get an answer; got " + outcome)
                                    + ". Is the socket left as it was? See hint 2.");
        }
        long different = asker.sent.stream().map(QuestionTest::number).distinct().count();
        check(
                different == 3,
                () ->
                        "asked the same text three times, in three calls; expected three numbers;"
                                + (" got " + different)
                                + ". Where does the number live between two calls? See hint 1.");
    }

    @Test
    @Order(4)
    void emptyAnswerIsAnAnswer() throws Exception {
        asker = new Asker((question, attempt) -> answer(peer, question, ""));
        ask(1, PATIENCE_MILLIS)
                .gives(
                        "",
                        "asked a peer that answers with the number and no text",
                        "Is the text what stands after the number? See hint 2.",
                        "Is a datagram of four bytes thrown away? See hint 1.");
    }

    @Test
    @Order(5)
    void longestAnswerComesWhole() throws Exception {
        String longest = "x".repeat(999) + "!";
        asker = new Asker((question, attempt) -> answer(peer, question, longest));
        ask(1, PATIENCE_MILLIS)
                .gives(
                        longest,
                        "asked a peer that answers with 1,000 bytes of text",
                        "Is there room for the longest answer? See hint 2.",
                        "Is there room for the longest answer? See hint 2.");
    }

    @Test
    @Order(6)
    void longestQuestionIsSentWhole() throws Exception {
        byte[] longest = "x".repeat(1_000).getBytes(US_ASCII);
        asker = new Asker((question, attempt) -> answer(peer, question, "ten"));
        Outcome outcome = ask(asker, longest, 1, PATIENCE_MILLIS);
        byte[] sent = asker.sent.isEmpty() ? new byte[0] : asker.sent.get(0);
        if (sent.length != 1_004 || !Arrays.equals(longest, Arrays.copyOfRange(sent, 4, 1_004))) {
            fail(
                    "asked 1,000 bytes; expected a datagram of 1,004 bytes; got "
                            + (asker.sent.isEmpty() ? "none, and " + outcome : sent.length)
                            + ". Is there room for the number and the longest question?"
                            + " See hint 2.",
                    outcome.failure);
        }
    }

    @Test
    @Order(7)
    void strangersAnswerIsNoAnswer() throws Exception {
        asker =
                new Asker(
                        (question, attempt) -> {
                            answer(stranger, question, "wrong");
                            answer(peer, question, "ten");
                        });
        ask(1, PATIENCE_MILLIS)
                .gives(
                        "ten",
                        "sent \"wrong\" from another port, with the right number, then \"ten\" from"
                                + " the peer",
                        "Who sent it, by address and port? See hint 1.",
                        "Does a datagram that is no answer end the attempt? See hint 1.");
    }

    @Test
    @Order(8)
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere 127.0.0.2 is nobody")
    void samePortOfAnotherAddressIsAStranger() throws Exception {
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        try (DatagramSocket namesake = new DatagramSocket(peer.getLocalPort(), other)) {
            asker =
                    new Asker(
                            (question, attempt) -> {
                                answer(namesake, question, "wrong");
                                answer(peer, question, "ten");
                            });
            ask(1, PATIENCE_MILLIS)
                    .gives(
                            "ten",
                            "sent \"wrong\" from the peer's port of 127.0.0.2, then \"ten\" from"
                                    + " the peer at 127.0.0.1",
                            "Who sent it, by address and port? See hint 1.",
                            "Does a datagram that is no answer end the attempt? See hint 1.");
        }
    }

    @Test
    @Order(9)
    void shorterThanANumberIsNoAnswer() throws Exception {
        asker =
                new Asker(
                        (question, sent) -> {
                            if (sent > 1) {
                                answer(stranger, question, "wrong");
                            }
                            for (int length = 0; length < 4; length++) {
                                send(peer, Arrays.copyOf(question, length), asker);
                            }
                            answer(peer, question, "ten");
                        });
        String tried = "sent datagrams of 0, 1, 2 and 3 bytes, then the answer \"ten\"";
        String none = "Does a datagram that is no answer end the attempt? See hint 1.";
        ask(1, PATIENCE_MILLIS)
                .gives(
                        "ten",
                        tried,
                        "Are there four bytes to read in every datagram? See hint 1.",
                        none);
        ask(1, PATIENCE_MILLIS)
                .gives(
                        "ten",
                        "sent \"wrong\" from another port, with the right number, then from the"
                                + " peer datagrams of 0, 1, 2 and 3 bytes, then \"ten\"",
                        "After a short datagram, what stands in the buffer behind it? See hint 2.",
                        none);
    }

    @Test
    @Order(10)
    void lateAnswerToAnEarlierQuestionIsNoAnswer() throws Exception {
        asker =
                new Asker(
                        (question, sent) -> {
                            // With the second question comes the first one's answer once more.
                            answer(peer, asker.sent.get(0), "one");
                            if (sent > 1) {
                                answer(peer, question, "two");
                            }
                        });
        ask(1, PATIENCE_MILLIS);
        ask(1, PATIENCE_MILLIS)
                .gives(
                        "two",
                        "asked twice; before the second answer \"two\" came the first one's \"one\""
                                + " once more",
                        "Is it the number of this question, and has no other question the same?"
                                + " See hint 1.",
                        "Does a datagram that is no answer end the attempt? See hint 1.");
    }

    @Test
    @Order(11)
    void silentPeerEndsWithATimeout() throws Exception {
        String tried = "asked a peer that never answers, 2 attempts of 60 ms";
        asker = new Asker((question, attempt) -> {});
        Outcome outcome = ask(2, 60);
        outcome.timesOut(tried, "What bounds each receive()? See hint 2.", 0);
        int sent = asker.sent.size();
        check(
                sent == 2,
                () ->
                        (tried + "; expected 2 datagrams; got " + sent)
                                + ". Is the first one an attempt, too, and is a timeout the end of"
                                + " one attempt, or of all? See hint 2.");
        outcome.timesOut(tried, "Does each attempt wait, the last one too? See hint 3.", 118);
    }

    @Test
    @Order(12)
    void lostQuestionIsAskedAgain() throws Exception {
        asker =
                new Asker(
                        (question, attempt) -> {
                            if (attempt > 2) {
                                answer(peer, question, "ten");
                            }
                        });
        ask(10, 20)
                .gives(
                        "ten",
                        "lost the first two of 10 attempts, and answered \"ten\" to the next",
                        "Is the answer's text returned? See hint 2.",
                        "Is a timeout the end of one attempt, or of all? See hint 3.");
    }

    @Test
    @Order(13)
    void answerToAnEarlierAttemptCounts() throws Exception {
        asker =
                new Asker(
                        (question, attempt) -> {
                            if (attempt > 1) {
                                answer(peer, asker.sent.get(0), "ten");
                            }
                        });
        ask(10, 20)
                .gives(
                        "ten",
                        "answered \"ten\" to the first of 10 attempts, during the second",
                        "Is the answer's text returned? See hint 2.",
                        "Have all attempts of one question the same number? See hint 1.");
    }

    @Test
    @Order(14)
    void otherMailDoesNotLengthenTheWait() throws Exception {
        String tried = "sent other mail without end, during 8 attempts of 5 ms";
        String cause =
                "Does one clock run for the whole attempt, and how long does receive() wait when"
                        + " 0 ms are left? See hint 3.";
        // There is a letter for each receive: only the clock can end an attempt. When a receive
        // would wait without a bound, no letter helps it.
        asker =
                new Asker((question, attempt) -> {}) {
                    private int attempt;
                    private long start;
                    private int late;

                    @Override
                    public void receive(DatagramPacket letter) throws IOException {
                        if (isClosed()) {
                            throw new IllegalStateException("the test is over");
                        }
                        if (sent.size() > attempt) {
                            attempt = sent.size();
                            start = System.nanoTime();
                            late = 0;
                        }
                        // Any right answer looks at the clock between two letters.
                        if (System.nanoTime() - start > 50_000_000 && ++late > ENOUGH_LATE) {
                            fail(
                                    (tried + "; expected the attempt to end; got " + late)
                                            + (" receives after ten times its time. " + cause));
                        }
                        if (getSoTimeout() > 0 && !sent.isEmpty()) {
                            byte[] junk = sent.get(0).clone();
                            junk[0] ^= -1; // another number
                            QuestionTest.send(peer, junk, this);
                        }
                        super.receive(letter);
                    }
                };
        ask(8, 5).timesOut(tried, cause, 0);
    }

    @Test
    @Order(15)
    void socketIsLeftAsItWas() throws Exception {
        asker =
                new Asker(
                        (question, sent) -> {
                            if (sent == 1) {
                                answer(peer, question, "ten");
                            }
                        });
        asker.setSoTimeout(1_234);
        ask(1, PATIENCE_MILLIS);
        assertIsAsItWas("after an answer");
        ask(1, 10);
        assertIsAsItWas("after a question without an answer");
    }

    private void assertIsAsItWas(String when) throws IOException {
        String state = asker.isClosed() ? "closed" : asker.isConnected() ? "connected" : "";
        String got = state.isEmpty() ? "a timeout of " + asker.getSoTimeout() + " ms" : state;
        check(
                got.equals("a timeout of 1234 ms"),
                () ->
                        "looked at the socket "
                                + when
                                + "; expected a timeout of 1234 ms, as before, neither connected"
                                + " nor"
                                + (" closed; got " + got)
                                + ". Is everything put back, however ask() ends? See hint 2.");
    }

    @Test
    @Order(16)
    void peerThatNobodyOwnsDoesNotAnswer() throws Exception {
        // It receives from itself only. To all others its port has no owner, and no other program
        // can take it.
        peer.connect(peer.getLocalSocketAddress());
        try (Listener socket =
                new Listener() {
                    @Override
                    public void send(DatagramPacket letter) throws IOException {
                        super.send(letter);
                        awaitNews();
                    }
                }) {
            ask(socket, QUESTION, 1, 10)
                    .timesOut(
                            "asked a port that nobody owns, one attempt of 10 ms",
                            "Is the socket connected while it waits? See hint 2.",
                            0);
        }
    }

    @Test
    @Order(17)
    void peerMayComeDuringTheAttempt() throws Exception {
        // Its port has no owner when the question comes, and one when the answer goes.
        peer.connect(peer.getLocalSocketAddress());
        try (Listener socket =
                new Listener() {
                    @Override
                    public void send(DatagramPacket letter) throws IOException {
                        super.send(letter);
                        awaitNews();
                        peer.disconnect();
                        int start = letter.getOffset();
                        byte[] question = Arrays.copyOfRange(letter.getData(), start, start + 4);
                        answer(peer, question, "ten", this);
                    }
                }) {
            ask(socket, QUESTION, 1, PATIENCE_MILLIS)
                    .gives(
                            "ten",
                            "asked a port that nobody owns, and answered \"ten\" from it during the"
                                    + " attempt",
                            "Is the socket connected while it waits? See hint 2.",
                            "Does a failure of another kind end the attempt? See hint 2.");
        }
    }

    /**
     * Returns when the news that nobody owns the peer's port has come to the one who asked: what
     * the peer sends itself stands behind it in the line.
     */
    private void awaitNews() throws IOException {
        for (int round = 1; round <= 2; round++) { // behind the question, and behind the news
            peer.send(new DatagramPacket(new byte[1], 1));
            peer.receive(new DatagramPacket(new byte[1], 1));
        }
    }

    @Test
    @Order(18)
    void closedSocketIsNoTimeout() throws Exception {
        asker = new Asker((question, attempt) -> asker.close());
        Outcome outcome = ask(3, 20);
        check(
                outcome.failure instanceof IOException
                        && !(outcome.failure instanceof SocketTimeoutException),
                () ->
                        "closed the socket during the first of 3 attempts; expected an IOException"
                                + (" of another kind than a timeout; got " + outcome)
                                + ". Which one exception means that an attempt is over?"
                                + " See hint 2.");
    }

    @Test
    @Order(19)
    void numbersDoNotComeAgainSoon() throws Exception {
        String tried = "asked 600 times, 300 times each through two sockets";
        Set<Integer> numbers = new HashSet<>();
        for (int socket = 1; socket <= 2; socket++) {
            try (Asker asker = new Asker((question, attempt) -> answer(peer, question, "ten"))) {
                this.asker = asker;
                outcome(asker, () -> askOften(asker), PATIENCE_MILLIS)
                        .gives(
                                "ten",
                                tried,
                                "Is each answer known by its own number? See hint 1.",
                                "Is each answer known by its own number? See hint 1.");
                asker.sent.forEach(question -> numbers.add(number(question)));
            }
        }
        // Two of 600 random numbers are the same once in 24,000 times.
        check(
                numbers.size() >= 599,
                () ->
                        (tried + "; expected 600 numbers; got " + numbers.size())
                                + ". Are all four bytes used, and do all calls share what gives"
                                + " the next number? See hint 1.");
    }

    private byte[] askOften(Asker asker) throws IOException {
        byte[] answer = null;
        for (int i = 0; i < 300; i++) {
            answer = Question.ask(asker, address(), QUESTION.clone(), 1, PATIENCE_MILLIS);
        }
        return answer;
    }

    private static void check(boolean holds, Supplier<String> failure) {
        if (!holds) {
            fail(failure);
        }
    }

    /** Asks the peer through {@link #asker}. */
    private Outcome ask(int attempts, int timeoutMillis) throws Exception {
        Outcome outcome = ask(asker, QUESTION, attempts, timeoutMillis);
        if (asker.sent.isEmpty()) {
            fail(
                    "asked "
                            + shown(QUESTION)
                            + ("; expected a datagram at the peer's address; got none, and "
                                    + outcome)
                            + ". Is the packet sent to the peer, and through the socket that was"
                            + " given? See hint 2.",
                    outcome.failure);
        }
        return outcome;
    }

    /** Asks the peer in a thread of its own. */
    private Outcome ask(Listener socket, byte[] question, int attempts, int timeoutMillis)
            throws Exception {
        return outcome(
                socket,
                () -> Question.ask(socket, address(), question.clone(), attempts, timeoutMillis),
                attempts * timeoutMillis);
    }

    /** Waits for what is to end after {@code millis} milliseconds, and not much longer. */
    private static Outcome outcome(Listener socket, Callable<byte[]> asking, int millis)
            throws Exception {
        CompletableFuture<byte[]> end = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                end.complete(asking.call());
                            } catch (Throwable e) {
                                end.completeExceptionally(e);
                            }
                        },
                        "ask");
        thread.setDaemon(true);
        int bound = millis + (hung ? SHORT_GRACE_MILLIS : GRACE_MILLIS);
        long start = System.nanoTime();
        thread.start();
        try {
            CompletableFuture<?> ended = end.handle((answer, failure) -> null);
            CompletableFuture.anyOf(ended, socket.stuck).get(bound, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            hung = true;
        }
        try {
            byte[] answer = end.get(SHORT_GRACE_MILLIS, TimeUnit.MILLISECONDS);
            return new Outcome(answer, null, System.nanoTime() - start);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            return new Outcome(null, e.getCause(), System.nanoTime() - start);
        } catch (TimeoutException e) {
            long took = System.nanoTime() - start;
            Exception none = new TimeoutException("no end of ask() in " + took / 1_000_000 + " ms");
            return new Outcome(null, none, took);
        }
    }

    private SocketAddress address() {
        return peer.getLocalSocketAddress();
    }

    private void answer(DatagramSocket from, byte[] question, String text) throws IOException {
        answer(from, question, text, asker);
    }

    private static void answer(DatagramSocket from, byte[] question, String text, Listener to)
            throws IOException {
        byte[] letter = new byte[4 + text.length()];
        System.arraycopy(question, 0, letter, 0, 4);
        System.arraycopy(text.getBytes(US_ASCII), 0, letter, 4, text.length());
        send(from, letter, to);
    }

    private static void send(DatagramSocket from, byte[] bytes, Listener to) throws IOException {
        to.coming++;
        from.send(new DatagramPacket(bytes, bytes.length, to.getLocalSocketAddress()));
    }

    private static int number(byte[] question) {
        return ByteBuffer.wrap(question).getInt();
    }

    /** Returns text in quotes, or how long it is. */
    private static String shown(byte[] text) {
        String quoted = new String(text, US_ASCII).replaceAll("[^ -~]", ".");
        return text.length > 30 ? text.length + " bytes" : "\"" + quoted + "\"";
    }

    /** What became of a question: its answer, or a failure; and how long it took. */
    private record Outcome(byte[] answer, Throwable failure, long nanos) {

        @Override
        public String toString() {
            return failure instanceof TimeoutException
                    ? failure.getMessage()
                    : failure != null
                            ? failure.toString()
                            : answer == null ? "null" : "the answer " + shown(answer);
        }

        /** Fails with {@code wrong} after a wrong answer, and with {@code none} after none. */
        void gives(String text, String tried, String wrong, String none) {
            byte[] expected = text.getBytes(US_ASCII);
            if (!Arrays.equals(expected, answer)) {
                fail(
                        tried
                                + ("; expected the answer " + shown(expected))
                                + ("; got " + this + ". ")
                                + (failure instanceof SocketTimeoutException ? none : wrong),
                        failure);
            }
        }

        /** Fails unless it timed out, and not before {@code millis} milliseconds. */
        void timesOut(String tried, String cause, long millis) {
            String expected =
                    tried + "; expected a SocketTimeoutException when the time is over; got ";
            if (failure == null && answer == null) {
                fail(expected + "null. What is done after the last attempt? See hint 2.");
            }
            if (!(failure instanceof SocketTimeoutException)) {
                fail(expected + this + ". " + cause, failure);
            }
            if (nanos < millis * 1_000_000) {
                fail(expected + "it after " + nanos / 1_000_000 + " ms. " + cause, failure);
            }
        }
    }

    /** What a peer does with the datagram that has come, the {@code sent}th of its socket. */
    private interface Script {
        void play(byte[] question, int sent) throws IOException;
    }

    /** Tells when it waits for ever: without a bound, and nothing is on its way. */
    private static class Listener extends DatagramSocket {
        final CompletableFuture<Void> stuck = new CompletableFuture<>();
        private volatile int coming;
        private volatile int taken;

        Listener() throws IOException {
            super(LOOPBACK);
        }

        @Override
        public void receive(DatagramPacket letter) throws IOException {
            if (getSoTimeout() == 0 && taken == coming) {
                stuck.complete(null);
            }
            super.receive(letter);
            taken++;
        }
    }

    /** The socket of the one who asks. The peer's part is played inside send(): never too late. */
    private class Asker extends Listener {
        final List<byte[]> sent = new CopyOnWriteArrayList<>();
        private final Script script;

        Asker(Script script) throws IOException {
            this.script = script;
        }

        @Override
        public void send(DatagramPacket letter) throws IOException {
            super.send(letter);
            DatagramPacket come = new DatagramPacket(new byte[65_535], 65_535);
            try {
                peer.receive(come);
            } catch (SocketTimeoutException e) {
                return; // sent to another address
            }
            byte[] question = Arrays.copyOf(come.getData(), come.getLength());
            if (question.length < 4) {
                fail(
                        "asked "
                                + shown(QUESTION)
                                + "; expected a datagram of 4 bytes for the number and these 15;"
                                + (" got " + question.length + " bytes in all")
                                + ". Does the number take four bytes? See hint 2.");
            }
            sent.add(question);
            script.play(question, sent.size());
        }
    }
}
