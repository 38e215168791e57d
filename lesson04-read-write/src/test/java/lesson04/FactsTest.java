package lesson04;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** What is true of writing, reading and closing, shown between two connected sockets. */
class FactsTest {

    /** More than {@link #keepLittleOnTheWay} lets be on the way, there and back, in bytes. */
    private static final int MUCH = 4 * 1024 * 1024;

    /** The two ends of one connection. Which of them called makes no difference any more. */
    private Socket socket;

    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket listener = listener()) {
            socket = connect(listener);
            peer = listener.accept();
        }
    }

    /** Ends the threads too that a test leaves: each of them reads or writes one of the two. */
    @AfterEach
    void close() throws IOException {
        try (Socket first = socket;
                Socket second = peer) {}
    }

    // A stream of bytes, both ways, in order.

    /** One connection carries bytes both ways. */
    @Test
    void oneConnectionCarriesBytesBothWays() throws IOException {
        socket.getOutputStream().write('a');
        peer.getOutputStream().write('b');
        assertEquals('a', peer.getInputStream().read());
        assertEquals('b', socket.getInputStream().read());
    }

    /** First in, first out: bytes are read in the order in which they were written. */
    @Test
    void bytesArriveInTheOrderOfTheirWrites() throws IOException {
        Random random = new Random(4);
        byte[] sent = new byte[10_000];
        random.nextBytes(sent);
        for (int at = 0, size; at < sent.length; at += size) {
            size = Math.min(1 + random.nextInt(100), sent.length - at);
            socket.getOutputStream().write(sent, at, size);
        }
        socket.shutdownOutput();
        assertArrayEquals(sent, peer.getInputStream().readAllBytes());
    }

    /** Each byte comes once, although the kernel sends some of them again. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void eachByteComesOnceThoughTheKernelSendsAgain() throws Exception {
        byte[] sent = new byte[4_000];
        new Random(4).nextBytes(sent);
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReceiveBufferSize(1_000); // too small for the segments that come
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (Socket from = connect(listener);
                    Socket to = listener.accept()) {
                from.setTcpNoDelay(true); // each write makes a segment of its own
                long before = segmentsSentAgain();
                FutureTask<?> writer = start(() -> write(from, sent, 100));
                while (segmentsSentAgain() == before) {
                    Thread.onSpinWait(); // nobody reads, so a segment finds no room
                }
                assertArrayEquals(sent, to.getInputStream().readNBytes(sent.length));
                writer.get();
                from.shutdownOutput();
                assertEquals(-1, to.getInputStream().read());
            }
        }
    }

    /** One thread can read a socket while another writes it. */
    @Test
    void threadsCanReadAndWriteTheSameSocketAtTheSameTime() throws Exception {
        keepLittleOnTheWay();
        start(() -> peer.getInputStream().transferTo(peer.getOutputStream()));
        FutureTask<?> writer = start(() -> write(socket, new byte[MUCH]));
        assertEquals(MUCH, socket.getInputStream().readNBytes(MUCH).length);
        writer.get();
    }

    /** Channels make the same eight calls. */
    @Test
    void channelsMakeTheSameEightCalls() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open();
                SocketChannel client = SocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            client.connect(listener.getLocalAddress());
            try (SocketChannel connection = listener.accept()) {
                client.write(ByteBuffer.wrap(new byte[] {'a'}));
                client.close();
                ByteBuffer buffer = ByteBuffer.allocate(10);
                assertEquals(1, connection.read(buffer));
                assertEquals('a', buffer.get(0));
                assertEquals(-1, connection.read(buffer));
            }
        }
    }

    // No record boundaries.

    /** Many writes can arrive in fewer reads. */
    @Test
    void manyWritesComeOutOfFewerReads() throws IOException {
        InputStream in = peer.getInputStream();
        for (int i = 0; i < 100; i++) {
            socket.getOutputStream().write(i);
        }
        while (in.available() < 100) {
            Thread.onSpinWait(); // until all are here
        }
        assertEquals(100, in.read(new byte[200]));
    }

    /** One write can arrive in several reads. */
    @Test
    void oneWriteComesOutOfSeveralReads() throws Exception {
        keepLittleOnTheWay();
        FutureTask<?> writer = start(() -> write(socket, new byte[MUCH]));
        int count = peer.getInputStream().read(new byte[MUCH]);
        assertTrue(1 <= count && count < MUCH, count + " bytes");
        assertEquals(MUCH - count, peer.getInputStream().readNBytes(MUCH - count).length);
        writer.get();
    }

    /** One read takes at most 128 KiB, however large the array is. */
    @Test
    void oneReadTakesAtMost128KiB() throws Exception {
        peer.setReceiveBufferSize(MUCH); // room for more than that
        FutureTask<?> writer = start(() -> write(socket, new byte[MUCH]));
        InputStream in = peer.getInputStream();
        while (in.available() <= 128 * 1024) {
            Thread.onSpinWait(); // until more are here
        }
        // Of those that are here Java takes as many as it may: on Windows that is one fewer.
        int most = OS.WINDOWS.isCurrentOs() ? 128 * 1024 - 1 : 128 * 1024;
        assertEquals(most, in.read(new byte[MUCH]));
        assertEquals(MUCH - most, in.readNBytes(MUCH - most).length);
        writer.get();
    }

    /** {@code read} returns what has come, not what was asked for. */
    @Test
    void readReturnsWhatHasComeNotWhatWasAskedFor() throws IOException {
        socket.getOutputStream().write("hello".getBytes(US_ASCII));
        int count = peer.getInputStream().read(new byte[100]);
        assertTrue(1 <= count && count <= 5, count + " bytes");
    }

    /** {@code readNBytes} and {@code readFully} wait for all of it. */
    @Test
    void readNBytesAndReadFullyWaitForAll() throws IOException {
        DataInputStream in = new DataInputStream(peer.getInputStream());
        peer.setSoTimeout(20);
        socket.getOutputStream().write('a');
        assertThrows(SocketTimeoutException.class, () -> in.readNBytes(10));
        socket.getOutputStream().write('b');
        assertThrows(SocketTimeoutException.class, () -> in.readFully(new byte[10]));
    }

    /** At an early end {@code readNBytes} returns less, and {@code readFully} throws. */
    @Test
    void atAnEarlyEndReadNBytesReturnsLessAndReadFullyThrows() throws IOException {
        DataInputStream in = new DataInputStream(peer.getInputStream());
        socket.getOutputStream().write('a');
        socket.shutdownOutput();
        assertEquals(1, in.readNBytes(2).length);
        assertThrows(EOFException.class, () -> in.readFully(new byte[1]));
    }

    /** {@code available} returns 0 when nothing has come, and also at the end of the stream. */
    @Test
    void availableIsZeroInSilenceAndAtTheEndOfStreamAlike() throws IOException {
        InputStream in = peer.getInputStream();
        assertEquals(0, in.available());
        socket.shutdownOutput();
        assertEquals(-1, in.read());
        assertEquals(0, in.available());
    }

    /** A length in front of each message keeps messages apart. */
    @Test
    void aLengthInFrontMakesMessagesOfBytes() throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        for (String message : List.of("one\n", "", "three")) {
            out.writeInt(message.length());
            out.write(message.getBytes(US_ASCII));
        }
        DataInputStream in = new DataInputStream(peer.getInputStream());
        for (String message : List.of("one\n", "", "three")) {
            assertEquals(message, new String(in.readNBytes(in.readInt()), US_ASCII));
        }
    }

    /** A line feed at the end of each message keeps messages apart, too. */
    @Test
    void aLineFeedAtTheEndMakesMessagesOfBytes() throws IOException {
        for (String write : List.of("one\ntw", "o\n")) {
            socket.getOutputStream().write(write.getBytes(US_ASCII));
        }
        BufferedReader in = reader(peer);
        assertEquals("one", in.readLine());
        assertEquals("two", in.readLine());
    }

    // The end: end of stream, half-close, reset.

    /** The end of the stream is -1, and it stays -1. */
    @Test
    void theEndOfStreamIsMinusOneAndStays() throws IOException {
        socket.close();
        for (int i = 0; i < 3; i++) {
            assertEquals(-1, peer.getInputStream().read());
        }
    }

    /**
     * What was written before a {@code close} still arrives, if everything that had come was read.
     */
    @Test
    void whatWasWrittenBeforeACloseStillArrives() throws IOException {
        peer.getOutputStream().write('?');
        assertEquals('?', socket.getInputStream().read());
        socket.getOutputStream().write("goodbye".getBytes(US_ASCII));
        socket.close();
        assertEquals("goodbye", new String(peer.getInputStream().readAllBytes(), US_ASCII));
    }

    /** After a half-close the peer reads the end, and can still answer. */
    @Test
    void afterAHalfCloseThePeerReadsTheEndAndCanStillAnswer() throws IOException {
        socket.shutdownOutput();
        assertEquals(-1, peer.getInputStream().read());
        peer.getOutputStream().write('b');
        assertEquals('b', socket.getInputStream().read());
    }

    /** Writing after {@code shutdownOutput} fails. */
    @Test
    void writingAfterShutdownOutputFails() throws IOException {
        OutputStream out = socket.getOutputStream();
        socket.shutdownOutput();
        assertThrows(SocketException.class, () -> out.write('a'));
    }

    /** A {@code close} with SO_LINGER 0 is a reset: the peer's next {@code read} throws. */
    @Test
    void aCloseWithLingerZeroResetsAndTheReadThrows() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        assertThrows(SocketException.class, () -> peer.getInputStream().read());
    }

    /** What came before a reset can still be read. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCameBeforeAResetCanStillBeRead() throws IOException {
        InputStream in = peer.getInputStream();
        socket.getOutputStream().write("ab".getBytes(US_ASCII));
        while (in.available() < 2) {
            Thread.onSpinWait(); // until both are here
        }
        socket.setSoLinger(true, 0);
        socket.close();
        assertEquals('a', in.read());
        assertEquals('b', in.read());
        assertThrows(SocketException.class, in::read);
    }

    /**
     * {@code isConnected}, {@code isClosed} and similar methods do not show that the peer has gone.
     */
    @Test
    void theSocketDoesNotTellThatThePeerHasGone() throws IOException {
        peer.close();
        assertEquals(-1, socket.getInputStream().read());
        assertTrue(socket.isConnected());
        assertFalse(socket.isClosed());
        assertFalse(socket.isInputShutdown());
        assertFalse(socket.isOutputShutdown());
    }

    /** A write and a {@code close} succeed even when nobody ever accepts or reads. */
    @Test
    void aWriteAndACloseSayNothingOfThePeersReading() throws IOException {
        try (ServerSocket nobodyAccepts = listener();
                Socket client = connect(nobodyAccepts)) {
            client.getOutputStream().write("Is anybody there?".getBytes(US_ASCII));
            client.close();
        }
    }

    /** A socket that is not closed after -1 stays in state CLOSE_WAIT. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whoDoesNotCloseAfterTheEndKeepsASocketInCloseWait() throws IOException {
        peer.close();
        assertEquals(-1, socket.getInputStream().read());
        String line = kernelsLine(socket.getLocalPort(), socket.getPort());
        // State 8 is CLOSE_WAIT; timer 00 is none: nothing ends it but a close, or the process.
        assertTrue(line.matches(".* 08 \\S+ 00:.*"), line);
        int local = socket.getLocalPort();
        int remote = socket.getPort();
        socket.close();
        assertFalse(kernelsLine(local, remote).contains(" 08 "));
    }

    /** The first write to a peer that has closed in order succeeds, and a later one fails. */
    @Test
    void theFirstWriteToAGonePeerSucceedsAndALaterOneFails() throws IOException {
        OutputStream out = socket.getOutputStream();
        peer.close();
        assertEquals(-1, socket.getInputStream().read());
        out.write('a');
        // A loop, since the reset that answers this first write may take a moment. It ends: once
        // the reset is here every write fails, and with none the kernel would soon be full.
        assertThrows(
                SocketException.class,
                () -> {
                    while (true) {
                        out.write('b');
                    }
                });
    }

    /** After a reset the first write fails. */
    @Test
    void afterAResetTheFirstWriteFails() throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
        assertThrows(SocketException.class, () -> socket.getInputStream().read());
        assertThrows(SocketException.class, () -> socket.getOutputStream().write('a'));
    }

    /** Closing one of a socket's streams closes the socket. */
    @Test
    void closingAStreamClosesItsSocket() throws IOException {
        socket.getOutputStream().close();
        assertTrue(socket.isClosed());
        peer.getInputStream().close();
        assertTrue(peer.isClosed());
    }

    /** {@code close} from another thread ends a {@code read} with an exception. */
    @Test
    void closeFromAnotherThreadEndsARead() throws IOException {
        InputStream in = socket.getInputStream();
        FutureTask<Integer> read = new FutureTask<>(in::read);
        awaitRead(startDaemon(read));
        socket.close();
        ExecutionException e = assertThrows(ExecutionException.class, read::get);
        assertInstanceOf(SocketException.class, e.getCause());
    }

    /** An interrupt does not end a {@code read} in a platform thread, the usual kind. */
    @Test
    void interruptDoesNotEndARead() throws Exception {
        InputStream in = socket.getInputStream();
        FutureTask<Boolean> read = new FutureTask<>(() -> in.read() == 'b' && Thread.interrupted());
        Thread reader = startDaemon(read);
        awaitRead(reader);
        reader.interrupt();
        peer.getOutputStream().write('b');
        assertTrue(read.get());
    }

    // The close that loses data.

    /** A {@code close} with unread data resets, and loses what is still unsent. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aCloseWithUnreadDataLosesWhatIsStillUnsent() throws IOException {
        socket.getOutputStream().write("ab".getBytes(US_ASCII));
        assertEquals('a', peer.getInputStream().read());
        write(peer, new byte[1_000_000]);
        peer.close();
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        assertThrows(SocketException.class, () -> socket.getInputStream().transferTo(arrived));
        assertTrue(arrived.size() < 1_000_000, arrived.size() + " bytes");
    }

    /** A {@code close} after all was read loses nothing. */
    @Test
    void aCloseAfterAllWasReadLosesNothing() throws Exception {
        socket.getOutputStream().write("ab".getBytes(US_ASCII));
        assertEquals(2, peer.getInputStream().readNBytes(2).length);
        FutureTask<?> answer =
                start(
                        () -> {
                            write(peer, new byte[1_000_000]);
                            peer.close();
                            return null;
                        });
        assertEquals(1_000_000, socket.getInputStream().readAllBytes().length);
        answer.get();
    }

    /** An answer that had arrived before a {@code close} with unread data survives. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anAnswerThatHasArrivedSurvivesACloseWithUnreadData() throws IOException {
        InputStream in = socket.getInputStream();
        socket.getOutputStream().write("ab".getBytes(US_ASCII));
        assertEquals('a', peer.getInputStream().read());
        peer.getOutputStream().write("answer".getBytes(US_ASCII));
        while (in.available() < 6) {
            Thread.onSpinWait(); // until it has arrived
        }
        peer.close();
        assertEquals("answer", new String(in.readAllBytes(), US_ASCII));
    }

    /** The orderly end loses nothing: shut down the output, read to -1, then close. */
    @Test
    void theOrderlyEndLosesNothing() throws Exception {
        FutureTask<byte[]> other = start(() -> endInOrder(peer));
        assertEquals(1_000_000, endInOrder(socket).length);
        assertEquals(1_000_000, other.get().length);
    }

    /** With unread data {@code SocketChannel.close} resets: the peer's read throws. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aSocketChannelsCloseWithUnreadDataResets() throws IOException {
        try (ServerSocket listener = listener();
                SocketChannel channel = SocketChannel.open(listener.getLocalSocketAddress());
                Socket other = listener.accept()) {
            other.getOutputStream().write("ab".getBytes(US_ASCII));
            assertEquals(1, channel.read(ByteBuffer.allocate(1)));
            channel.close();
            assertThrows(SocketException.class, () -> other.getInputStream().read());
        }
    }

    // Timeouts.

    /** By default a {@code read} has no timeout. */
    @Test
    void noReadHasATimeoutByDefault() throws Exception {
        assertEquals(0, socket.getSoTimeout()); // which stands for none
        FutureTask<Integer> read = start(() -> socket.getInputStream().read());
        assertThrows(TimeoutException.class, () -> read.get(100, MILLISECONDS));
        peer.getOutputStream().write('b');
        assertEquals('b', read.get());
    }

    /** With {@code setSoTimeout} each {@code read} waits that long again. */
    @Test
    void everyReadWaitsTheWholeTimeoutAnew() throws IOException {
        socket.setSoTimeout(100);
        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
            long waited = System.nanoTime() - start;
            assertTrue(waited >= MILLISECONDS.toNanos(100), waited + " ns");
            assertTrue(waited < MILLISECONDS.toNanos(1_000), waited + " ns");
        }
    }

    /** After a timeout the socket is still usable. */
    @Test
    void afterATimeoutTheSocketIsStillGood() throws IOException {
        socket.setSoTimeout(20);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout(0);
        peer.getOutputStream().write('b');
        assertEquals('b', socket.getInputStream().read());
    }

    /** A timeout inside {@code readNBytes} loses what it has read. */
    @Test
    void aTimeoutInReadNBytesLosesWhatItHasRead() throws IOException {
        InputStream in = socket.getInputStream();
        peer.getOutputStream().write("ab".getBytes(US_ASCII));
        assertEquals('a', in.read());
        socket.setSoTimeout(20);
        assertThrows(SocketTimeoutException.class, () -> in.readNBytes(2));
        socket.setSoTimeout(0);
        peer.getOutputStream().write('c');
        assertEquals('c', in.read());
    }

    /** A timeout is no deadline: a peer that drips byte by byte holds {@code readLine} longer. */
    @Test
    void aDripHoldsReadLineLongerThanTheTimeout() throws IOException {
        socket.setSoTimeout(100);
        InputStream dripping = drip(peer, socket.getInputStream());
        try (BufferedReader in = new BufferedReader(new InputStreamReader(dripping, US_ASCII))) {
            long start = System.nanoTime();
            in.readLine();
            assertTrue(System.nanoTime() - start > MILLISECONDS.toNanos(100));
        }
    }

    /** A timeout does not bound a write; {@code close} from another thread ends it. */
    @Test
    void aTimeoutDoesNotBoundAWrite() throws IOException {
        keepLittleOnTheWay();
        socket.setSoTimeout(20);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        FutureTask<?> writer = start(() -> write(socket, new byte[MUCH]));
        assertThrows(TimeoutException.class, () -> writer.get(100, MILLISECONDS));
        socket.close();
        ExecutionException e = assertThrows(ExecutionException.class, writer::get);
        assertInstanceOf(SocketException.class, e.getCause());
    }

    // Backpressure.

    /** A writer must wait when nobody reads, and goes on when somebody does. */
    @Test
    void aWriterMustWaitWhenNobodyReadsAndGoesOnWhenSomebodyDoes() throws IOException {
        try (ServerSocket listener = listener();
                SocketChannel channel = SocketChannel.open(listener.getLocalSocketAddress());
                Socket reader = listener.accept()) {
            // Not blocking, so that write returns 0 where it would have to wait.
            channel.configureBlocking(false);
            int taken = 0;
            for (int count; (count = channel.write(ByteBuffer.allocate(8_192))) > 0; ) {
                taken += count;
                assertTrue(taken < 64 * 1024 * 1024);
            }
            reader.getInputStream().skipNBytes(taken);
            channel.configureBlocking(true);
            assertEquals(1, channel.write(ByteBuffer.allocate(1)));
        }
    }

    /** A client that writes all before it reads, and an echo, can wait for each other. */
    @Test
    void aWriterThatDoesNotReadAndAnEchoWaitForEachOther() throws IOException {
        keepLittleOnTheWay();
        FutureTask<?> echo = start(() -> peer.getInputStream().transferTo(peer.getOutputStream()));
        FutureTask<?> writer = start(() -> write(socket, new byte[MUCH]));
        assertThrows(TimeoutException.class, () -> writer.get(100, MILLISECONDS));
        assertFalse(echo.isDone());
        socket.close();
        assertThrows(ExecutionException.class, writer::get);
    }

    // Buffers, and small writes.

    /** A {@code BufferedOutputStream} holds bytes back until {@code flush}. */
    @Test
    void aBufferedStreamHoldsBytesBackUntilFlush() throws IOException {
        OutputStream out = new BufferedOutputStream(socket.getOutputStream());
        out.write('a');
        peer.setSoTimeout(20);
        assertThrows(SocketTimeoutException.class, () -> peer.getInputStream().read());
        peer.setSoTimeout(0);
        out.flush();
        assertEquals('a', peer.getInputStream().read());
    }

    /** It holds back at most 8,191 bytes, and passes a write of 8,192 or more on as it is. */
    @Test
    void aBufferedStreamPassesLongWritesOnAsTheyAre() throws IOException {
        List<Integer> writes = new ArrayList<>();
        OutputStream noted =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        writes.add(1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        writes.add(length);
                    }
                };
        try (OutputStream out = new BufferedOutputStream(noted)) {
            out.write(new byte[8_191]);
            assertEquals(List.of(), writes);
            out.write(new byte[8_192]);
            assertEquals(List.of(8_191, 8_192), writes);
            out.write(new byte[100_000]);
            assertEquals(List.of(8_191, 8_192, 100_000), writes);
        }
    }

    /** A socket's own stream has nothing to flush. */
    @Test
    void aSocketsOwnStreamHasNothingToFlush() throws IOException {
        socket.getOutputStream().write('a');
        assertEquals('a', peer.getInputStream().read());
    }

    /** A half-close does not flush the buffer above it. */
    @Test
    void aHalfCloseDoesNotFlushABuffer() throws IOException {
        OutputStream out = new BufferedOutputStream(socket.getOutputStream());
        out.write('a');
        socket.shutdownOutput();
        assertEquals(-1, peer.getInputStream().read());
        assertThrows(SocketException.class, out::flush);
    }

    /** Write, write, read is slow by default, with Nagle, and fast with TCP_NODELAY. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void writeWriteReadIsSlowWithNagleAndFastWithTcpNoDelay() throws IOException {
        // Single questions first, to get past a connection's beginning: there Linux acknowledges
        // at once, and Nagle has nothing to wait for.
        medianNanosOfAQuestion(50, 1);
        long slow = medianNanosOfAQuestion(5, 2);
        socket.setTcpNoDelay(true);
        long fast = medianNanosOfAQuestion(25, 2);
        assertTrue(slow > 4 * fast, slow + " ns, " + fast + " ns");
    }

    // Off by default.

    /** A byte of urgent data, from {@code sendUrgentData}, is discarded by default. */
    @Test
    void urgentDataIsDiscardedByDefault() throws IOException {
        socket.sendUrgentData('a');
        socket.getOutputStream().write('b');
        assertEquals('b', peer.getInputStream().read());
    }

    /** SO_KEEPALIVE is off by default: the kernel does not ask a silent peer. (Linux) */
    @Test
    @EnabledOnOs(OS.LINUX)
    void keepAliveIsOffByDefault() throws IOException {
        // In the kernel's line of a connection: state 1, ESTABLISHED, and the timer that runs.
        String silent = kernelsLine(socket.getLocalPort(), socket.getPort());
        assertTrue(silent.matches(".* 01 \\S+ 00:.*"), silent);
        socket.setKeepAlive(true);
        String kept = kernelsLine(socket.getLocalPort(), socket.getPort());
        assertTrue(kept.matches(".* 01 \\S+ 02:.*"), kept);
    }

    // Text.

    /** The bytes of a text depend on its charset: name it. */
    @Test
    void theBytesOfATextDependOnItsCharset() throws IOException {
        socket.getOutputStream().write("\u00e9".getBytes(UTF_8));
        byte[] received = peer.getInputStream().readNBytes(2);
        assertEquals("\u00e9", new String(received, UTF_8));
        assertEquals("\u00c3\u00a9", new String(received, ISO_8859_1));
    }

    /** A character can be split between two reads. */
    @Test
    void aCharacterCanBeSplitBetweenTwoReads() throws IOException {
        InputStream in = peer.getInputStream();
        socket.getOutputStream().write("\u00e9\u00e9".getBytes(UTF_8));
        assertEquals("\ufffd", new String(in.readNBytes(1), UTF_8));
        assertEquals("\ufffd", new String(in.readNBytes(1), UTF_8));
        Reader whole = new InputStreamReader(in, UTF_8);
        assertEquals('\u00e9', whole.read());
    }

    /** {@code PrintWriter} swallows failures. */
    @Test
    void printWriterSwallowsFailures() throws IOException {
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true, US_ASCII);
        socket.shutdownOutput();
        out.println("hello");
        assertTrue(out.checkError());
    }

    /** {@code readLine} returns a last line that was cut off as if it were complete. */
    @Test
    void readLineGivesACutLastLineAsIfItWereComplete() throws IOException {
        socket.getOutputStream().write("hel".getBytes(US_ASCII));
        socket.close();
        BufferedReader in = reader(peer);
        assertEquals("hel", in.readLine());
        assertNull(in.readLine());
    }

    /** {@code readLine} returns a line of a million characters: a peer can fill your memory. */
    @Test
    void readLineReturnsALineOfAMillionCharacters() throws Exception {
        FutureTask<?> writer =
                start(() -> write(socket, ("a".repeat(1_000_000) + "\n").getBytes(US_ASCII)));
        assertEquals(1_000_000, reader(peer).readLine().length());
        writer.get();
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static Socket connect(ServerSocket listener) throws IOException {
        return new Socket(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Sends a million bytes, ends its direction, reads to the end, and only then closes. */
    private static byte[] endInOrder(Socket socket) throws Exception {
        FutureTask<?> writer =
                start(
                        () -> {
                            write(socket, new byte[1_000_000]);
                            socket.shutdownOutput();
                            return null;
                        });
        byte[] received = socket.getInputStream().readAllBytes();
        writer.get();
        socket.close();
        return received;
    }

    /** Returns how many segments this machine's TCP has sent again until now. */
    private static long segmentsSentAgain() throws IOException {
        List<List<String>> tcp =
                Files.readAllLines(Path.of("/proc/net/snmp")).stream()
                        .filter(line -> line.startsWith("Tcp:"))
                        .map(line -> List.of(line.split(" ")))
                        .toList();
        int column = tcp.get(0).indexOf("RetransSegs");
        return Long.parseLong(tcp.get(1).get(column));
    }

    /** Returns the kernel's line of a connection with these ports, as /proc/net/tcp shows it. */
    private static String kernelsLine(int local, int remote) throws IOException {
        String ports = ".*:%04X [0-9A-F]+:%04X .*".formatted(local, remote);
        List<String> lines = new ArrayList<>();
        for (String list : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(list))) {
                lines.addAll(Files.readAllLines(Path.of(list)));
            }
        }
        return lines.stream().filter(line -> line.matches(ports)).findFirst().orElse("none");
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    /** Writes {@code bytes}, some at a time. */
    private static Void write(Socket socket, byte[] bytes, int some) throws IOException {
        for (int at = 0; at < bytes.length; at += some) {
            socket.getOutputStream().write(bytes, at, some);
        }
        return null;
    }

    private static Void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return null;
    }

    /**
     * Returns when {@code thread} has called read, or has ended. That a thread is blocked shows in
     * its stack only; the tests hold in any case, and this makes them see the blocked one.
     */
    private static void awaitRead(Thread thread) {
        while (thread.isAlive()
                && Arrays.stream(thread.getStackTrace())
                        .noneMatch(frame -> frame.getMethodName().equals("read"))) {
            Thread.onSpinWait();
        }
    }

    private static <T> FutureTask<T> start(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        startDaemon(task);
        return task;
    }

    /** Starts a thread that keeps no process alive. */
    private static Thread startDaemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Bounds what the kernel keeps at both ends, to far less than {@link #MUCH}. */
    private void keepLittleOnTheWay() throws IOException {
        for (Socket end : List.of(socket, peer)) {
            end.setSendBufferSize(64 * 1024);
            end.setReceiveBufferSize(64 * 1024);
        }
    }

    /**
     * Returns {@code in} with a peer that writes a byte of a long line every 10 ms. It does so in
     * the reader's thread, right before each read: no busy machine can make it fall silent.
     */
    private static InputStream drip(Socket peer, InputStream in) throws IOException {
        peer.setTcpNoDelay(true); // or the kernel would collect the bytes
        return new FilterInputStream(in) {

            private int count;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                LockSupport.parkNanos(10_000_000);
                peer.getOutputStream().write(++count % 15 == 0 ? '\n' : 'a');
                return super.read(buffer, offset, 1);
            }
        };
    }

    /** Returns how long a question in so many small writes and its answer take, the median. */
    private long medianNanosOfAQuestion(int rounds, int writes) throws IOException {
        long[] nanos = new long[rounds];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            for (int write = 0; write < writes; write++) {
                socket.getOutputStream().write('a');
            }
            peer.getInputStream().readNBytes(writes);
            peer.getOutputStream().write('c');
            socket.getInputStream().read();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }
}
