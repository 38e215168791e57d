package lesson05.homework;

import static lesson05.homework.TestTransfers.ATTEMPTS;
import static lesson05.homework.TestTransfers.LONG;
import static lesson05.homework.TestTransfers.MOVED;
import static lesson05.homework.TestTransfers.NUMBER;
import static lesson05.homework.TestTransfers.PEER;
import static lesson05.homework.TestTransfers.block;
import static lesson05.homework.TestTransfers.bytes;
import static lesson05.homework.TestTransfers.carryThroughRealSockets;
import static lesson05.homework.TestTransfers.carryTwoAtOnce;
import static lesson05.homework.TestTransfers.expectAcknowledgements;
import static lesson05.homework.TestTransfers.expectFailure;
import static lesson05.homework.TestTransfers.expectFile;
import static lesson05.homework.TestTransfers.expectNoFailure;
import static lesson05.homework.TestTransfers.expectTimeout;
import static lesson05.homework.TestTransfers.expectWaits;
import static lesson05.homework.TestTransfers.failures;
import static lesson05.homework.TestTransfers.failuresOfOthers;
import static lesson05.homework.TestTransfers.number;
import static lesson05.homework.TestTransfers.receive;
import static lesson05.homework.TestTransfers.receiving;
import static lesson05.homework.TestTransfers.receivingFile;
import static lesson05.homework.TestTransfers.same;
import static lesson05.homework.TestTransfers.send;

import lesson05.homework.TestTransfers.Receiver;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

