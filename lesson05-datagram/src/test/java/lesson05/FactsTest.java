package lesson05;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The facts that the README states, each against the JDK's own classes. */
class FactsTest {

    /** This machine, and any free port. */
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    // A mailbox, and letters.

    @Test
    void twoSocketsOfTheSameKindTalkBothWays() throws IOException {
        try (DatagramSocket one = new DatagramSocket(LOOPBACK);
                DatagramSocket other = new DatagramSocket(LOOPBACK)) {
            one.send(letter("there", other));
            assertEquals("there", text(receive(other)));
            other.send(letter("back", one));
            assertEquals("back", text(receive(one)));
        }
    }

    @Test
    void datagramWaitsInTheMailboxWhenItsSenderHasGone() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK)) {
            try (DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
                socket.send(letter("Hello", mailbox));
            }
            assertEquals("Hello", text(receive(mailbox)));
        }
    }

    @Test
    void eachSendIsOneReceive() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("Hello, ", mailbox));
            socket.send(letter("server", mailbox));

            // A set: nobody promises their order.
            assertEquals(
                    Set.of("Hello, ", "server"),
                    Set.of(text(receive(mailbox)), text(receive(mailbox))));
        }
    }

    @Test
    void datagramNamesItsSender() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("Hello", mailbox));
            assertEquals(socket.getLocalSocketAddress(), receive(mailbox).getSocketAddress());
        }
    }

    @Test
    void oneSocketAnswersManyPeers() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket first = new DatagramSocket(LOOPBACK);
                DatagramSocket second = new DatagramSocket(LOOPBACK)) {
            first.send(letter("first", mailbox));
            second.send(letter("second", mailbox));
            mailbox.send(receive(mailbox));
            mailbox.send(receive(mailbox));
            assertEquals("first", text(receive(first)));
            assertEquals("second", text(receive(second)));
        }
    }

    @Test
    void channelsSendAndReceiveToo() throws IOException {
        try (DatagramChannel mailbox = DatagramChannel.open();
                DatagramChannel channel = DatagramChannel.open()) {
            mailbox.bind(LOOPBACK);
            channel.bind(LOOPBACK);
            channel.send(ByteBuffer.wrap(new byte[] {'a'}), mailbox.getLocalAddress());
            ByteBuffer buffer = ByteBuffer.allocate(10);
            assertEquals(channel.getLocalAddress(), mailbox.receive(buffer));
            assertEquals('a', buffer.get(0));
            assertEquals(1, buffer.position());
        }
    }

    @Test
    void emptyDatagramArrivesAndEndsNothing() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("", mailbox));
            assertEquals(0, receive(mailbox).getLength());
            socket.send(letter("next", mailbox));
            assertEquals("next", text(receive(mailbox)));
        }
    }

    @Test
    void longerDatagramThanTheBufferIsCut() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("Hello, server", mailbox));
            DatagramPacket cut = new DatagramPacket(new byte[5], 5);
            mailbox.receive(cut);
            assertEquals("Hello", text(cut));

            // What was cut off is gone: the next receive takes the next datagram.
            socket.send(letter("next", mailbox));
            assertEquals("next", text(receive(mailbox)));
        }
    }

    @Test
    void receiveSetsTheLengthAndLeavesTheRoom() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            DatagramPacket letter = new DatagramPacket(new byte[100], 100);
            socket.send(letter("short", mailbox));
            mailbox.receive(letter);
            assertEquals(5, letter.getLength());
            socket.send(letter("longer than that", mailbox));
            mailbox.receive(letter);
            assertEquals(16, letter.getLength());
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "macOS has a lower limit of its own")
    void largestDatagramHas65507Bytes() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("x".repeat(65_507), mailbox));
            DatagramPacket largest = new DatagramPacket(new byte[65_535], 65_535);
            mailbox.receive(largest);
            assertEquals(65_507, largest.getLength());

            DatagramPacket tooLarge = letter("x".repeat(65_508), mailbox);
            assertThrows(SocketException.class, () -> socket.send(tooLarge));
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void udpAndTcpNumberTheirPortsSeparately() throws IOException {
        // Another program may have one of the numbers for its streams, but not all eight.
        int shared = 0;
        for (int i = 0; i < 8; i++) {
            try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                    ServerSocket listener = new ServerSocket()) {
                listener.bind(mailbox.getLocalSocketAddress());
                shared++;
            } catch (BindException e) {
                // taken
            }
        }
        assertTrue(shared > 0);
    }

    // What is lost, and who hears of it.

    @Test
    void sendToNobodySucceedsAndNothingIsHeard() throws IOException {
        try (DatagramSocket nobody = nobody();
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("Hello", nobody));
            socket.setSoTimeout(20);
            assertThrows(SocketTimeoutException.class, () -> receive(socket));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "nobody guarantees it")
    void connectedSocketHearsThatNobodyIsThere() throws IOException {
        try (DatagramSocket nobody = nobody();
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(nobody.getLocalSocketAddress());
            socket.send(letter("Hello", nobody));
            assertThrows(PortUnreachableException.class, () -> receive(socket));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "nobody guarantees it")
    void sendFailsForALetterBeforeIt() throws IOException {
        try (DatagramSocket nobody = nobody();
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(nobody.getLocalSocketAddress());
            socket.send(letter("Hello", nobody));
            // A loop, since the peer's kernel may take a moment to say that nobody is there.
            assertThrows(
                    PortUnreachableException.class,
                    () -> {
                        while (true) {
                            socket.send(letter("again", nobody));
                        }
                    });
        }
    }

    @Test
    void fullMailboxLosesLettersAndTheirSenderIsNotTold() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.setReceiveBufferSize(10_000);
            for (int i = 0; i < 1_000; i++) {
                socket.send(letter("x".repeat(100), mailbox));
            }
            assertTrue(count(mailbox, socket) < 1_000);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other kernels count in other ways")
    void mailboxKeepsFewerLettersThanTheirBytesWouldFill() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.setReceiveBufferSize(10_000);
            for (int i = 0; i < 1_000; i++) {
                socket.send(letter("x".repeat(100), mailbox));
            }
            assertTrue(100 * count(mailbox, socket) < mailbox.getReceiveBufferSize() / 2);
        }
    }

    @Test
    void askingAgainMakesUpForALoss() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("question", mailbox));
            receive(mailbox); // and lost
            socket.setSoTimeout(20);
            assertThrows(SocketTimeoutException.class, () -> receive(socket));

            socket.send(letter("question", mailbox));
            mailbox.send(receive(mailbox));
            socket.setSoTimeout(0);
            assertEquals("question", text(receive(socket)));
        }
    }

    @Test
    void questionAskedTwiceIsAnsweredTwice() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("question", mailbox));
            socket.send(letter("question", mailbox));
            mailbox.send(receive(mailbox));
            mailbox.send(receive(mailbox));
            assertEquals("question", text(receive(socket)));
            assertEquals("question", text(receive(socket)));
        }
    }

    @Test
    void nothingButItsTextTellsALateAnswerApart() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("1 question", mailbox));
            DatagramPacket late = receive(mailbox);
            socket.send(letter("2 question", mailbox));
            receive(mailbox);
            mailbox.send(late);

            DatagramPacket answer = receive(socket);
            assertEquals(mailbox.getLocalSocketAddress(), answer.getSocketAddress());
            assertEquals("1 question", text(answer));
        }
    }

    // A connected datagram socket.

    @Test
    void connectSendsNothing() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(mailbox.getLocalSocketAddress());
            socket.send(letter("the first", mailbox));
            assertEquals("the first", text(receive(mailbox)));
        }
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_25, disabledReason = "measured up to there")
    void connectedSocketSendsNothingForAnEmptyDatagram() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(mailbox.getLocalSocketAddress());
            socket.send(letter("", mailbox));
            socket.send(letter("next", mailbox));
            assertEquals("next", text(receive(mailbox)));
        }
    }

    @Test
    void connectedSocketReceivesOnlyFromItsPeer() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(peer.getLocalSocketAddress());
            stranger.send(letter("stranger", socket));
            peer.send(letter("peer", socket));
            assertEquals("peer", text(receive(socket)));
        }
    }

    @Test
    void connectDiscardsWhatCameBefore() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramChannel channel = DatagramChannel.open().bind(LOOPBACK)) {
            peer.send(letter("early", channel.socket()));
            awaitLetter(channel);
            channel.socket().connect(peer.getLocalSocketAddress());
            peer.send(letter("late", channel.socket()));
            assertEquals("late", text(receive(channel.socket())));
        }
    }

    @Test
    void connectedSocketSendsOnlyToItsPeer() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(peer.getLocalSocketAddress());
            DatagramPacket letter = letter("Hello", stranger);
            assertThrows(IllegalArgumentException.class, () -> socket.send(letter));
        }
    }

    @Test
    void disconnectLetsEverybodyInAgain() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(peer.getLocalSocketAddress());
            socket.disconnect();
            stranger.send(letter("stranger", socket));
            assertEquals("stranger", text(receive(socket)));
        }
    }

    // Waiting, and its end.

    @Test
    void receiveWaitsForeverByDefault() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            assertEquals(0, socket.getSoTimeout());
        }
    }

    @Test
    void timeoutEndsOneReceiveAndNotTheSocket() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.setSoTimeout(20);
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> receive(mailbox));
            assertTrue(System.nanoTime() - start >= 20_000_000);

            mailbox.setSoTimeout(0);
            socket.send(letter("Hello", mailbox));
            assertEquals("Hello", text(receive(mailbox)));
        }
    }

    @Test
    void closeEndsABlockedReceive() throws Exception {
        FutureTask<DatagramPacket> receiver;
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK)) {
            receiver = new FutureTask<>(() -> receive(mailbox));
            Thread waiting = new Thread(receiver);
            waiting.start();
            awaitReceive(waiting);
        }
        ExecutionException e = assertThrows(ExecutionException.class, receiver::get);
        assertInstanceOf(SocketException.class, e.getCause());
    }

    // One letter to many.

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a broadcast address on loopback")
    void oneBroadcastReachesEveryMailboxThere() throws IOException {
        InetSocketAddress everybody = new InetSocketAddress("127.255.255.255", 0);
        try (DatagramSocket one = new DatagramSocket(null);
                DatagramSocket other = new DatagramSocket(null);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            share(everybody, one, other);
            assertTrue(socket.getBroadcast()); // Java allows it unasked
            socket.send(letter("to all", one));
            assertEquals("to all", text(receive(one)));
            assertEquals("to all", text(receive(other)));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs multicast on loopback")
    void oneMulticastReachesEveryMember() throws IOException {
        InetSocketAddress group = new InetSocketAddress("239.255.77.77", 0);
        NetworkInterface loopback = NetworkInterface.getByInetAddress(LOOPBACK.getAddress());
        try (DatagramSocket one = new DatagramSocket(null);
                DatagramSocket other = new DatagramSocket(null);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            share(group, one, other);
            one.joinGroup(group, loopback);
            other.joinGroup(group, loopback);

            // Out by loopback, and with no hop to live: nothing leaves this machine.
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
            socket.send(letter("to members", one));
            assertEquals("to members", text(receive(one)));
            assertEquals("to members", text(receive(other)));
        }
    }

    // Stream against datagram, row by row.

    @Test
    void writesRunTogetherAndDatagramsStayApart() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK.getAddress());
                Socket caller = new Socket(LOOPBACK.getAddress(), listener.getLocalPort());
                Socket connection = listener.accept()) {
            caller.getOutputStream().write("Hello, ".getBytes(US_ASCII));
            caller.getOutputStream().write("server".getBytes(US_ASCII));
            caller.shutdownOutput();
            byte[] all = connection.getInputStream().readAllBytes();
            assertEquals("Hello, server", new String(all, US_ASCII));
        }
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("Hello, ", mailbox));
            socket.send(letter("server", mailbox));
            assertTrue(receive(mailbox).getLength() < 13);
        }
    }

    @Test
    void emptyWriteIsNothingAndEmptyDatagramArrives() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK.getAddress());
                Socket caller = new Socket(LOOPBACK.getAddress(), listener.getLocalPort());
                Socket connection = listener.accept()) {
            caller.getOutputStream().write(new byte[0]);
            caller.getOutputStream().write('x');
            assertEquals('x', connection.getInputStream().read());
        }
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("", mailbox));
            assertEquals("", text(receive(mailbox)));
        }
    }

    @Test
    void withNobodyThereConnectFailsAndSendSucceeds() throws IOException {
        // Bound, and not listening: its number is nobody else's, and refuses.
        try (Socket silent = new Socket();
                Socket caller = new Socket()) {
            silent.bind(LOOPBACK);
            assertThrows(
                    ConnectException.class, () -> caller.connect(silent.getLocalSocketAddress()));
        }
        try (DatagramSocket nobody = nobody();
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            assertDoesNotThrow(() -> socket.send(letter("Hello", nobody)));
        }
    }

    @Test
    void peersCloseEndsAStreamAndTellsAMailboxNothing() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK.getAddress());
                Socket caller = new Socket(LOOPBACK.getAddress(), listener.getLocalPort());
                Socket connection = listener.accept()) {
            caller.close();
            assertEquals(-1, connection.getInputStream().read());
        }
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(letter("Hello", mailbox));
            receive(mailbox);
            socket.close();
            mailbox.setSoTimeout(20);
            assertThrows(SocketTimeoutException.class, () -> receive(mailbox));
        }
    }

    @Test
    void tooMuchMakesAWriterWaitAndLosesDatagrams() throws IOException {
        // Without blocking, write takes 0 bytes where a blocking one would wait.
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(LOOPBACK);
                SocketChannel caller = SocketChannel.open(listener.getLocalAddress());
                SocketChannel connection = listener.accept()) {
            caller.configureBlocking(false);
            int written = 0;
            for (int count; (count = caller.write(ByteBuffer.allocate(100_000))) > 0; ) {
                written += count;
            }
            caller.shutdownOutput();
            assertEquals(written, connection.socket().getInputStream().readAllBytes().length);
        }
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.setReceiveBufferSize(10_000);
            for (int i = 0; i < 1_000; i++) {
                socket.send(letter("x".repeat(100), mailbox));
            }
            assertTrue(count(mailbox, socket) < 1_000);
        }
    }

    /** Returns a socket that has a port and receives only from itself: nobody, to all others. */
    private static DatagramSocket nobody() throws IOException {
        DatagramSocket socket = new DatagramSocket(LOOPBACK);
        socket.connect(socket.getLocalSocketAddress());
        return socket;
    }

    /** Binds both sockets to the same address. */
    private static void share(InetSocketAddress address, DatagramSocket one, DatagramSocket other)
            throws IOException {
        one.setReuseAddress(true);
        other.setReuseAddress(true);
        one.bind(address);
        other.bind(one.getLocalSocketAddress());
    }

    /**
     * Counts the letters in {@code mailbox}, up to a last one that is sent before each receive: it
     * may be lost as well, but not when the mailbox has been emptied.
     */
    private static int count(DatagramSocket mailbox, DatagramSocket socket) throws IOException {
        int count = 0;
        while (true) {
            socket.send(letter("last", mailbox));
            if (text(receive(mailbox)).equals("last")) {
                return count;
            }
            count++;
        }
    }

    /** Returns when a datagram is in the channel's mailbox, and leaves it there. */
    private static void awaitLetter(DatagramChannel channel) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            selector.select();
        }
        channel.configureBlocking(true);
    }

    /**
     * Returns when {@code thread} has called receive, or has ended. That a thread is blocked shows
     * in its stack only; the test holds in any case, and this makes it see the blocked one.
     */
    private static void awaitReceive(Thread thread) {
        while (thread.isAlive()
                && Arrays.stream(thread.getStackTrace())
                        .noneMatch(frame -> frame.getClassName().endsWith("DatagramSocket"))) {
            Thread.onSpinWait();
        }
    }

    private static DatagramPacket letter(String text, DatagramSocket to) {
        byte[] bytes = text.getBytes(US_ASCII);
        return new DatagramPacket(bytes, bytes.length, to.getLocalSocketAddress());
    }

    private static DatagramPacket receive(DatagramSocket mailbox) throws IOException {
        DatagramPacket letter = new DatagramPacket(new byte[100], 100);
        mailbox.receive(letter);
        return letter;
    }

    private static String text(DatagramPacket letter) {
        return new String(letter.getData(), 0, letter.getLength(), US_ASCII);
    }
}
