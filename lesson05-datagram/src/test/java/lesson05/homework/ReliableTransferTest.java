package lesson05.homework;

import static lesson05.homework.TestTransfers.ATTEMPTS;
import static lesson05.homework.TestTransfers.LONG;
import static lesson05.homework.TestTransfers.MOVED;
import static lesson05.homework.TestTransfers.PEER;
import static lesson05.homework.TestTransfers.block;
import static lesson05.homework.TestTransfers.bytes;
import static lesson05.homework.TestTransfers.carry;
import static lesson05.homework.TestTransfers.expectAcknowledgements;
import static lesson05.homework.TestTransfers.expectEnd;
import static lesson05.homework.TestTransfers.expectFailure;
import static lesson05.homework.TestTransfers.expectFile;
import static lesson05.homework.TestTransfers.expectNoFailure;
import static lesson05.homework.TestTransfers.expectTimeout;
import static lesson05.homework.TestTransfers.expectTimeouts;
import static lesson05.homework.TestTransfers.failing;
import static lesson05.homework.TestTransfers.failures;
import static lesson05.homework.TestTransfers.number;
import static lesson05.homework.TestTransfers.receive;
import static lesson05.homework.TestTransfers.receiving;
import static lesson05.homework.TestTransfers.send;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;

/** What {@link ReliableTransfer} promises: each end by itself, then both together. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class ReliableTransferTest {

    private static final String NUMBERS =
            "send sends the blocks of file in order, numbered from 0 (4 bytes, the highest first),"
                    + " and then an end with the next number.";
    private static final String READS =
            "send reads file to its end, however few bytes a read brings, and the file may be"
                    + " empty.";
    private static final String WAITS =
            "send sends the next datagram, or returns, only when the one before is acknowledged.";
    private static final String AGAIN =
            "send sends a datagram again when pauseMillis have passed without its acknowledgement,"
                    + " but each one, even the end, no more than attempts times, and after the last"
                    + " pause it throws a SocketTimeoutException.";
    private static final String OLD =
            "An acknowledgement of another number is old, and it neither ends the pause nor makes"
                    + " it longer.";
    private static final String WRITES =
            "receive writes each block once, in order, before it acknowledges it.";
    private static final String ACKNOWLEDGES =
            "receive acknowledges each datagram by its number to where it came from, even one that"
                    + " comes again, however late.";
    private static final String LINGERS =
            "After the end receive stays, acknowledges what comes again, and returns when nothing"
                    + " has come for lingerMillis, which each datagram begins anew.";
    private static final String FAILS =
            "An exception of the socket or the file, except the timeout that you set yourself,"
                    + " reaches whoever called at once, unchanged, and what is not written is not"
                    + " acknowledged.";
    private static final String SEVERAL =
            "Several files may be carried, even at once, each through two sockets of its own, and"
                    + " neither method closes its socket or its file.";

    /** How long a call may take in all, in seconds. */
    private static final int PATIENCE = 8;

    /** More blocks than a number of 16 bits can tell apart. */
    private static final int BLOCKS = 65_540;

    private static final String NUMBER = "What must a number tell, and how many are there?";
    private static final String TWICE = "Is a block that comes again written again?";
    private static final String FAILURE = "Which one exception means that nothing has come?";
    private static final String STATIC = "Is there a static field that two transfers share?";

    @Test
    @Order(1)
    @Proves({NUMBERS, WAITS})
    void sendsABlockAndAnEnd() throws Exception {
        Tried tried = Tried.to("sent a file of 5 bytes, and looked at the bytes of each datagram");
        TestTransfers.Receiver receiver = new TestTransfers.Receiver();
        TestSocket socket = new TestSocket(tried, receiver);
        expectNoFailure(tried, send(tried, socket, bytes(5), 1, LONG));
        List<Integer> lengths = new ArrayList<>();
        socket.sent.forEach(sent -> lengths.add(sent.bytes().length));
        tried.same(List.of(9, 4), lengths, "How long is a block, and how long an end?", 1);
        tried.same(List.of(0, 1), receiver.numbers, "Which number has the first block?", 1);
        tried.same(PEER, socket.sent.get(0).address(), "Where does the packet go?", 2);
    }

    @Test
    @Order(2)
    @Proves(NUMBERS)
    void blocksCarryTheWholeFile() throws Exception {
        Tried tried = Tried.to("sent a file of 3500 bytes");
        TestTransfers.Receiver receiver = new TestTransfers.Receiver();
        TestSocket socket = new TestSocket(tried, receiver);
        expectNoFailure(tried, send(tried, socket, bytes(3_500), 1, LONG));
        receiver.expectFile(tried, bytes(3_500), "Is each block as long as what was read?");
        int longest = 0;
        for (TestSocket.Datagram sent : socket.sent) {
            longest = Math.max(longest, sent.bytes().length);
        }
        String cause = "How many bytes of the file may a block carry?";
        tried.check(longest <= 1_004, "datagrams of 1004 bytes at most", longest, cause, 1);
    }

    @Test
    @Order(3)
    @Proves(NUMBERS)
    void aWholeLastBlockIsNotTheEnd() throws Exception {
        Tried tried = Tried.to("sent a file of 2000 bytes, and looked at the last datagram");
        expectEnd(tried, bytes(2_000));
    }

    @Test
    @Order(4)
    @Proves(READS)
    void anEmptyFileHasAnEnd() throws Exception {
        expectEnd(Tried.to("sent an empty file, and looked at the last datagram"), bytes(0));
    }

    @Test
    @Order(5)
    @Proves(READS)
    void aShortReadIsNotTheEnd() throws Exception {
        Tried tried = Tried.to("sent a file of 30 bytes that gives 7 at a time");
        TestTransfers.Receiver receiver = new TestTransfers.Receiver();
        InputStream file =
                new ByteArrayInputStream(bytes(30)) {
                    @Override
                    public synchronized int read(byte[] into, int start, int length) {
                        return super.read(into, start, Math.min(length, 7));
                    }

                    @Override
                    public synchronized int available() {
                        return 0;
                    }
                };
        TestSocket socket = new TestSocket(tried, receiver);
        expectNoFailure(tried, send(tried, socket, file, 1, LONG));
        String cause = "Is a short read, or available() of 0, the end of the file?";
        receiver.expectFile(tried, bytes(30), cause);
    }

    @Test
    @Order(6)
    @Proves({WRITES, ACKNOWLEDGES})
    void writesAndAcknowledgesEachBlock() throws Exception {
        Tried tried = Tried.to("received blocks of 5 and 3 bytes and an end");
        TestSocket socket = receiving(tried, block(0, 5));
        socket.comesLater(MOVED, block(1, 3)); // from another port, as behind a router
        socket.comesLater(PEER, block(2, 0));
        expectFile(tried, socket, "Is a block what stands behind the number?", 5, 3);
        expectAcknowledgements(tried, socket, List.of(0, 1, 2));
        List<SocketAddress> addresses = new ArrayList<>();
        socket.sent.forEach(sent -> addresses.add(sent.address()));
        String cause = "Where did the block come from, each of them?";
        tried.same(List.of(PEER, MOVED, PEER), addresses, cause, 2);
    }

    @Test
    @Order(7)
    @Proves(WRITES)
    void blocksOfAllLengthsFit() throws Exception {
        Tried tried = Tried.to("received blocks of 1, 1000, 500 and 999 bytes and an end");
        TestSocket socket =
                receiving(
                        tried,
                        block(0, 1),
                        block(1, 1_000),
                        block(2, 500),
                        block(3, 999),
                        block(4, 0));
        String cause = "Has the packet room for a whole block, and is only what came written?";
        expectFile(tried, socket, cause, 1, 1_000, 500, 999);
    }

    @Test
    @Order(8)
    @Proves({AGAIN, WAITS})
    void aLostDatagramIsSentAgain() throws Exception {
        Tried tried = Tried.to("lost each datagram once, and looked at the numbers sent");
        TestTransfers.Receiver receiver = new TestTransfers.Receiver();
        receiver.loses = (number, time) -> time == 1;
        TestSocket socket = new TestSocket(tried, receiver);
        expectNoFailure(tried, send(tried, socket, bytes(1_500), 5, 50));
        List<Integer> expected = new ArrayList<>();
        for (int number = 0; number < receiver.next; number++) {
            expected.addAll(List.of(number, number));
        }
        tried.same(expected, receiver.numbers, "What is sent when no acknowledgement comes?", 2);
    }

    @Test
    @Order(9)
    @Proves(AGAIN)
    void aSilentReceiverEndsWithATimeout() throws Exception {
        Tried tried = Tried.to("lost every datagram, 3 attempts of 10 ms");
        TestSocket socket = new TestSocket(tried, (to, datagram) -> {});
        socket.most = 10;
        Exception end = send(tried, socket, bytes(5), 3, 10);
        tried.check(socket.count == 3, "3 datagrams", socket.count, ATTEMPTS, 2);
        expectTimeout(tried, end);
    }

    @Test
    @Order(10)
    @Proves(AGAIN)
    void eachAttemptHasItsPause() throws Exception {
        Tried tried = Tried.to("lost every datagram, 2 attempts of 100 ms");
        TestSocket socket = new TestSocket(tried, (to, datagram) -> {});
        socket.most = 10;
        send(tried, socket, bytes(5), 2, 100);
        long shortest = socket.shortestPauseMillis();
        String cause = "Does each attempt wait for its whole pause, the last one too?";
        tried.check(shortest >= 99, "pauses of 100 ms", shortest + " ms", cause, 2);
        expectTimeouts(tried, socket, 100);
    }

    @Test
    @Order(11)
    @Proves(AGAIN)
    void eachDatagramHasItsOwnAttempts() throws Exception {
        Tried tried = Tried.to("lost 23 of 25 attempts of each datagram");
        TestTransfers.Receiver receiver = new TestTransfers.Receiver();
        receiver.loses = (number, time) -> time <= 23;
        TestSocket socket = new TestSocket(tried, receiver);
        Exception end = send(tried, socket, bytes(1_500), 25, 2);
        tried.check(end == null, "send() to return", end, ATTEMPTS, 2);
        expectTimeouts(tried, socket, 2);
    }

    @Test
    @Order(12)
    @Proves({AGAIN, WAITS})
    void theEndIsAcknowledgedToo() throws Exception {
        Tried tried = Tried.to("acknowledged all blocks, and not the end; 3 attempts of 10 ms");
        TestTransfers.Receiver receiver = new TestTransfers.Receiver();
        receiver.loses = (number, time) -> receiver.endNumber == number;
        TestSocket socket = new TestSocket(tried, receiver);
        socket.most = 20;
        Exception end = send(tried, socket, bytes(5), 3, 10);
        String cause = "Is the end sent and awaited like a block?";
        Object got = end == null ? "no exception" : end;
        tried.check(end instanceof SocketTimeoutException, "a timeout", got, cause, 1);
        int ends = socket.count - receiver.next;
        tried.check(ends == 3, "3 ends", ends, cause, 1);
    }

    @Test
    @Order(13)
    @Proves(OLD)
    void anOldAcknowledgementIsNotTaken() throws Exception {
        Tried tried = Tried.to("lost block 1, and acknowledged block 0 again; 3 attempts");
        TestTransfers.Receiver receiver = new TestTransfers.Receiver();
        receiver.loses = (number, time) -> number == 1 && time == 1;
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, datagram) -> {
                            receiver.sent(to, datagram);
                            to.comes(PEER, number(0));
                        });
        expectNoFailure(tried, send(tried, socket, bytes(2_000), 3, 50));
        receiver.expectFile(tried, bytes(2_000), "Which block does an acknowledgement name?");
    }

    @Test
    @Order(14)
    @Proves(OLD)
    void anOldAcknowledgementEndsNoPause() throws Exception {
        Tried tried = Tried.to("acknowledged block 0 five times before each other; 1 attempt");
        TestTransfers.Receiver receiver = new TestTransfers.Receiver();
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, datagram) -> {
                            for (int i = 0; i < 5 && receiver.next > 0; i++) {
                                to.comes(PEER, number(0));
                            }
                            receiver.sent(to, datagram);
                        });
        Exception end = send(tried, socket, bytes(2_000), 1, LONG);
        String cause = "Does the pause end with an old acknowledgement?";
        tried.check(end == null, "send() to return", end, cause, 3);
    }

    @Test
    @Order(15)
    @Proves(OLD)
    void oldAcknowledgementsDoNotLengthenThePause() throws Exception {
        Tried tried = Tried.to("sent old acknowledgements without end, 3 attempts of 5 ms");
        String cause = "Does one deadline hold for the whole pause, and what if 0 ms are left?";
        TestSocket socket = new TestSocket(tried, (to, datagram) -> {});
        socket.stuck = cause;
        socket.most = 10;
        int[] late = new int[1];
        socket.more =
                () -> {
                    // There is one for each receive: only the clock can end a pause.
                    long since = System.nanoTime() - socket.sentNanos.get(socket.count - 1);
                    late[0] = since < 100_000_000 ? 0 : late[0] + 1;
                    String got = "20 receives after 100 ms";
                    tried.check(late[0] <= 20, "an end of the pause", got, cause, 2);
                    return new TestSocket.Datagram(PEER, number(-1));
                };
        expectTimeout(tried, send(tried, socket, bytes(5), 3, 5));
    }

    @Test
    @Order(16)
    @Proves(WRITES)
    void aRepeatedBlockIsWrittenOnce() throws Exception {
        Tried tried = Tried.to("received block 1 twice in a row");
        TestSocket socket =
                receiving(tried, block(0, 5), block(1, 5), block(1, 5), block(2, 5), block(3, 0));
        expectFile(tried, socket, TWICE, 5, 5, 5);
    }

    @Test
    @Order(17)
    @Proves(ACKNOWLEDGES)
    void aRepeatedBlockIsAcknowledgedAgain() throws Exception {
        Tried tried = Tried.to("received block 0 three times, then an end");
        byte[] block = block(0, 5);
        TestSocket socket = receiving(tried, block, block, block, block(1, 0));
        receive(tried, socket, new ByteArrayOutputStream(), 20);
        expectAcknowledgements(tried, socket, List.of(0, 0, 0, 1));
    }

    @Test
    @Order(18)
    @Proves({WRITES, ACKNOWLEDGES})
    void aLateCopyIsOld() throws Exception {
        Tried tried = Tried.to("received the blocks 0, 1, 0, 2, 0 and an end");
        byte[] late = block(0, 5);
        TestSocket socket =
                receiving(tried, late, block(1, 5), late, block(2, 5), late, block(3, 0));
        expectFile(tried, socket, NUMBER, 5, 5, 5);
        expectAcknowledgements(tried, socket, List.of(0, 1, 0, 2, 0, 3));
    }

    @Test
    @Order(19)
    @Timeout(30)
    @Proves({WRITES, ACKNOWLEDGES})
    void aVeryLateCopyIsOld() throws Exception {
        Tried tried = Tried.to("received %d blocks, block 1 again after 257 and 65537", BLOCKS);
        TestSocket socket = receiving(tried);
        socket.keeps = false;
        for (int number = 0; number < BLOCKS; number++) {
            if (number == 257 || number == 65_537) {
                socket.comesLater(PEER, block(1, 2));
            }
            socket.comesLater(PEER, block(number, number == 1 ? 2 : 1));
        }
        socket.comesLater(PEER, block(BLOCKS, 0));
        int[] written = {0}; // the bytes themselves might be too many to keep
        OutputStream file =
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        written[0]++;
                    }

                    @Override
                    public void write(byte[] some, int from, int count) {
                        written[0] += count;
                    }
                };
        expectNoFailure(tried, receive(tried, socket, file, 20));
        int bytes = BLOCKS + 1;
        tried.check(written[0] == bytes, bytes + " bytes", written[0], NUMBER, 1);
        int all = BLOCKS + 3;
        tried.check(socket.count == all, all + " acknowledgements", socket.count, NUMBER, 1);
    }

    @Test
    @Order(20)
    @Timeout(30)
    @Proves(NUMBERS)
    void numbersDoNotComeAgain() throws Exception {
        Tried tried = Tried.to("sent a file of %d bytes, and lost 2 of its blocks", BLOCKS * 1_000);
        int[] left = {BLOCKS * 1_000};
        InputStream file =
                new InputStream() {
                    @Override
                    public int read() {
                        return left[0]-- > 0 ? 0 : -1;
                    }

                    @Override
                    public int available() {
                        return left[0];
                    }

                    @Override
                    public int read(byte[] into, int start, int length) {
                        int count = Math.min(left[0], length);
                        left[0] -= count;
                        return count > 0 || length == 0 ? count : -1;
                    }
                };
        int[] next = new int[1];
        long[] come = new long[1];
        List<Integer> lost = new ArrayList<>(List.of(257, 65_537)); // 1, if you look at less
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, datagram) -> {
                            int number = ByteBuffer.wrap(datagram).getInt();
                            if (lost.remove((Object) number)) {
                                to.comes(PEER, number(1));
                                return;
                            }
                            if (number == next[0]) {
                                next[0]++;
                                come[0] += datagram.length - 4;
                            } else if (number != next[0] - 1) {
                                tried.fail("number " + next[0], "number " + number, NUMBER, 1);
                            }
                            to.comes(PEER, number(number));
                        });
        socket.keeps = false;
        expectNoFailure(tried, send(tried, socket, file, 10, 50));
        String bytes = BLOCKS * 1_000 + " bytes of the file";
        tried.check(come[0] == BLOCKS * 1_000, bytes, come[0], "Does something count them?", 1);
    }

    @Test
    @Order(21)
    @Proves("receive waits without a bound until the end comes.")
    void waitsWithoutABoundForTheFile() throws Exception {
        Tried tried = Tried.to("kept a receiver waiting for its first block; linger 10 ms");
        TestSocket socket = receiving(tried);
        socket.setSoTimeout(5);
        int[] receives = new int[1];
        socket.more = () -> ++receives[0] == 20 ? late(socket) : null;
        socket.unbounded = () -> late(socket);
        String cause = "Which timeout has the socket before the end comes?";
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Exception end = receive(tried, socket, file, 10);
        Object got = end == null ? Tried.say("an end with %d bytes", file.size()) : end;
        tried.check(end == null && file.size() == 5, "the block to be written", got, cause, 2);
    }

    /** Lets the end come behind the block that is returned. */
    private static TestSocket.Datagram late(TestSocket socket) {
        socket.comesLater(PEER, block(1, 0));
        return new TestSocket.Datagram(PEER, block(0, 5));
    }

    @Test
    @Order(22)
    @Proves(LINGERS)
    void theEndIsAcknowledgedAgain() throws Exception {
        Tried tried = Tried.to("received an end three times, and a block between");
        byte[] end = block(1, 0);
        TestSocket socket = receiving(tried, block(0, 5), end, end, block(0, 5), end);
        expectFile(tried, socket, TWICE, 5);
        expectAcknowledgements(tried, socket, List.of(0, 1, 1, 0, 1));
    }

    @Test
    @Order(23)
    @Proves(LINGERS)
    void lingersForItsTime() throws Exception {
        Tried tried = Tried.to("sent a late copy after the end, and was silent; linger 500 ms");
        TestSocket socket = receiving(tried, block(0, 5), block(1, 0), block(0, 5));
        receive(tried, socket, new ByteArrayOutputStream(), 500);
        long stayed = socket.lastPauseMillis();
        String cause = "What time is between the last datagram and the end of receive()?";
        tried.check(stayed >= 499, "receive() to stay for 500 ms", stayed + " ms", cause, 2);
        expectTimeouts(tried, socket, 500);
    }

    @Test
    @Order(24)
    @Proves(LINGERS)
    void eachDatagramBeginsTheLingerAnew() throws Exception {
        Tried tried = Tried.to("sent the end again at each receive() for 300 ms; linger 200 ms");
        TestSocket socket = receiving(tried, block(0, 0));
        socket.keeps = false;
        long start = System.nanoTime();
        int[] after = new int[1];
        socket.more =
                () -> {
                    boolean late = System.nanoTime() - start > 300_000_000;
                    after[0] += late ? 1 : 0;
                    socket.failure = after[0] > 5 ? new IOException("enough") : null;
                    return new TestSocket.Datagram(PEER, block(0, 0));
                };
        receive(tried, socket, new ByteArrayOutputStream(), 200);
        String cause = "Does each datagram begin the linger anew?";
        tried.check(after[0] > 5, "receive() to stay", "its end before", cause, 2);
    }

    @Test
    @Order(25)
    @Proves({FAILS, WRITES})
    void whatIsNotWrittenIsNotAcknowledged() throws Exception {
        Tried tried = Tried.to("received a block while the disk is full");
        TestSocket socket = receiving(tried, block(0, 5), block(1, 0));
        IOException failure = new IOException("No space left on device");
        Exception end = receive(tried, socket, failing(failure), 20);
        String cause = "Is a block written before it is acknowledged?";
        tried.check(socket.count == 0, "no acknowledgement", socket.count, cause, 3);
        expectFailure(tried, failure, end, FAILURE);
    }

    @Test
    @Order(26)
    @Proves(FAILS)
    void aTimeoutOfTheFileIsNoSilence() throws Exception {
        Tried tried = Tried.to("threw a SocketTimeoutException from write()");
        TestSocket socket = receiving(tried, block(0, 5), block(1, 0));
        IOException failure = new SocketTimeoutException("of the file");
        Exception end = receive(tried, socket, failing(failure), 20);
        expectFailure(tried, failure, end, "Which call may time out?");
    }

    @Test
    @Order(27)
    @Proves(FAILS)
    void aFailureOfTheFileIsNotItsEnd() throws Exception {
        Tried tried = Tried.to("failed to read on after 1000 bytes of the file");
        IOException failure = new SocketTimeoutException("of the file");
        InputStream file = bytes(1_000, failure);
        TestTransfers.Receiver receiver = new TestTransfers.Receiver();
        Exception end = send(tried, new TestSocket(tried, receiver), file, 3, 50);
        expectFailure(tried, failure, end, "What ends the file?");
    }

    @Test
    @Order(28)
    @Proves(FAILS)
    void aFailingSendIsNoLoss() throws Exception {
        for (IOException failure : failures("Network is unreachable")) {
            Tried tried = Tried.to("failed each send of a block");
            TestSocket socket =
                    new TestSocket(
                            tried,
                            (to, datagram) -> {
                                throw failure;
                            });
            Exception end = send(tried, socket, bytes(5), 3, 10);
            String cause = "Is a datagram that cannot be sent taken for a lost one?";
            expectFailure(tried, failure, end, cause);
            tried.check(socket.count == 1, "1 attempt", socket.count, cause, 2);
        }
    }

    @Test
    @Order(29)
    @Proves(FAILS)
    void aFailingReceiveIsNoLoss() throws Exception {
        for (IOException failure : failures("Input/output error")) {
            Tried tried = Tried.to("failed the receive of an acknowledgement");
            TestSocket socket = new TestSocket(tried, (to, datagram) -> {});
            socket.failure = failure;
            expectFailure(tried, failure, send(tried, socket, bytes(5), 3, 10), FAILURE);
        }
    }

    @Test
    @Order(30)
    @Proves(FAILS)
    void aFailingAcknowledgementIsAFailure() throws Exception {
        for (IOException failure : failures("Network is unreachable")) {
            Tried tried = Tried.to("failed to send an acknowledgement");
            TestSocket socket =
                    new TestSocket(
                            tried,
                            (to, datagram) -> {
                                throw failure;
                            });
            socket.comesLater(PEER, block(0, 5));
            socket.comesLater(PEER, block(1, 0));
            Exception end = receive(tried, socket, new ByteArrayOutputStream(), 20);
            expectFailure(tried, failure, end, FAILURE);
        }
    }

    @Test
    @Order(31)
    @Proves(FAILS)
    void closingTheSocketEndsReceive() throws Exception {
        Tried tried = Tried.to("closed the socket after the first block");
        TestSocket socket = new TestSocket(tried, (to, datagram) -> to.close());
        socket.comesLater(PEER, block(0, 5));
        Exception end = receive(tried, socket, new ByteArrayOutputStream(), 20);
        Object got = end == null ? "no exception" : end;
        tried.check(end instanceof SocketException, "a SocketException", got, FAILURE, 2);
    }

    @Test
    @Order(32)
    @Proves(SEVERAL)
    void leavesTheSocketAndTheFileOpen() throws Exception {
        Tried tried = Tried.to("sent a file of 5 bytes, received one, and looked for a close()");
        List<String> closed = new ArrayList<>();
        InputStream in =
                new ByteArrayInputStream(bytes(5)) {
                    @Override
                    public void close() {
                        closed.add("the sender's file");
                    }
                };
        OutputStream out =
                new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                        closed.add("the receiver's file");
                    }
                };
        TestSocket from = new TestSocket(tried, new TestTransfers.Receiver());
        send(tried, from, in, 1, LONG);
        TestSocket to = receiving(tried, block(0, 5), block(1, 0));
        receive(tried, to, out, 20);
        if (from.isClosed()) {
            closed.add("the sender's socket");
        }
        if (to.isClosed()) {
            closed.add("the receiver's socket");
        }
        String cause = "Does a try (...) close what belongs to whoever called?";
        String got = String.join(", ", closed);
        tried.check(closed.isEmpty(), "all of it open", got + " closed", cause, 2);
    }

    @Test
    @Order(33)
    @Proves(SEVERAL)
    void theNextFileBeginsAtZero() throws Exception {
        for (int file = 1; file <= 2; file++) {
            Tried tried = Tried.to("carried file %d of 2, each through its own sockets", file);
            TestTransfers.Receiver receiver = new TestTransfers.Receiver();
            expectNoFailure(tried, send(tried, new TestSocket(tried, receiver), bytes(5), 1, LONG));
            tried.same(List.of(0, 1), receiver.numbers, STATIC, 1);
            TestSocket socket = receiving(tried, block(0, 5), block(1, 0));
            expectFile(tried, socket, STATIC, 5);
        }
    }

    @Test
    @Order(34)
    @Proves(SEVERAL)
    void filesAtOnceDoNotMix() throws Exception {
        Tried tried = Tried.to("sent, then received two files at once, each in its thread");
        Phaser sending = new Phaser(2);
        Phaser receiving = new Phaser(2);
        FutureTask<Object> other =
                new FutureTask<>(() -> carry(tried, sending, receiving, block(7, 900)));
        Thread thread = new Thread(other, "other file");
        thread.setDaemon(true);
        thread.start();
        Object one = carry(tried, sending, receiving, block(6, 900));
        Object two = TestSocket.result(tried, other);
        tried.same("both right", one.equals(two) ? one : one + ", " + two, STATIC, 1);
    }

    @Test
    @Order(35)
    @Proves({NUMBERS, WRITES})
    void aFileArrivesThroughRealSockets() throws Exception {
        Tried tried = Tried.to("carried a file of 20000 bytes from one real socket to another");
        InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DatagramSocket to = new DatagramSocket(loopback);
                DatagramSocket from = new DatagramSocket(loopback)) {
            FutureTask<Object> receiver =
                    new FutureTask<>(
                            () -> {
                                ReliableTransfer.receive(to, file, 100);
                                return null;
                            });
            Thread thread = new Thread(receiver, "receiver");
            thread.setDaemon(true);
            thread.start();
            SocketAddress peer = to.getLocalSocketAddress();
            InputStream in = new ByteArrayInputStream(bytes(20_000));
            Callable<Object> sender =
                    () -> {
                        ReliableTransfer.send(from, peer, in, 3, 1_000);
                        return null;
                    };
            Exception end = tried.thrownWithin(PATIENCE, sender, "an end", "Who waits?", 1);
            expectNoFailure(tried, end);
            int same = Arrays.mismatch(bytes(20_000), file.toByteArray());
            tried.check(same == -1, "the same file", Tried.say("%d bytes of it", same), TWICE, 1);
        }
    }
}
