package lesson05;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The facts that the lesson states, each against the JDK's own classes. */
class FactsTest {

    /** This machine, and any free port. */
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    // A mailbox, and datagrams.

    /** No listen, no accept: two sockets of the same kind send to each other. */
    @Test
    void twoSocketsOfTheSameKindTalkBothWays() throws IOException {
        try (DatagramSocket one = new DatagramSocket(LOOPBACK);
                DatagramSocket other = new DatagramSocket(LOOPBACK)) {
            one.send(datagram("there", other));
            assertEquals("there", text(receive(other)));
            other.send(datagram("back", one));
            assertEquals("back", text(receive(one)));
        }
    }

    /** send binds a socket that has no address yet, so answers find it. */
    @Test
    void sendTakesAnAddress() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(null)) {
            assertNull(socket.getLocalSocketAddress());
            socket.send(datagram("question", mailbox));
            DatagramPacket question = receive(mailbox);
            assertEquals(socket.getLocalPort(), question.getPort());
            mailbox.send(question);
            assertEquals("question", text(receive(socket)));
        }
    }

    /** A datagram waits in the mailbox even when its sender has closed its socket. */
    @Test
    void datagramWaitsInTheMailboxWhenItsSenderHasGone() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK)) {
            try (DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
                socket.send(datagram("Hello", mailbox));
            }
            assertEquals("Hello", text(receive(mailbox)));
        }
    }

    /** Boundaries are kept: no receive returns bytes of two sends. */
    @Test
    void noReceiveMixesTwoSends() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("Hello, ", mailbox));
            socket.send(datagram("server", mailbox));

            // A set: nobody promises their order.
            assertEquals(
                    Set.of("Hello, ", "server"),
                    Set.of(text(receive(mailbox)), text(receive(mailbox))));
        }
    }

    /** Each datagram names its sender, by address and port. */
    @Test
    void datagramNamesItsSender() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("Hello", mailbox));
            assertEquals(socket.getLocalSocketAddress(), receive(mailbox).getSocketAddress());
        }
    }

    /** receive puts the sender's address into the packet, so send(packet) answers the sender. */
    @Test
    void receivedPacketGoesBackToItsSender() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK);
                DatagramSocket other = new DatagramSocket(LOOPBACK)) {
            // The packet has another address before: receive replaces it.
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            packet.setSocketAddress(other.getLocalSocketAddress());
            socket.send(datagram("Hello", mailbox));
            mailbox.receive(packet);
            assertEquals(socket.getLocalSocketAddress(), packet.getSocketAddress());

            mailbox.send(packet);
            assertEquals("Hello", text(receive(socket)));
        }
    }

    /** One socket answers many clients. */
    @Test
    void oneSocketAnswersManyPeers() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket first = new DatagramSocket(LOOPBACK);
                DatagramSocket second = new DatagramSocket(LOOPBACK)) {
            first.send(datagram("first", mailbox));
            second.send(datagram("second", mailbox));
            mailbox.send(receive(mailbox));
            mailbox.send(receive(mailbox));
            assertEquals("first", text(receive(first)));
            assertEquals("second", text(receive(second)));
        }
    }

    /** A DatagramChannel sends and receives the same datagrams. */
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

    /** An empty datagram arrives, and it does not end anything. */
    @Test
    void emptyDatagramArrivesAndEndsNothing() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("", mailbox));
            assertEquals(0, receive(mailbox).getLength());
            socket.send(datagram("next", mailbox));
            assertEquals("next", text(receive(mailbox)));
        }
    }

    /** A datagram longer than the buffer is cut without an error; the rest is gone. */
    @Test
    void longerDatagramThanTheBufferIsCut() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("Hello, server", mailbox));
            DatagramPacket cut = new DatagramPacket(new byte[5], 5);
            mailbox.receive(cut);
            assertEquals("Hello", text(cut));

            // What was cut off is gone: the next receive takes the next datagram.
            socket.send(datagram("next", mailbox));
            assertEquals("next", text(receive(mailbox)));
        }
    }

    /** receive sets the packet's length to what came; the next receive has the whole buffer. */
    @Test
    void receiveSetsTheLengthAndLeavesTheRoom() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            for (String text : List.of("short", "longer than that", "", "x".repeat(100))) {
                socket.send(datagram(text, mailbox));
                mailbox.receive(packet);
                assertEquals(text, text(packet));
            }
        }
    }

    /** setLength limits how many bytes the next receive can take. */
    @Test
    void setLengthLimitsTheNextReceive() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            packet.setLength(5);
            socket.send(datagram("Hello, server", mailbox));
            mailbox.receive(packet);
            assertEquals("Hello", text(packet));
        }
    }

    /** Over IPv4 a datagram carries at most 65,507 bytes; send fails with one more. */
    @Test
    void largestDatagramHas65507Bytes() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("x".repeat(65_507), mailbox));
            DatagramPacket largest = new DatagramPacket(new byte[65_535], 65_535);
            mailbox.receive(largest);
            assertEquals(65_507, largest.getLength());

            DatagramPacket tooLarge = datagram("x".repeat(65_508), mailbox);
            assertThrows(SocketException.class, () -> socket.send(tooLarge));
        }
    }

    /** UDP and TCP number their ports separately: a listening socket may have the same one. */
    @Test
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

    /** A DatagramSocket prints the wildcard as zeros of IPv6, where Java uses IPv6. */
    @Test
    void wildcardOfADatagramSocketIsThatOfIPv6() throws IOException {
        assumeTrue(hasIPv6(), "without IPv6 it is 0.0.0.0");
        try (DatagramSocket mailbox = new DatagramSocket(0)) {
            String address = "/[0:0:0:0:0:0:0:0]:" + mailbox.getLocalPort();
            assertEquals(address, mailbox.getLocalSocketAddress().toString());

            // Over IPv4 it can be reached all the same.
            try (DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
                InetSocketAddress there =
                        new InetSocketAddress("127.0.0.1", mailbox.getLocalPort());
                socket.send(datagram("Hello", there));
                assertEquals("Hello", text(receive(mailbox)));
            }
        }
    }

    /**
     * At the wildcard a server may answer from another address than the client asked; a connected
     * client ignores the answer. (Linux)
     */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere 127.0.0.2 may be no address")
    void mailboxAtTheWildcardMayAnswerFromAnotherAddress() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(0);
                DatagramSocket socket = new DatagramSocket(LOOPBACK);
                DatagramSocket connected = new DatagramSocket(LOOPBACK)) {
            InetSocketAddress asked = new InetSocketAddress("127.0.0.2", mailbox.getLocalPort());
            socket.send(datagram("question", asked));
            mailbox.send(receive(mailbox));
            DatagramPacket answer = receive(socket);
            assertEquals("/127.0.0.1:" + asked.getPort(), answer.getSocketAddress().toString());

            // A connected socket asked 127.0.0.2, and hears only 127.0.0.2.
            connected.connect(asked);
            connected.send(datagram("question", asked));
            mailbox.send(receive(mailbox));
            assertHearsNothing(connected);
        }
    }

    // What is lost, and who hears of it.

    /**
     * send to a port of this machine that nobody has succeeds, and an unconnected socket hears
     * nothing.
     */
    @Test
    void sendToNobodySucceedsAndNothingIsHeard() throws IOException {
        try (DatagramSocket nobody = nobody();
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("Hello", nobody));
            assertHearsNothing(socket);
            socket.send(datagram("Hello", nobody));
        }
    }

    /** send fails where no route leads to the address. (Linux) */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "measured there")
    void sendFailsWhereNoRouteLeads() throws IOException {
        // From a loopback address no route leads to another machine: nothing leaves this one.
        InetSocketAddress example = new InetSocketAddress("198.51.100.1", 5005); // RFC 5737
        try (DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            DatagramPacket packet = datagram("Hello", example);
            assertThrows(SocketException.class, () -> socket.send(packet));
        }
    }

    /** When a socket is closed, the datagrams in its mailbox are lost. */
    @Test
    void closeLosesWhatIsInTheMailbox() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            InetSocketAddress address;
            try (DatagramChannel channel = DatagramChannel.open().bind(LOOPBACK)) {
                address = (InetSocketAddress) channel.getLocalAddress();
                socket.send(datagram("lost", address));
                awaitDatagram(channel);
            }
            try (DatagramSocket mailbox = new DatagramSocket(address)) {
                assertHearsNothing(mailbox);
                socket.send(datagram("again", address));
                assertEquals("again", text(receive(mailbox)));
            }
        }
    }

    /** A connected socket may hear that nobody is there: PortUnreachableException. (Linux) */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "nobody guarantees it")
    void connectedSocketHearsThatNobodyIsThere() throws IOException {
        try (DatagramSocket nobody = nobody();
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(nobody.getLocalSocketAddress());
            socket.send(datagram("Hello", nobody));
            assertThrows(PortUnreachableException.class, () -> receive(socket));
        }
    }

    /**
     * A connected socket may hear that its peer is closed, but only after its next send. (Linux)
     */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "nobody guarantees it")
    void connectedSocketHearsOfItsPeersCloseAfterASend() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(peer.getLocalSocketAddress());
            peer.close();
            assertHearsNothing(socket); // so far nothing was sent
            socket.send(new DatagramPacket(new byte[1], 1));
            assertThrows(PortUnreachableException.class, () -> receive(socket));
        }
    }

    /**
     * send may fail for a datagram sent before, because the socket hears of it only now. (Linux)
     */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "nobody guarantees it")
    void sendFailsForADatagramBeforeIt() throws IOException {
        try (DatagramSocket nobody = nobody();
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(nobody.getLocalSocketAddress());
            socket.send(datagram("Hello", nobody));
            // A loop, since the peer's kernel may take a moment to say that nobody is there.
            assertThrows(
                    PortUnreachableException.class,
                    () -> {
                        while (true) {
                            socket.send(datagram("again", nobody));
                        }
                    });
        }
    }

    /** A full mailbox loses datagrams, and send does not fail. */
    @Test
    void fullMailboxLosesDatagramsAndTheirSenderIsNotTold() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.setReceiveBufferSize(10_000);
            for (int i = 0; i < 1_000; i++) {
                socket.send(datagram("x".repeat(100), mailbox));
            }
            assertTrue(count(mailbox, socket) < 1_000);
        }
    }

    /**
     * A mailbox keeps far fewer short datagrams than their bytes would fill, because the kernel
     * counts its own bookkeeping for each. (Linux)
     */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other kernels count in other ways")
    void mailboxKeepsFewerDatagramsThanTheirBytesWouldFill() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.setReceiveBufferSize(10_000);
            for (int i = 0; i < 1_000; i++) {
                socket.send(datagram("x".repeat(100), mailbox));
            }
            assertTrue(100 * count(mailbox, socket) < mailbox.getReceiveBufferSize() / 2);
        }
    }

    /** Asking again makes up for a loss. */
    @Test
    void askingAgainMakesUpForALoss() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("question", mailbox));
            receive(mailbox); // and lost
            assertHearsNothing(socket);

            socket.send(datagram("question", mailbox));
            mailbox.send(receive(mailbox));
            assertEquals("question", text(receive(socket)));
        }
    }

    /** A question asked twice can be answered twice. */
    @Test
    void questionAskedTwiceIsAnsweredTwice() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("question", mailbox));
            socket.send(datagram("question", mailbox));
            mailbox.send(receive(mailbox));
            mailbox.send(receive(mailbox));
            assertEquals("question", text(receive(socket)));
            assertEquals("question", text(receive(socket)));
        }
    }

    /** Only its content tells a late answer from the one you wait for, so put a number into it. */
    @Test
    void nothingButItsTextTellsALateAnswerApart() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("1 question", mailbox));
            DatagramPacket late = receive(mailbox);
            socket.send(datagram("2 question", mailbox));
            receive(mailbox);
            mailbox.send(late);

            DatagramPacket answer = receive(socket);
            assertEquals(mailbox.getLocalSocketAddress(), answer.getSocketAddress());
            assertEquals("1 question", text(answer));
        }
    }

    // A connected datagram socket.

    /** connect sends nothing. */
    @Test
    void connectSendsNothing() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(mailbox.getLocalSocketAddress());
            socket.send(datagram("the first", mailbox));
            assertEquals("the first", text(receive(mailbox)));
        }
    }

    /** connect binds a socket that has no address yet: the kernel chooses the port. */
    @Test
    void connectTakesAnAddress() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(null)) {
            assertNull(socket.getLocalSocketAddress());
            socket.connect(mailbox.getLocalSocketAddress());
            assertEquals(LOOPBACK.getAddress(), socket.getLocalAddress());
            assertTrue(socket.getLocalPort() > 0);
        }
    }

    /**
     * A connected DatagramSocket sends nothing for an empty datagram, without an error. (JDK 17 to
     * 25)
     */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_25, disabledReason = "measured up to there")
    void connectedSocketSendsNothingForAnEmptyDatagram() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(mailbox.getLocalSocketAddress());
            socket.send(datagram("", mailbox));
            socket.send(datagram("next", mailbox));
            assertEquals("next", text(receive(mailbox)));
        }
    }

    /** A connected socket receives from its peer only. */
    @Test
    void connectedSocketReceivesOnlyFromItsPeer() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(peer.getLocalSocketAddress());
            stranger.send(datagram("stranger", socket));
            peer.send(datagram("peer", socket));
            assertEquals("peer", text(receive(socket)));
        }
    }

    /** connect discards everything already in the mailbox, even the peer's datagrams. */
    @Test
    void connectDiscardsWhatCameBefore() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramChannel channel = DatagramChannel.open().bind(LOOPBACK)) {
            peer.send(datagram("early", channel.socket()));
            awaitDatagram(channel);
            channel.socket().connect(peer.getLocalSocketAddress());
            peer.send(datagram("late", channel.socket()));
            assertEquals("late", text(receive(channel.socket())));
        }
    }

    /** Java refuses to send from a connected socket to any other address than its peer's. */
    @Test
    void javaRefusesToSendElsewhereFromAConnectedSocket() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(peer.getLocalSocketAddress());
            DatagramPacket packet = datagram("Hello", stranger);
            assertThrows(IllegalArgumentException.class, () -> socket.send(packet));
            assertHearsNothing(stranger);
        }
    }

    /** After disconnect the socket receives from everybody again. */
    @Test
    void disconnectLetsEverybodyInAgain() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(peer.getLocalSocketAddress());
            socket.disconnect();
            stranger.send(datagram("stranger", socket));
            assertEquals("stranger", text(receive(socket)));
        }
    }

    // Waiting, and its end.

    /** Without a timeout receive waits until something comes. */
    @Test
    void receiveWithoutATimeoutWaitsUntilSomethingComes() throws Exception {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            FutureTask<DatagramPacket> receiver = new FutureTask<>(() -> receive(mailbox));
            Thread waiting = startDaemon(receiver);
            awaitReceive(waiting);
            assertNoEndWithin(200, receiver);
            socket.send(datagram("at last", mailbox));
            assertEquals("at last", text(receiver.get()));
        }
    }

    /** A timeout ends one receive, and the socket stays usable. */
    @Test
    void timeoutEndsOneReceiveAndNotTheSocket() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.setSoTimeout(50);
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> receive(mailbox));
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= 50, millis + " ms");
            assertTrue(millis < 1_000, millis + " ms");

            socket.send(datagram("Hello", mailbox));
            assertEquals("Hello", text(receive(mailbox)));
        }
    }

    /** close from another thread ends a waiting receive: SocketException. */
    @Test
    void closeEndsABlockedReceive() throws Exception {
        FutureTask<DatagramPacket> receiver;
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK)) {
            receiver = new FutureTask<>(() -> receive(mailbox));
            awaitReceive(startDaemon(receiver));
        }
        ExecutionException e = assertThrows(ExecutionException.class, receiver::get);
        assertInstanceOf(SocketException.class, e.getCause());
    }

    /** An interrupt does not end a {@code receive} in a platform thread, the usual kind. */
    @Test
    void interruptOfAPlatformThreadDoesNotEndItsReceive() throws Exception {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            FutureTask<DatagramPacket> receiver = new FutureTask<>(() -> receive(mailbox));
            Thread waiting = startDaemon(receiver);
            awaitReceive(waiting);
            waiting.interrupt();
            assertNoEndWithin(100, receiver);
            socket.send(datagram("still here", mailbox));
            assertEquals("still here", text(receiver.get()));
        }
    }

    /**
     * A closed socket throws at send, receive, bind and setSoTimeout, but connect and disconnect
     * return silently.
     */
    @Test
    void closedSocketThrowsExceptAtConnectAndDisconnect() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK)) {
            DatagramSocket closed = new DatagramSocket(LOOPBACK);
            closed.close();
            DatagramPacket packet = datagram("Hello", mailbox);
            assertThrows(SocketException.class, () -> closed.send(packet));
            assertThrows(SocketException.class, () -> closed.receive(packet));
            assertThrows(SocketException.class, () -> closed.bind(LOOPBACK));
            assertThrows(SocketException.class, () -> closed.setSoTimeout(1));

            closed.connect(mailbox.getLocalSocketAddress());
            closed.disconnect();
        }
    }

    // One datagram to many.

    /**
     * One datagram to a broadcast address reaches every mailbox at that port. (Linux, where Java
     * uses IPv6)
     */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a broadcast address on loopback")
    void oneBroadcastReachesEveryMailboxThere() throws IOException {
        assumeTrue(hasIPv6(), "in IPv4 mode the JDK binds no broadcast address");
        InetSocketAddress everybody = new InetSocketAddress("127.255.255.255", 0);
        try (DatagramSocket one = new DatagramSocket(null);
                DatagramSocket other = new DatagramSocket(null);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            share(everybody, one, other);
            assertTrue(socket.getBroadcast()); // Java allows it unasked
            socket.send(datagram("to all", one));
            assertEquals("to all", text(receive(one)));
            assertEquals("to all", text(receive(other)));
        }
    }

    /** One datagram to a multicast group reaches every member. (Linux) */
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
            socket.send(datagram("to members", one));
            assertEquals("to members", text(receive(one)));
            assertEquals("to members", text(receive(other)));
        }
    }

    // Stream against datagram, row by row.

    /** Stream: writes run together. Datagram: each stays apart. */
    @Test
    void writesRunTogetherAndDatagramsStayApart() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK.getAddress());
                Socket client = new Socket(LOOPBACK.getAddress(), listener.getLocalPort());
                Socket connection = listener.accept()) {
            client.getOutputStream().write("Hello, ".getBytes(US_ASCII));
            client.getOutputStream().write("server".getBytes(US_ASCII));
            client.shutdownOutput();
            byte[] all = connection.getInputStream().readAllBytes();
            assertEquals("Hello, server", new String(all, US_ASCII));
        }
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("Hello, ", mailbox));
            socket.send(datagram("server", mailbox));
            assertTrue(receive(mailbox).getLength() < 13);
        }
    }

    /** Stream: an empty write is nothing. Datagram: an empty one arrives. */
    @Test
    void emptyWriteIsNothingAndEmptyDatagramArrives() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK.getAddress());
                Socket client = new Socket(LOOPBACK.getAddress(), listener.getLocalPort());
                Socket connection = listener.accept()) {
            client.getOutputStream().write(new byte[0]);
            client.getOutputStream().write('x');
            assertEquals('x', connection.getInputStream().read());
        }
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.send(datagram("", mailbox));
            assertEquals("", text(receive(mailbox)));
        }
    }

    /** Nobody there. Stream: connect fails. Datagram: send to this machine succeeds. */
    @Test
    void withNobodyThereConnectFailsAndSendSucceeds() throws IOException {
        // A client's port: it is taken, so nobody else listens there meanwhile.
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK.getAddress());
                Socket taken = new Socket(LOOPBACK.getAddress(), listener.getLocalPort());
                Socket client = new Socket()) {
            assertThrows(
                    ConnectException.class, () -> client.connect(taken.getLocalSocketAddress()));
        }
        try (DatagramSocket nobody = nobody();
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            assertDoesNotThrow(() -> socket.send(datagram("Hello", nobody)));
        }
    }

    /** The peer closes. Stream: end of stream. Datagram: nothing comes. */
    @Test
    void peersCloseEndsAStreamAndTellsAMailboxNothing() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK.getAddress());
                Socket client = new Socket(LOOPBACK.getAddress(), listener.getLocalPort());
                Socket connection = listener.accept()) {
            client.close();
            assertEquals(-1, connection.getInputStream().read());
        }
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.connect(socket.getLocalSocketAddress());
            socket.connect(mailbox.getLocalSocketAddress());
            socket.close();
            assertHearsNothing(mailbox);
        }
    }

    /** Too much for the receiver. Stream: the writer waits. Datagram: some are lost. */
    @Test
    void tooMuchMakesAWriterWaitAndLosesDatagrams() throws IOException {
        // Without blocking, write takes 0 bytes where a blocking one would wait.
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(LOOPBACK);
                SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                SocketChannel connection = listener.accept()) {
            client.configureBlocking(false);
            int written = 0;
            int count;
            while ((count = client.write(ByteBuffer.allocate(100_000))) > 0) {
                written += count;
            }
            client.shutdownOutput();
            assertEquals(written, connection.socket().getInputStream().readAllBytes().length);
        }
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            mailbox.setReceiveBufferSize(10_000);
            for (int i = 0; i < 1_000; i++) {
                socket.send(datagram("x".repeat(100), mailbox));
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
     * Counts the datagrams in {@code mailbox}, up to a last one that is sent before each receive:
     * it may be lost as well, but not when the mailbox has been emptied.
     */
    private static int count(DatagramSocket mailbox, DatagramSocket socket) throws IOException {
        int count = 0;
        while (true) {
            socket.send(datagram("last", mailbox));
            if (text(receive(mailbox)).equals("last")) {
                return count;
            }
            count++;
        }
    }

    /** Returns when a datagram is in the channel's mailbox, and leaves it there. */
    private static void awaitDatagram(DatagramChannel channel) throws IOException {
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

    /** Shows that nothing comes, and leaves the socket without a timeout. */
    private static void assertHearsNothing(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(50);
        assertThrows(SocketTimeoutException.class, () -> receive(socket));
        socket.setSoTimeout(0);
    }

    /** Shows that {@code task} goes on for that long: time is the subject here. */
    private static void assertNoEndWithin(int millis, FutureTask<?> task) {
        assertThrows(TimeoutException.class, () -> task.get(millis, TimeUnit.MILLISECONDS));
    }

    /** Whether the JDK uses IPv6: it does not without it, or with java.net.preferIPv4Stack. */
    private static boolean hasIPv6() throws IOException {
        try (DatagramSocket wildcard = new DatagramSocket(0)) {
            return wildcard.getLocalAddress() instanceof Inet6Address;
        }
    }

    /** Starts a thread that does not keep the build alive, whatever becomes of its test. */
    private static Thread startDaemon(FutureTask<?> task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static DatagramPacket datagram(String text, DatagramSocket to) {
        return datagram(text, to.getLocalSocketAddress());
    }

    private static DatagramPacket datagram(String text, SocketAddress to) {
        byte[] bytes = text.getBytes(US_ASCII);
        return new DatagramPacket(bytes, bytes.length, to);
    }

    private static DatagramPacket receive(DatagramSocket mailbox) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        mailbox.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }
}