/** What {@link ReliableTransfer} promises: each end by itself, then both together. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class ReliableTransferTest {

    private static final String NUMBERS =
            "send sends the blocks of file in order, numbered from 0 (4 bytes, the most significant"
                    + " first), and then an end with the next number.";
    private static final String READS =
            "send reads file to its end, however few bytes a read brings, and the file may be"
                    + " empty.";
    private static final String WAITS =
            "send sends the next datagram, or returns, only when the one before is acknowledged.";
    private static final String AGAIN =
            "send sends a datagram again when pauseMillis have passed without its acknowledgement.";
    private static final String GIVES_UP =
            "send sends no datagram, not even the end, more than attempts times: when the pause"
                    + " after the last time is over, it throws a SocketTimeoutException.";
    private static final String OLD =
            "An acknowledgement of another number is old: it neither ends the pause nor makes it"
                    + " longer.";
    private static final String WRITES =
            "receive writes each block once, in order, before it acknowledges it.";
    private static final String ACKNOWLEDGES =
            "receive acknowledges each datagram of the file, new or old, by its number to where it"
                    + " came from, however late it comes again.";
    private static final String LINGERS =
            "receive waits without a bound until the end comes, and then returns when nothing has"
                    + " come for lingerMillis: each datagram that comes starts this time anew.";
    private static final String FAILS =
            "An exception of the socket or the file, except a timeout of DatagramSocket.receive,"
                    + " reaches the caller at once, unchanged.";
    private static final String SEVERAL =
            "Several files may be carried at once, each through two sockets of its own.";
    private static final String ALONE =
            "Only the calling thread uses the socket, which is never connected, and neither the"
                    + " socket nor the file is closed.";

    /** More blocks than a number of 16 bits can tell apart. */
    private static final int BLOCKS = 65_540;

    private static final String TWICE = "Is a block that comes again written again?";
    private static final String FAILURE = "Which one exception means that nothing has come?";
    private static final String STATIC = "Is there a static field that two transfers share?";

    @Test
    @Order(1)
    @Proves({NUMBERS, WAITS})
    void sendsABlockAndAnEnd() throws Exception {
        Tried tried = Tried.to("sent a file of 5 bytes, and looked at the bytes of each datagram");
        Receiver receiver = new Receiver();
        TestSocket socket = new TestSocket(tried, receiver);
        expectNoFailure(tried, send(tried, socket, bytes(5), 1, LONG));
        tried.same(List.of(9, 4), socket.lengths(), "How long is a block, and how long an end?", 1);
        tried.same(List.of(0, 1), receiver.numbers, "Which number has the first block?", 1);
        tried.same(List.of(PEER, PEER), socket.addresses(), "Where does the packet go?", 2);
    }

    @Test
    @Order(2)
    @Proves(NUMBERS)
    void blocksCarryTheWholeFile() throws Exception {
        Tried tried = Tried.to("sent a file of 3500 bytes");
        Receiver receiver = new Receiver();
        TestSocket socket = new TestSocket(tried, receiver);
        expectNoFailure(tried, send(tried, socket, bytes(3_500), 1, LONG));
        receiver.expectFile(tried, bytes(3_500), "Is each block as long as what was read?");
        int longest = Collections.max(socket.lengths());
        String cause = "How many bytes of the file may a block carry?";
        tried.check(longest <= 1_004, "datagrams of 1004 bytes at most", longest, cause, 1);
    }

    @Test
    @Order(3)
    @Proves({NUMBERS, READS})
    void everyFileHasAnEnd() throws Exception {
        for (int bytes : new int[] {2_000, 0}) {
            Tried tried = Tried.to("sent a file of %d bytes, and looked at its end", bytes);
            TestSocket socket = new TestSocket(tried, new Receiver());
            expectNoFailure(tried, send(tried, socket, bytes(bytes), 1, LONG));
            List<Integer> lengths = socket.lengths();
            int last = lengths.isEmpty() ? 0 : lengths.get(lengths.size() - 1);
            String cause = "Is there an end behind every file, whatever its last block is?";
            tried.check(last == 4, "4 bytes at last", last + " bytes", cause, 1);
        }
    }

    @Test
    @Order(4)
    @Proves(READS)
    void aShortReadIsNotTheEnd() throws Exception {
        Tried tried = Tried.to("sent a file of 30 bytes that gives 7 at a time");
        Receiver receiver = new Receiver();
        TestSocket socket = new TestSocket(tried, receiver);
        expectNoFailure(tried, send(tried, socket, TestFiles.inBits(bytes(30), 7), 1, LONG));
        String cause = "Is a short read, or available() of 0, the end of the file?";
        receiver.expectFile(tried, bytes(30), cause);
    }

    @Test
    @Order(5)
    @Proves({WRITES, ACKNOWLEDGES, ALONE})
    void writesAndAcknowledgesEachBlock() throws Exception {
        Tried tried = Tried.to("received blocks of 5 and 3 bytes and an end");
        TestSocket socket = receiving(tried, block(0, 5));
        socket.comesLater(MOVED, block(1, 3)); // from another port, as behind a router
        socket.comesLater(PEER, block(2, 0));
        expectFile(tried, socket, "Is a block what stands behind the number?", 5, 3);
        expectAcknowledgements(tried, socket, List.of(0, 1, 2));
        String cause = "Does each acknowledgement go to where its datagram came from?";
        tried.same(List.of(PEER, MOVED, PEER), socket.addresses(), cause, 2);
    }

    @Test
    @Order(6)
    @Proves(WRITES)
    void blocksOfAllLengthsFit() throws Exception {
        Tried tried = Tried.to("received blocks of 1, 1000, 500 and 999 bytes and an end");
        TestSocket socket = receivingFile(tried, 1, 1_000, 500, 999);
        String cause = "Has the packet room for a whole block, and is only what came written?";
        expectFile(tried, socket, cause, 1, 1_000, 500, 999);
    }

    @Test
    @Order(7)
    @Proves({AGAIN, WAITS, ALONE})
    void aLostDatagramIsSentAgain() throws Exception {
        Tried tried = Tried.to("lost each datagram once, and looked at the numbers sent");
        Receiver receiver = new Receiver();
        receiver.loses = (number, time) -> time == 1;
        TestSocket socket = new TestSocket(tried, receiver);
        expectNoFailure(tried, send(tried, socket, bytes(1_500), 5, 20));
        List<Integer> expected = new ArrayList<>();
        for (int number = 0; number < receiver.next; number++) {
            expected.addAll(List.of(number, number));
        }
        tried.same(expected, receiver.numbers, "What is sent when no acknowledgement comes?", 2);
    }

    @Test
    @Order(8)
    @Proves({AGAIN, GIVES_UP})
    void aSilentReceiverEndsWithATimeout() throws Exception {
        Tried tried = Tried.to("lost every datagram, 3 attempts of 30 ms");
        TestSocket socket = new TestSocket(tried, (to, datagram) -> {});
        socket.most = 10;
        Exception end = send(tried, socket, bytes(5), 3, 30);
        tried.check(socket.count == 3, "3 datagrams", socket.count, ATTEMPTS, 2);
        expectTimeout(tried, end);
        long shortest = Collections.min(socket.pausesMillis());
        String cause = "Does each attempt wait for its whole pause, the last one too?";
        tried.check(shortest >= 29, "pauses of 30 ms", shortest + " ms", cause, 2);
        expectWaits(tried, socket, 30);
    }

    @Test
    @Order(9)
    @Proves({AGAIN, GIVES_UP})
    void eachDatagramHasItsOwnAttempts() throws Exception {
        Tried tried = Tried.to("lost 23 of 25 attempts of each datagram");
        Receiver receiver = new Receiver();
        receiver.loses = (number, time) -> time <= 23;
        TestSocket socket = new TestSocket(tried, receiver);
        Exception end = send(tried, socket, bytes(1_500), 25, 2);
        tried.check(end == null, "send() to return", end, ATTEMPTS, 2);
        expectWaits(tried, socket, 2);
    }

    @Test
    @Order(10)
    @Proves({GIVES_UP, WAITS})
    void theEndIsAcknowledgedToo() throws Exception {
        Tried tried = Tried.to("acknowledged all blocks, and not the end; 3 attempts of 10 ms");
        Receiver receiver = new Receiver();
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
    @Order(11)
    @Proves(OLD)
    void anOldAcknowledgementIsNotTaken() throws Exception {
        Tried tried = Tried.to("lost block 1, and acknowledged block 0 again; 3 attempts");
        Receiver receiver = new Receiver();
        receiver.loses = (number, time) -> number == 1 && time == 1;
        receiver.old = 1;
        TestSocket socket = new TestSocket(tried, receiver);
        expectNoFailure(tried, send(tried, socket, bytes(2_000), 3, 100));
        receiver.expectFile(tried, bytes(2_000), "Which block does an acknowledgement name?");
    }

    @Test
    @Order(12)
    @Proves(OLD)
    void anOldAcknowledgementEndsNoPause() throws Exception {
        Tried tried = Tried.to("acknowledged block 0 five times before each other; 1 attempt");
        Receiver receiver = new Receiver();
        receiver.old = 5;
        Exception end = send(tried, new TestSocket(tried, receiver), bytes(2_000), 1, LONG);
        String cause = "Does the pause end with an old acknowledgement?";
        tried.check(end == null, "send() to return", end, cause, 3);
    }

    @Test
    @Order(13)
    @Proves(OLD)
    void oldAcknowledgementsDoNotLengthenThePause() throws Exception {
        Tried tried = Tried.to("sent an old acknowledgement in each of 4 pauses of 80 ms");
        Receiver receiver = new Receiver();
        receiver.loses = (number, time) -> number == 1;
        TestSocket socket = new TestSocket(tried, receiver);
        socket.stuck = "Does one deadline hold for the whole pause, and what if 0 ms are left?";
        socket.most = 10;
        socket.comesInEachAttempt(80, () -> new TestSocket.Datagram(PEER, number(0)));
        expectTimeout(tried, send(tried, socket, bytes(2_000), 4, 80));
        expectWaits(tried, socket, 80);
        tried = Tried.to("sent old acknowledgements without a pause in one pause of 20 ms");
        Receiver deaf = new Receiver();
        deaf.loses = receiver.loses;
        TestSocket flooded = new TestSocket(tried, deaf);
        flooded.comesWithoutAPause(20, () -> new TestSocket.Datagram(PEER, number(0)));
        expectTimeout(tried, send(tried, flooded, bytes(2_000), 1, 20));
        flooded.expectNoFlood(socket.stuck);
    }

    @Test
    @Order(14)
    @Proves({WRITES, ACKNOWLEDGES, LINGERS})
    void whatComesAgainIsOld() throws Exception {
        Tried tried = Tried.to("received blocks 0, 1, 1, 0, 2, 0 and the end, 3, and then 0, 3, 3");
        byte[] late = block(0, 5);
        byte[] twice = block(1, 5);
        byte[] end = block(3, 0);
        TestSocket socket =
                receiving(tried, late, twice, twice, late, block(2, 5), late, end, late, end, end);
        expectFile(tried, socket, TWICE, 5, 5, 5);
        expectAcknowledgements(tried, socket, List.of(0, 1, 1, 0, 2, 0, 3, 0, 3, 3));
    }

    @Test
    @Order(15)
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
        TestFiles.Counter file = new TestFiles.Counter();
        expectNoFailure(tried, receive(tried, socket, file, 20));
        int bytes = BLOCKS + 1;
        tried.check(file.count == bytes, bytes + " bytes", file.count, NUMBER, 1);
        int all = BLOCKS + 3;
        tried.check(socket.count == all, all + " acknowledgements", socket.count, NUMBER, 1);
    }

    @Test
    @Order(16)
    @Timeout(30)
    @Proves({NUMBERS, OLD})
    void numbersDoNotComeAgain() throws Exception {
        Tried tried = Tried.to("sent a file of %d bytes, and lost 2 of its blocks", BLOCKS * 1_000);
        TestTransfers.Counter receiver = new TestTransfers.Counter(tried, 257, 65_537);
        TestSocket socket = new TestSocket(tried, receiver);
        socket.keeps = false;
        expectNoFailure(tried, send(tried, socket, TestFiles.zeros(BLOCKS * 1_000), 10, 50));
        String bytes = BLOCKS * 1_000 + " bytes of the file";
        tried.check(
                receiver.bytes == BLOCKS * 1_000,
                bytes,
                receiver.bytes,
                "Is there a limit on the size of the file?",
                1);
    }

    @Test
    @Order(17)
    @Proves(LINGERS)
    void waitsWithoutABoundForTheFile() throws Exception {
        Tried tried = Tried.to("let a receiver wait for a block, and for the end; linger 10 ms");
        TestSocket socket = receiving(tried);
        socket.setSoTimeout(5);
        TestSocket.Datagram block = new TestSocket.Datagram(PEER, block(0, 5));
        TestSocket.Datagram last = new TestSocket.Datagram(PEER, block(1, 0));
        Queue<TestSocket.Datagram> late = new ArrayDeque<>(List.of(block, last));
        int[] receives = new int[1];
        socket.unbounded = late::poll;
        socket.more = () -> ++receives[0] % 20 == 0 ? late.poll() : null;
        Exception end = receive(tried, socket, new ByteArrayOutputStream(), 10);
        Object got = end == null ? Tried.say("its end before %d of them", late.size()) : end;
        String cause = "Which timeout has the socket before the end comes?";
        tried.check(end == null && late.isEmpty(), "receive() to wait for both", got, cause, 2);
    }

    @Test
    @Order(18)
    @Proves(LINGERS)
    void eachDatagramStartsTheLingerAnew() throws Exception {
        Tried tried = Tried.to("sent the end every 60 ms, 4 times, then nothing; linger 100 ms");
        TestSocket socket = receiving(tried, block(0, 0));
        int[] copies = new int[1];
        socket.more =
                () -> {
                    if (copies[0] == 3) {
                        return null;
                    }
                    copies[0]++;
                    TestSocket.sleepUntil(System.nanoTime() + 60_000_000);
                    return new TestSocket.Datagram(PEER, block(0, 0));
                };
        receive(tried, socket, new ByteArrayOutputStream(), 100);
        String cause = "Does each datagram start the linger anew?";
        tried.check(copies[0] == 3, "receive() to stay while they come", "its end", cause, 2);
        long silence = socket.silenceMillis();
        cause = "How long does receive() stay after the last datagram?";
        tried.check(silence >= 99, "receive() to stay for 100 ms", silence + " ms", cause, 2);
        expectWaits(tried, socket, 100);
    }

    @Test
    @Order(19)
    @Proves({FAILS, WRITES})
    void whatIsNotWrittenIsNotAcknowledged() throws Exception {
        for (IOException failure : failuresOfOthers("No space left on device")) {
            Tried tried = Tried.to("received a block, and threw %s from write()", failure);
            TestSocket socket = receivingFile(tried, 5);
            Exception end = receive(tried, socket, TestFiles.failing(failure), 20);
            String cause = "Is a block written before it is acknowledged?";
            tried.check(socket.count == 0, "no acknowledgement", socket.count, cause, 3);
            expectFailure(
                    tried,
                    failure,
                    end,
                    "Is the file's exception caught with those of the socket?");
        }
    }

    @Test
    @Order(20)
    @Proves(FAILS)
    void aFailureOfTheFileIsNotItsEnd() throws Exception {
        Tried tried = Tried.to("threw a SocketTimeoutException from read() after 1000 bytes");
        IOException failure = new SocketTimeoutException("of the file");
        InputStream file = TestFiles.failing(bytes(1_000), failure);
        Exception end = send(tried, new TestSocket(tried, new Receiver()), file, 3, 50);
        expectFailure(tried, failure, end, "What ends the file?");
    }

    @Test
    @Order(21)
    @Proves(FAILS)
    void aFailingSendIsNoLoss() throws Exception {
        for (IOException failure : failuresOfOthers("Network is unreachable")) {
            Tried tried = Tried.to("threw %s from send()", failure);
            TestSocket socket = new TestSocket(tried, TestSocket.failing(failure));
            Exception end = send(tried, socket, bytes(5), 3, 10);
            String cause = "Is a datagram that cannot be sent taken for a lost one?";
            expectFailure(tried, failure, end, cause);
            tried.check(socket.count == 1, "1 attempt", socket.count, cause, 2);
        }
    }

    @Test
    @Order(22)
    @Proves(FAILS)
    void aFailingReceiveIsNoLoss() throws Exception {
        for (IOException failure : failures("Input/output error")) {
            Tried tried = Tried.to("threw %s from receive()", failure);
            TestSocket socket = new TestSocket(tried, (to, datagram) -> {});
            socket.failure = failure;
            expectFailure(tried, failure, send(tried, socket, bytes(5), 3, 10), FAILURE);
        }
    }

    @Test
    @Order(23)
    @Proves(FAILS)
    void aFailingAcknowledgementIsAFailure() throws Exception {
        for (IOException failure : failuresOfOthers("Network is unreachable")) {
            Tried tried = Tried.to("threw %s from the send() of an acknowledgement", failure);
            TestSocket socket = new TestSocket(tried, TestSocket.failing(failure));
            socket.comesLater(PEER, block(0, 5));
            socket.comesLater(PEER, block(1, 0));
            Exception end = receive(tried, socket, new ByteArrayOutputStream(), 20);
            expectFailure(tried, failure, end, FAILURE);
        }
    }

    @Test
    @Order(24)
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
    @Order(25)
    @Proves(ALONE)
    void leavesTheSocketAndTheFileOpen() throws Exception {
        Tried tried = Tried.to("sent a file of 5 bytes, received one, and looked for a close()");
        List<String> closed = new ArrayList<>();
        TestSocket from = new TestSocket(tried, new Receiver());
        send(tried, from, TestFiles.closable(bytes(5), () -> closed.add("sender's file")), 1, LONG);
        TestSocket to = receivingFile(tried, 5);
        receive(tried, to, TestFiles.closable(() -> closed.add("receiver's file")), 20);
        String cause = "Does a try (...) close what belongs to the caller?";
        tried.check(closed.isEmpty(), "both files open", closed + " closed", cause, 2);
        boolean isClosed = from.isClosed() || to.isClosed();
        tried.check(!isClosed, "both sockets open", "a closed one", cause, 2);
    }

    @Test
    @Order(26)
    @Proves(SEVERAL)
    void theNextFileBeginsAtZero() throws Exception {
        for (int file = 1; file <= 2; file++) {
            Tried tried = Tried.to("carried file %d of 2, each through its own sockets", file);
            Receiver receiver = new Receiver();
            expectNoFailure(tried, send(tried, new TestSocket(tried, receiver), bytes(5), 1, LONG));
            tried.same(List.of(0, 1), receiver.numbers, STATIC, 1);
            expectFile(tried, receivingFile(tried, 5), STATIC, 5);
        }
    }

    @Test
    @Order(27)
    @Proves(SEVERAL)
    void filesAtOnceDoNotMix() throws Exception {
        Tried tried = Tried.to("sent, then received two files at once, each in its thread");
        tried.same("both right", carryTwoAtOnce(tried), STATIC, 1);
    }

    @Test
    @Order(28)
    @Proves({NUMBERS, WRITES})
    void aFileArrivesThroughRealSockets() throws Exception {
        Tried tried = Tried.to("carried a file of 20000 bytes from one real socket to another");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        expectNoFailure(tried, carryThroughRealSockets(tried, bytes(20_000), file));
        same(tried, bytes(20_000), file.toByteArray(), "Who waits for whom?");
    }
}
