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
            "Each attempt sends one datagram to peer: a number of 4 bytes, and then the whole"
                    + " text.";
    private static final String NEW =
            "Each call has a new number, whatever its socket and its peer, from a counter of 32"
                    + " bits or from 32 random bits.";
    private static final String ANSWER =
            "The answer is a datagram from the address and the port of peer that begins with the"
                    + " number of this call, and ask returns the text behind the number, which may"
                    + " be empty.";
    private static final String OTHER =
            "Any other datagram is discarded, and it neither ends the attempt nor makes it longer.";
    private static final String OVER =
            "An attempt is over when timeoutMillis have passed since its datagram was sent, and"
                    + " then the next one begins at once.";
    private static final String GIVES_UP =
            "When the last of attempts is over, ask throws a SocketTimeoutException.";
    private static final String NOBODY =
            "While nobody has opened the peer's port, the attempt goes on, because the peer may"
                    + " come late.";
    private static final String FAILS =
            "Any other IOException of the socket reaches whoever called at once, unchanged, even if"
                    + " a send fails.";
    private static final String LEFT =
            "However ask ends, the socket is then neither closed nor connected, and has the timeout"
                    + " that it had before.";

    private static final String END =
            "Does a datagram that is no answer end the attempt, or does receive() go on?";
    private static final String OLD = "Is the number that of this question, and of no other?";
    private static final String WHO = "Who sent it, by address and port?";
    private static final String LENGTH = "Is the text what stands between the number and the end?";

    @Test
    @Order(1)
    @Proves(SENDS)
    void sendsTheNumberAndTheText() throws Exception {
        Tried tried = Tried.to("asked \"time?\", and looked at the text behind 4 bytes of number");
        TestSocket socket = new TestSocket(tried, answering("ten"));
        Object end = ask(tried, socket, 1, LONG);
        tried.check(
                socket.count > 0,
                "one through the given socket",
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
        tried.same("1000 bytes, 122 at the end", end, cause, 2);
        tried = Tried.to("asked 1000 bytes that end with r");
        socket = new TestSocket(tried, answering("ten"));
        byte[] text = ("q".repeat(999) + "r").getBytes(ISO_8859_1);
        end = ask(tried, socket, PEER, text, 1, LONG);
        tried.check(socket.count > 0, "a datagram", end, "Is there room for the number, too?", 2);
        String sent = shown(socket.sent.get(0).bytes(), 4);
        tried.same("1000 bytes, 114 at the end", sent, "Is all of the question sent?", 2);
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
                socket.count == 2, "two datagrams", end, "How does a call leave the socket?", 2);
        Set<Integer> numbers = new HashSet<>();
        socket.sent.forEach(sent -> numbers.add(number(sent.bytes())));
        String cause = "Where does the number live between two calls?";
        tried.check(numbers.size() == 2, "two", numbers.size(), cause, 1);
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
        expectTen(tried, flooded, "Does something count the datagrams?");
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
    @Proves(GIVES_UP)
    void silentPeerEndsWithATimeout() throws Exception {
        Tried tried = Tried.to("asked a peer that never answers, 2 attempts of 20 ms");
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        socket.most = 10;
        Object end = ask(tried, socket, 2, 20);
        String cause = "Is the first one an attempt, and is a timeout the end of one or of all?";
        tried.check(socket.count == 2, "2 datagrams", socket.count, cause, 3);
        expectTimeout(tried, end, "What is thrown after the last attempt?");
    }

    @Test
    @Order(13)
    @Proves(OVER)
    void eachAttemptWaitsForItsTime() throws Exception {
        Tried tried = Tried.to("asked a peer that never answers, 2 attempts of 100 ms");
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        ask(tried, socket, 2, 100);
        expectPauses(tried, socket);
    }

    @Test
    @Order(14)
    @Proves(OVER)
    void timeoutOfTheSocketDoesNotMatter() throws Exception {
        Tried tried =
                Tried.to("asked a silent peer for 100 ms, through a socket with a timeout of 7");
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        socket.setSoTimeout(7);
        ask(tried, socket, 1, 100);
        expectPauses(tried, socket);
    }

    @Test
    @Order(15)
    @Proves(OVER)
    void lostQuestionIsAskedAgain() throws Exception {
        Tried tried = Tried.to("lost 98 of 100 attempts, and answered \"ten\" to the next");
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, question) -> {
                            if (to.count == 99) {
                                to.comes(PEER, answer(question, "ten"));
                            }
                        });
        Object end = ask(tried, socket, 100, 2);
        tried.same("ten", end, "Is a timeout the end of one attempt, or of all?", 3);
        String wait = Tried.say("%d ms", socket.longestWait);
        String same = "Does each attempt wait for the same time?";
        tried.check(socket.longestWait <= 3, "a timeout of 2 ms at most", wait, same, 3);
        String again = shown(socket.sent.get(98).bytes(), 4);
        tried.same(TIME, again, "Is the same datagram sent again?", 2);
    }

    @Test
    @Order(16)
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
        String again = "Is a timeout the end of one attempt, or of all?";
        String cause = "Have all attempts of one call the same number?";
        tried.same("ten", end, socket.count < 2 ? again : cause, 1);
    }

    @Test
    @Order(17)
    @Proves(OVER)
    void timeBeginsAfterTheSend() throws Exception {
        Tried tried = Tried.to("sent for 200 ms, answered \"ten\" at once; one attempt of 100 ms");
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, question) -> {
                            TestSocket.pause(200);
                            to.comes(PEER, answer(question, "ten"));
                        });
        Object end = ask(tried, socket, 1, 100);
        tried.same("ten", end, "When does the time of an attempt begin?", 3);
    }

    @Test
    @Order(18)
    @Proves(OTHER)
    void otherDatagramsDoNotLengthenTheAttempt() throws Exception {
        Tried tried = Tried.to("sent old and strangers' answers without end, 3 attempts of 50 ms");
        String cause = "Does one deadline hold for the whole attempt, and what if 0 ms are left?";
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        socket.stuck = cause;
        socket.stuckHint = 3;
        int[] late = new int[1];
        boolean[] stranger = new boolean[1];
        socket.more =
                () -> {
                    // There is a datagram for each receive: only the clock can end an attempt.
                    List<Long> sent = socket.sentNanos;
                    if (sent.isEmpty()) {
                        return null;
                    }
                    long since = System.nanoTime() - sent.get(sent.size() - 1);
                    late[0] = since < 500_000_000 ? 0 : late[0] + 1;
                    String got = "20 receives after 500 ms";
                    tried.check(late[0] <= 20, "an end of the attempt", got, cause, 3);
                    byte[] old = socket.sent.get(0).bytes().clone();
                    stranger[0] = !stranger[0];
                    if (stranger[0]) {
                        return new TestSocket.Datagram(OTHER_PORT, old);
                    }
                    old[0] ^= -1;
                    return new TestSocket.Datagram(PEER, old);
                };
        Object end = ask(tried, socket, 3, 50);
        expectTimeout(
                tried,
                end,
                end instanceof String ? "Who sent it, and which number does it have?" : cause);
    }

    @Test
    @Order(19)
    @Proves(LEFT)
    void socketIsLeftAsItWas() throws Exception {
        Tried tried = Tried.to("looked at the socket after an answer");
        TestSocket socket = new TestSocket(tried, answering("ten"));
        socket.setSoTimeout(1_234);
        ask(tried, socket, 1, LONG);
        expectAsItWas(tried, socket);
    }

    @Test
    @Order(20)
    @Proves(LEFT)
    void socketIsLeftAsItWasAfterATimeout() throws Exception {
        Tried tried = Tried.to("looked at the socket after a question without an answer");
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        socket.setSoTimeout(1_234);
        ask(tried, socket, 1, 10);
        expectAsItWas(tried, socket);
    }

    @Test
    @Order(21)
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
    @Order(22)
    @Proves(NOBODY)
    void nobodyIsNoAnswer() throws Exception {
        Tried tried = Tried.to("asked a port that nobody has opened, 2 attempts of 20 ms");
        TestSocket socket = new TestSocket(tried, (to, question) -> {});
        socket.nobody = true;
        Object end = ask(tried, socket, 2, 20);
        expectTimeout(tried, end, "Is the socket connected, and told that nobody is there?");
    }

    @Test
    @Order(23)
    @Proves(NOBODY)
    void peerMayComeDuringTheAttempt() throws Exception {
        Tried tried = Tried.to("asked a port that somebody opened a moment too late");
        TestSocket socket = new TestSocket(tried, answering("ten"));
        socket.nobody = true;
        socket.hurries = true;
        Object end = ask(tried, socket, 1, LONG);
        tried.same("ten", end, "Does the attempt end because nobody was there at first?", 2);
    }

    @Test
    @Order(24)
    @Proves(FAILS)
    void failureOfReceiveIsNoTimeout() throws Exception {
        for (IOException failure : failures("Input/output error")) {
            Tried tried = Tried.to("failed the receive of the first of 2 attempts");
            TestSocket socket = new TestSocket(tried, (to, question) -> {});
            socket.failure = failure;
            Object end = ask(tried, socket, 2, 20);
            String cause = "Which one exception means that an attempt is over?";
            tried.check(end == failure, failure + "", end, cause, 2);
            tried.check(socket.count == 1, "1 attempt", socket.count, "What ends all attempts?", 2);
        }
    }

    @Test
    @Order(25)
    @Proves(FAILS)
    void failureOfSendIsNoLoss() throws Exception {
        for (IOException failure : failures("Network is unreachable")) {
            Tried tried = Tried.to("failed the first of 2 sends");
            TestSocket socket =
                    new TestSocket(
                            tried,
                            (to, question) -> {
                                throw failure;
                            });
            Object end = ask(tried, socket, 2, 20);
            String cause = "Is a datagram that cannot be sent taken for a lost one?";
            tried.check(end == failure, failure + "", end, cause, 2);
            tried.check(socket.count == 1, "1 attempt", socket.count, "What ends all attempts?", 2);
        }
    }

    @Test
    @Order(26)
    @Proves(FAILS)
    void closedSocketIsNoTimeout() throws Exception {
        Tried tried = Tried.to("closed the socket during the first of 3 attempts");
        TestSocket socket = new TestSocket(tried, (to, question) -> to.close());
        Object end = ask(tried, socket, 3, 20);
        String cause = "Which one exception means that an attempt is over?";
        tried.check(end instanceof SocketException, "a SocketException", end, cause, 2);
    }

    @Test
    @Order(27)
    @Timeout(45)
    @Proves(NEW)
    void numbersDoNotComeAgainSoon() throws Exception {
        Tried tried = Tried.to("asked %d times, by turns through two sockets", CALLS);
        Set<Integer> numbers = new HashSet<>();
        // No question leaves the machine, so no call waits for an answer.
        IOException failure = new IOException("Network is unreachable");
        TestSocket.Script script =
                (to, question) -> {
                    numbers.add(number(question));
                    throw failure;
                };
        TestSocket[] sockets = {new TestSocket(tried, script), new TestSocket(tried, script)};
        tried.within(40, () -> askOften(sockets), "an end", "What ends a call?", 2);
        tried.check(
                numbers.size() >= CALLS - CHANCE,
                Tried.say("%d different numbers", CALLS),
                numbers.size(),
                "Are all 32 bits used, and do all sockets share one counter?",
                1);
    }

    @Test
    @Order(28)
    @Proves(
            "Several threads may ask at once, each through a socket of its own, and no call waits"
                    + " for another.")
    void callsAtOnceDoNotMix() throws Exception {
        Tried tried = Tried.to("asked \"time?\" and \"date?\" at once, in two threads");
        Phaser meeting = new Phaser(2);
        FutureTask<Object> other = new FutureTask<>(() -> askMeeting(tried, meeting, "date?"));
        Thread thread = new Thread(other, "date?");
        thread.setDaemon(true);
        thread.start();
        Object time = askMeeting(tried, meeting, TIME);
        Object date = TestSocket.result(tried, other);
        tried.same(
                "time? date?",
                time + " " + date,
                "Do two calls share an array, a packet, or another static field?",
                1);
    }

    @Test
    @Order(29)
    @Proves(ANSWER)
    void asksThroughRealSockets() throws Exception {
        Tried tried = Tried.to("asked a peer with a socket of its own, which answered \"ten\"");
        InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
        try (DatagramSocket peer = new DatagramSocket(loopback);
                DatagramSocket socket = new DatagramSocket(loopback)) {
            Thread answers = new Thread(() -> answerOnce(peer), "peer");
            answers.setDaemon(true);
            answers.start();
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

    private static void expectPauses(Tried tried, TestSocket socket) {
        long shortest = socket.shortestPauseMillis();
        String pause = Tried.say("%d ms after a datagram", shortest);
        String cause = "Does each attempt wait for its whole time, the last one too?";
        tried.check(shortest >= 99, "100 ms after each datagram", pause, cause, 3);
        String timeout = Tried.say("%d ms", socket.longestWait);
        cause = "Does each attempt wait for the same time?";
        tried.check(socket.longestWait <= 101, "a timeout of 100 ms at most", timeout, cause, 3);
    }

    private static void expectAsItWas(Tried tried, TestSocket socket) throws IOException {
        String state = socket.isClosed() ? "closed" : socket.isConnected() ? "connected" : "";
        String cause = "Is everything put back, however ask() ends?";
        tried.same(
                "a timeout of 1234 ms",
                state.isEmpty() ? Tried.say("a timeout of %d ms", socket.getSoTimeout()) : state,
                cause,
                2);
    }
}
