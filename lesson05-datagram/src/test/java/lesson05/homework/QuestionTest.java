package lesson05.homework;

import static lesson05.homework.TestQuestions.CALLS;
import static lesson05.homework.TestQuestions.CHANCE;
import static lesson05.homework.TestQuestions.LONG;
import static lesson05.homework.TestQuestions.OTHER_ADDRESS;
import static lesson05.homework.TestQuestions.OTHER_PORT;
import static lesson05.homework.TestQuestions.PEER;
import static lesson05.homework.TestQuestions.TIME;
import static lesson05.homework.TestQuestions.answer;
import static lesson05.homework.TestQuestions.answerOnce;
import static lesson05.homework.TestQuestions.answering;
import static lesson05.homework.TestQuestions.ask;
import static lesson05.homework.TestQuestions.askMeeting;
import static lesson05.homework.TestQuestions.askOften;
import static lesson05.homework.TestQuestions.number;
import static lesson05.homework.TestQuestions.sendShort;
import static lesson05.homework.TestQuestions.shown;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;

/** What {@link Question} promises, over a socket whose link is played by the test. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class QuestionTest {

    private static final String SENDS =
            "Each attempt sends one datagram to peer: a number of 4 bytes, then the whole text.";
    private static final String NEW =
            "Each call has a new number, whatever its socket, its peer and its thread: it comes"
                    + " from one counter of 32 bits, or from 32 random bits.";
    private static final String ANSWER =
            "The answer is a datagram from the address and the port of peer that begins with the"
                    + " number of this call, and ask returns the text behind the number, which may"
                    + " be empty.";
    private static final String OTHER =
            "Any other datagram is discarded: it neither ends the attempt nor makes it longer.";
    private static final String OVER =
            "An attempt is over when timeoutMillis have passed since its datagram was sent, and"
                    + " then the next one begins at once.";
    private static final String GIVES_UP =
            "When the last of attempts is over, ask throws a SocketTimeoutException.";
    private static final String ALONE =
            "Only the calling thread uses the socket, and it never connects it, because a connected"
                    + " socket may fail while no socket has the peer's address.";
    private static final String FAILS =
            "An IOException of the socket, except a timeout of receive, reaches the caller at once,"
                    + " unchanged.";
    private static final String LEFT =
            "However ask ends, it leaves the socket open, with the timeout that it had before.";

    private static final String END =
            "Does a datagram that is no answer end the attempt, or does receive() go on?";
    private static final String OLD = "Is the number that of this question, and of no other?";
    private static final String WHO = "Who sent it, by address and port?";
    private static final String LENGTH = "Is the text what stands between the number and the end?";

    @Test
    @Order(1)
    @Proves({SENDS, ALONE})
    void sendsTheNumberAndTheText() throws Exception {
        Tried tried = Tried.to("asked \"time?\", and looked at the text behind 4 bytes of number");
        TestSocket socket = new TestSocket(tried, answering("ten"));
        Object end = ask(tried, socket, 1, LONG);
        tried.check(
                socket.count > 0,
                "a datagram through the given socket",
                end,
                "Which socket sends the question?",
                2);
        tried.same(PEER, socket.sent.get(0).address(), "Where does the packet go?", 2);
        tried.same(
                TIME,
                shown(socket.sent.get(0).bytes(), 4),
                "Is the datagram as long as the number and the text?",
                2);
        tried.same(1, socket.count, "Is the question sent again although its answer came?", 3);
    }

    @Test
    @Order(2)
    @Proves(ANSWER)
    void answerComesBack() throws Exception {
        Tried tried = Tried.to("asked a peer that answers \"ten\" at once");
        tried.same("ten", ask(tried, new TestSocket(tried, answering("ten")), 1, LONG), LENGTH, 2);
    }

    @Test
    @Order(3)
    @Proves(ANSWER)
    void emptyAnswerIsAnAnswer() throws Exception {
        Tried tried = Tried.to("asked a peer that answers with the number and no text");
        tried.same(
                "",
                ask(tried, new TestSocket(tried, answering("")), 1, LONG),
                "Is a datagram of four bytes discarded?",
                1);
    }

    @Test
    @Order(4)
    @Proves({SENDS, ANSWER})
    void longestTextsFit() throws Exception {
        Tried tried = Tried.to("asked \"time?\", and was answered 1000 bytes that end with z");
        TestSocket socket = new TestSocket(tried, answering("a".repeat(999) + "z"));
        Object end = ask(tried, socket, 1, LONG);
        String cause = "Is there room for the longest answer?";
        tried.same("1000 bytes that end with z", end, cause, 2);
        tried = Tried.to("asked 1000 bytes that end with r");
        socket = new TestSocket(tried, answering("ten"));
        byte[] text = ("q".repeat(999) + "r").getBytes(ISO_8859_1);
        end = ask(tried, socket, PEER, text, 1, LONG);
        tried.check(socket.count > 0, "a datagram", end, "Is there room for the number, too?", 2);
        String sent = shown(socket.sent.get(0).bytes(), 4);
        tried.same("1000 bytes that end with r", sent, "Is all of the question sent?", 2);
    }

    @Test
    @Order(5)
    @Proves(NEW)
    void eachQuestionHasItsOwnNumber() throws Exception {
        Tried tried = Tried.to("asked the same text in two calls, and looked at their numbers");
        TestSocket socket = new TestSocket(tried, answering("ten"));
        ask(tried, socket, 1, LONG);
        Object end = ask(tried, socket, 1, LONG);
        tried.check(
                socket.count == 2, "two datagrams", end, "Does a call leave the socket open?", 2);
        Set<Integer> numbers = new HashSet<>();
        socket.sent.forEach(sent -> numbers.add(number(sent.bytes())));
        String cause = "Where does the number live between two calls?";
        tried.check(numbers.size() == 2, "two numbers", numbers.size(), cause, 1);
    }

    @Test
    @Order(6)
    @Proves({ANSWER, OTHER})
    void strangersAnswerIsDiscarded() throws Exception {
        Tried tried =
                Tried.to("sent \"no\" from another port, with the right number, then \"ten\"");
        TestSocket socket = new TestSocket(tried, answering(OTHER_PORT, "no", PEER, "ten"));
        expectTen(tried, socket, WHO);
        String cause = "Is the question sent again because a stranger answers?";
        tried.check(socket.count == 1, "1 datagram", socket.count, cause, 1);
        tried = Tried.to("sent \"no\" 1000 times from another port, then \"ten\"");
        TestSocket flooded =
                new TestSocket(
                        tried,
                        (to, question) -> {
                            for (int i = 0; i < 1_000; i++) {
                                to.comes(OTHER_PORT, answer(question, "no"));
                            }
                            to.comes(PEER, answer(question, "ten"));
                        });
        expectTen(tried, flooded, "Is there a limit on the datagrams of one attempt?");
    }

    @Test
    @Order(7)
    @Proves({ANSWER, OTHER})
    void samePortOfAnotherAddressIsAStranger() throws Exception {
        Tried tried = Tried.to("sent \"no\" from the peer's port at 127.0.0.2, then \"ten\"");
        TestSocket socket = new TestSocket(tried, answering(OTHER_ADDRESS, "no", PEER, "ten"));
        expectTen(tried, socket, WHO);
    }

    @Test
    @Order(8)
    @Proves(ANSWER)
    void namesDoNotMatter() throws Exception {
        Tried tried = Tried.to("asked clock.example/127.0.0.1:5005, and 127.0.0.1:5005 answered");
        TestSocket socket = new TestSocket(tried, answering("ten"));
        byte[] loopback = PEER.getAddress().getAddress();
        InetAddress named = InetAddress.getByAddress("clock.example", loopback);
        SocketAddress peer = new InetSocketAddress(named, PEER.getPort());
        socket.hurries = true;
        Object end = ask(tried, socket, peer, TIME.getBytes(ISO_8859_1), 1, LONG);
        tried.same("ten", end, "Are two addresses compared as text?", 2);
    }

    @Test
    @Order(9)
    @Proves(OTHER)
    void lateAnswerIsDiscarded() throws Exception {
        Tried tried = Tried.to("asked twice; answers to other questions came, then \"ten\"");
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, question) -> {
                            to.comes(PEER, answer(to.sent.get(0).bytes(), "one"));
                            if (to.count > 1) {
                                for (int i = 0; i < 4; i++) { // one byte of the number differs
                                    byte[] other = answer(question, "other");
                                    other[i] ^= 1;
                                    to.comes(PEER, other);
                                }
                                to.comes(PEER, answer(question, "ten"));
                            }
                        });
        ask(tried, socket, 1, LONG);
        expectTen(tried, socket, OLD);
        for (int i = 0; i < 4; i++) {
            int wrong = i;
            tried = Tried.to("sent \"no\" with another byte %d of the number, then \"ten\"", i + 1);
            TestSocket near =
                    new TestSocket(
                            tried,
                            (to, question) -> {
                                byte[] no = answer(question, "no");
                                no[wrong] ^= -1;
                                to.comes(PEER, no);
                                to.comes(PEER, answer(question, "ten"));
                            });
            expectTen(tried, near, OLD);
        }
    }

    @Test
    @Order(10)
    @Proves(OTHER)
    void shorterThanANumberIsDiscarded() throws Exception {
        Tried tried = Tried.to("sent 3, 2, 1 and 0 bytes of the number, then \"ten\"");
        TestSocket socket = new TestSocket(tried, (to, question) -> sendShort(to, question));
        expectTen(tried, socket, "Are there four bytes to read in every datagram?");
    }

    @Test
    @Order(11)
    @Proves(OTHER)
    void oldBytesInTheBufferAreNoAnswer() throws Exception {
        Tried tried = Tried.to("sent \"no\" from another port, 3 to 0 bytes of it, then \"ten\"");
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, question) -> {
                            to.comes(OTHER_PORT, answer(question, "no"));
                            sendShort(to, question);
                        });
        String cause = "What stands in the buffer behind a short datagram?";
        Object end = ask(tried, socket, 1, LONG);
        String timeout = end instanceof SocketTimeoutException ? END : WHO;
        tried.same("ten", end, end instanceof RuntimeException ? cause : timeout, 2);
    }

    @Test
    @Order(12)
    @Proves({GIVES_UP, OVER})
    void silentPeerEndsWithATimeout() throws Exception {
        Tried tried = Tried.to("asked a peer that never answers, 2 attempts of 50 ms");
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        socket.most = 10;
        socket.setSoTimeout(7);
        Object end = ask(tried, socket, 2, 50);
        String cause =
                "Is the first datagram an attempt, and does a timeout end one attempt or all?";
        tried.check(socket.count == 2, "2 datagrams", socket.count, cause, 3);
        expectTimeout(tried, end, "What is thrown after the last attempt?");
        long shortest = Collections.min(socket.pausesMillis());
        String got = Tried.say("%d ms after a datagram", shortest);
        cause = "Does each attempt wait for its whole time, the last one too?";
        tried.check(shortest >= 49, "50 ms after each datagram", got, cause, 3);
        expectWaits(tried, socket, 50);
    }

    @Test
    @Order(13)
    @Proves({OVER, ALONE})
    void lostQuestionIsAskedAgain() throws Exception {
        Tried tried = Tried.to("lost 23 of 25 attempts of 2 ms, and answered \"ten\" to the next");
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, question) -> {
                            if (to.count == 24) {
                                to.comes(PEER, answer(question, "ten"));
                            }
                        });
        Object end = ask(tried, socket, 25, 2);
        tried.same("ten", end, "Does a timeout end one attempt, or all?", 3);
        expectWaits(tried, socket, 2);
        long shortest = Collections.min(socket.pausesMillis().subList(0, 23));
        String got = Tried.say("%d ms between two, or more", shortest);
        String cause = "What does ask() do between two attempts?";
        tried.check(shortest <= 20, "the next attempt at once", got, cause, 3);
        String again = shown(socket.sent.get(23).bytes(), 4);
        tried.same(TIME, again, "Is the same datagram sent again?", 2);
    }

    @Test
    @Order(14)
    @Proves(
            "All attempts of one call have the same number, so that an answer to the first attempt"
                    + " counts during the second.")
    void answerToAnEarlierAttemptCounts() throws Exception {
        Tried tried = Tried.to("answered \"ten\" to the first of 3 attempts during the second");
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, question) -> {
                            if (to.count == 2) {
                                to.comes(PEER, answer(to.sent.get(0).bytes(), "ten"));
                            }
                        });
        Object end = ask(tried, socket, 3, 20);
        String again = "Does a timeout end one attempt, or all?";
        String cause = "Have all attempts of one call the same number?";
        tried.same("ten", end, socket.count < 2 ? again : cause, 1);
    }

    @Test
    @Order(15)
    @Proves(OVER)
    void timeBeginsAfterTheSend() throws Exception {
        Tried tried = Tried.to("answered \"ten\" in a send() of 100 ms; one attempt of 50 ms");
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, question) -> {
                            TestSocket.pause(100);
                            to.comes(PEER, answer(question, "ten"));
                        });
        Object end = ask(tried, socket, 1, 50);
        tried.same("ten", end, "When does the time of an attempt begin?", 3);
    }

    @Test
    @Order(16)
    @Proves({OTHER, SENDS})
    void otherDatagramsDoNotLengthenTheAttempt() throws Exception {
        Tried tried = Tried.to("sent a wrong answer in each of 4 attempts of 80 ms");
        String cause = "Does one deadline hold for the whole attempt, and what if 0 ms are left?";
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        socket.stuck = cause;
        socket.stuckHint = 3;
        socket.comesInEachAttempt(
                80,
                () -> {
                    byte[] other = socket.sent.get(0).bytes().clone();
                    if (socket.count <= 2) {
                        return new TestSocket.Datagram(OTHER_PORT, other);
                    }
                    other[0] ^= -1;
                    return new TestSocket.Datagram(PEER, other);
                });
        Object end = ask(tried, socket, 4, 80);
        boolean isTaken = end instanceof String;
        String which = "Who sent it, and which number does it have?";
        expectTimeout(tried, end, isTaken ? which : cause);
        expectWaits(tried, socket, 80);
        String to = "Does one packet go both ways, so that receive() changes its address?";
        tried.same(Collections.nCopies(socket.count, PEER), socket.addresses(), to, 2);
        tried = Tried.to("sent wrong answers without a pause in one attempt of 20 ms");
        TestSocket flooded = new TestSocket(tried, (peer, question) -> {});
        byte[] none = new byte[0];
        flooded.comesWithoutAPause(20, () -> new TestSocket.Datagram(OTHER_PORT, none));
        expectTimeout(tried, ask(tried, flooded, 1, 20), cause);
        flooded.expectNoFlood(cause);
    }

    @Test
    @Order(17)
    @Proves(LEFT)
    void socketIsLeftAsItWas() throws Exception {
        Tried tried = Tried.to("looked at the socket after an answer");
        TestSocket socket = new TestSocket(tried, answering("ten"));
        socket.setSoTimeout(1_234);
        ask(tried, socket, 1, LONG);
        expectAsItWas(tried, socket);
    }

    @Test
    @Order(18)
    @Proves(LEFT)
    void socketIsLeftAsItWasAfterATimeout() throws Exception {
        Tried tried = Tried.to("looked at the socket after a question without an answer");
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        socket.setSoTimeout(1_234);
        ask(tried, socket, 1, 10);
        expectAsItWas(tried, socket);
    }

    @Test
    @Order(19)
    @Proves(LEFT)
    void socketIsLeftAsItWasAfterAFailure() throws Exception {
        Tried tried = Tried.to("looked at the socket after a receive() that failed");
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        socket.setSoTimeout(1_234);
        socket.failure = new IOException("Input/output error");
        ask(tried, socket, 1, 10);
        expectAsItWas(tried, socket);
    }

    @Test
    @Order(20)
    @Proves(FAILS)
    void failureOfReceiveIsNoTimeout() throws Exception {
        for (IOException failure : failures("Input/output error")) {
            Tried tried = Tried.to("threw %s from receive() in the first of 2 attempts", failure);
            TestSocket socket = new TestSocket(tried, (to, question) -> {});
            socket.failure = failure;
            Object end = ask(tried, socket, 2, 20);
            String cause = "Which one exception means that an attempt is over?";
            tried.check(end == failure, failure + "", end, cause, 2);
            tried.check(socket.count == 1, "1 attempt", socket.count, "What ends all attempts?", 2);
        }
    }

    @Test
    @Order(21)
    @Proves(FAILS)
    void failureOfSendIsNoLoss() throws Exception {
        List<IOException> failures = new ArrayList<>(failures("Network is unreachable"));
        failures.add(new SocketTimeoutException("of the send"));
        for (IOException failure : failures) {
            Tried tried = Tried.to("threw %s from the first of 2 sends", failure);
            TestSocket socket = new TestSocket(tried, TestSocket.failing(failure));
            Object end = ask(tried, socket, 2, 20);
            String cause = "Is a datagram that cannot be sent taken for a lost one?";
            tried.check(end == failure, failure + "", end, cause, 2);
            tried.check(socket.count == 1, "1 attempt", socket.count, "What ends all attempts?", 2);
        }
    }

    @Test
    @Order(22)
    @Proves(FAILS)
    void closedSocketIsNoTimeout() throws Exception {
        Tried tried = Tried.to("closed the socket during the first of 3 attempts");
        TestSocket socket = new TestSocket(tried, (to, question) -> to.close());
        Object end = ask(tried, socket, 3, 20);
        String cause = "Which one exception means that an attempt is over?";
        tried.check(end instanceof SocketException, "a SocketException", end, cause, 2);
    }

    @Test
    @Order(23)
    @Timeout(45)
    @Proves(NEW)
    void numbersDoNotComeAgainSoon() throws Exception {
        Tried tried = Tried.to("asked %d times in two threads, through two sockets", CALLS);
        Set<Integer> numbers = new HashSet<>();
        // No question leaves the machine, so no call waits for an answer.
        IOException failure = new IOException("Network is unreachable");
        TestSocket.Script script =
                (to, question) -> {
                    numbers.add(number(question));
                    throw failure;
                };
        TestSocket[] sockets = {new TestSocket(tried, script), new TestSocket(tried, script)};
        for (int thread = 0; thread < 2; thread++) {
            tried.within(20, () -> askOften(sockets), "an end", "What ends a call?", 2);
        }
        tried.check(
                numbers.size() >= CALLS - CHANCE,
                Tried.say("%d different numbers", CALLS),
                numbers.size(),
                "Are all 32 bits used, and do all sockets and threads share one counter?",
                1);
    }

    @Test
    @Order(24)
    @Proves(
            "Several threads may ask at once, each through a socket of its own, and no call waits"
                    + " for another.")
    void callsAtOnceDoNotMix() throws Exception {
        Tried tried = Tried.to("asked \"time?\" and \"date?\" at once, in two threads");
        Phaser meeting = new Phaser(2);
        FutureTask<Object> other = TestSocket.start(() -> askMeeting(tried, meeting, "date?"));
        Object time = askMeeting(tried, meeting, TIME);
        Object date = TestSocket.result(tried, other);
        tried.same(
                "time? date?",
                time + " " + date,
                "Do two calls share an array, a packet, or another static field?",
                1);
    }

    @Test
    @Order(25)
    @Proves(ANSWER)
    void asksThroughRealSockets() throws Exception {
        Tried tried = Tried.to("asked a peer with a socket of its own, which answered \"ten\"");
        InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
        try (DatagramSocket peer = new DatagramSocket(loopback);
                DatagramSocket socket = new DatagramSocket(loopback)) {
            TestSocket.start(() -> answerOnce(peer));
            SocketAddress to = peer.getLocalSocketAddress();
            Object end = ask(tried, socket, to, TIME.getBytes(ISO_8859_1), 1, LONG);
            tried.same("ten", end, LENGTH, 2);
        }
    }

    private static List<IOException> failures(String text) {
        return List.of(new SocketException(text), new IOException(text));
    }

    private static void expectTen(Tried tried, TestSocket socket, String wrong) throws Exception {
        socket.hurries = true;
        Object end = ask(tried, socket, 1, LONG);
        tried.same("ten", end, end instanceof SocketTimeoutException ? END : wrong, 1);
    }

    private static void expectTimeout(Tried tried, Object end, String cause) {
        boolean holds = end instanceof SocketTimeoutException;
        String none = "What is thrown after the last attempt?";
        tried.check(holds, "a SocketTimeoutException", end, end == null ? none : cause, 2);
    }

    /** Expects waits of {@code most} milliseconds at most, and one more if it was rounded up. */
    private static void expectWaits(Tried tried, TestSocket socket, int most) {
        String expected = Tried.say("receive() to wait %d ms at most in each attempt", most);
        String got = Tried.say("%d ms", socket.longestWait);
        String cause = "Does one deadline hold for the whole attempt, and what if 0 ms are left?";
        tried.check(socket.longestWait <= most + 1, expected, got, cause, 3);
    }

    private static void expectAsItWas(Tried tried, TestSocket socket) throws IOException {
        Object got = socket.isClosed() ? "a closed socket" : socket.getSoTimeout() + " ms";
        String cause = "Is everything put back, however ask() ends?";
        tried.check(got.equals("1234 ms"), "a timeout of 1234 ms", got, cause, 2);
    }
}
