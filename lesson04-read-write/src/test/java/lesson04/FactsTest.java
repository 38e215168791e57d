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
            socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
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

    @Test
    void oneConnectionCarriesBytesBothWays() throws IOException {
        socket.getOutputStream().write('a');
        peer.getOutputStream().write('b');
        assertEquals('a', peer.getInputStream().read());
        assertEquals('b', socket.getInputStream().read());
    }

    @Test
    void bytesArriveInTheOrderOfTheirWrites() throws IOException {
        Random random = new Random(4);
        byte[] sent = new byte[10_000];
        random.nextBytes(sent);
        for (int at = 0, size; at < sent.length; at += size) {
            size = Math.min(1 + random.nextInt(100), sent.length - at);
            socket.getOutputStream().write(sent, at, size);
        }
        assertArrayEquals(sent, peer.getInputStream().readNBytes(sent.length));
    }

    @Test
    void threadsCanReadAndWriteTheSameSocketAtTheSameTime() throws Exception {
        keepLittleOnTheWay();
        start(() -> peer.getInputStream().transferTo(peer.getOutputStream()));
        FutureTask<?> writer = start(() -> write(socket, new byte[MUCH]));
        assertEquals(MUCH, socket.getInputStream().readNBytes(MUCH).length);
        writer.get();
    }

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

    @Test
    void manyWritesComeOutOfFewerReads() throws IOException {
        for (int i = 0; i < 100; i++) {
            socket.getOutputStream().write(i);
        }
        byte[] buffer = new byte[100];
        int reads = 0;
        for (int received = 0; received < 100; reads++) {
            received += peer.getInputStream().read(buffer);
        }
        assertTrue(reads < 100, reads + " reads");
    }

    @Test
    void oneWriteComesOutOfSeveralReads() throws Exception {
        keepLittleOnTheWay();
        FutureTask<?> writer = start(() -> write(socket, new byte[MUCH]));
        int count = peer.getInputStream().read(new byte[MUCH]);
        assertTrue(1 <= count && count < MUCH, count + " bytes");
        assertEquals(MUCH - count, peer.getInputStream().readNBytes(MUCH - count).length);
        writer.get();
    }

    @Test
    void readReturnsWhatHasComeNotWhatWasAskedFor() throws IOException {
        socket.getOutputStream().write("hello".getBytes(US_ASCII));
        int count = peer.getInputStream().read(new byte[100]);
        assertTrue(1 <= count && count <= 5, count + " bytes");
    }

    @Test
    void readNBytesAndReadFullyWaitForAll() throws IOException {
        DataInputStream in = new DataInputStream(peer.getInputStream());
        peer.setSoTimeout(20);
        socket.getOutputStream().write('a');
        assertThrows(SocketTimeoutException.class, () -> in.readNBytes(10));
        socket.getOutputStream().write('b');
        assertThrows(SocketTimeoutException.class, () -> in.readFully(new byte[10]));
    }

    @Test
    void atAnEarlyEndReadNBytesReturnsLessAndReadFullyThrows() throws IOException {
        InputStream in = peer.getInputStream();
        socket.getOutputStream().write('a');
        socket.shutdownOutput();
        assertEquals(1, in.readNBytes(2).length);
        assertThrows(EOFException.class, () -> new DataInputStream(in).readFully(new byte[1]));
    }

    @Test
    void availableIsZeroInSilenceAndAtTheEndOfStreamAlike() throws IOException {
        InputStream in = peer.getInputStream();
        assertEquals(0, in.available());
        socket.shutdownOutput();
        assertEquals(-1, in.read());
        assertEquals(0, in.available());
    }

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

    @Test
    void theEndOfStreamIsMinusOneAndStays() throws IOException {
        socket.close();
        for (int i = 0; i < 3; i++) {
            assertEquals(-1, peer.getInputStream().read());
        }
    }

    @Test
    void whatWasWrittenBeforeACloseStillArrives() throws IOException {
        socket.getOutputStream().write("goodbye".getBytes(US_ASCII));
        socket.close();
        assertEquals("goodbye", new String(peer.getInputStream().readAllBytes(), US_ASCII));
    }

    @Test
    void afterAHalfCloseThePeerReadsTheEndAndCanStillAnswer() throws IOException {
        socket.shutdownOutput();
        assertEquals(-1, peer.getInputStream().read());
        peer.getOutputStream().write('b');
        assertEquals('b', socket.getInputStream().read());
    }

    @Test
    void writingAfterShutdownOutputFails() throws IOException {
        OutputStream out = socket.getOutputStream();
        socket.shutdownOutput();
        assertThrows(SocketException.class, () -> out.write('a'));
    }

    @Test
    void aCloseWithLingerZeroResetsAndTheReadThrows() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        assertThrows(SocketException.class, () -> peer.getInputStream().read());
    }

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

    @Test
    void theSocketDoesNotTellThatThePeerHasGone() throws IOException {
        peer.close();
        assertEquals(-1, socket.getInputStream().read());
        assertTrue(socket.isConnected());
        assertFalse(socket.isClosed());
    }

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

    @Test
    void closingAStreamClosesItsSocket() throws IOException {
        socket.getOutputStream().close();
        assertTrue(socket.isClosed());
        peer.getInputStream().close();
        assertTrue(peer.isClosed());
    }

    @Test
    void closeFromAnotherThreadEndsARead() throws IOException {
        InputStream in = socket.getInputStream();
        FutureTask<Integer> read = new FutureTask<>(in::read);
        Thread reader = new Thread(read);
        reader.start();
        awaitRead(reader);
        socket.close();
        ExecutionException e = assertThrows(ExecutionException.class, read::get);
        assertInstanceOf(SocketException.class, e.getCause());
    }

    @Test
    void interruptDoesNotEndARead() throws Exception {
        InputStream in = socket.getInputStream();
        FutureTask<Boolean> read = new FutureTask<>(() -> in.read() == 'b' && Thread.interrupted());
        Thread reader = new Thread(read);
        reader.start();
        awaitRead(reader);
        reader.interrupt();
        peer.getOutputStream().write('b');
        assertTrue(read.get());
    }

    // The close that loses data.

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

    @Test
    @EnabledOnOs(OS.LINUX)
    void aShortAnswerSurvivesACloseWithUnreadData() throws IOException {
        socket.getOutputStream().write("ab".getBytes(US_ASCII));
        assertEquals('a', peer.getInputStream().read());
        peer.getOutputStream().write("answer".getBytes(US_ASCII));
        peer.close();
        assertEquals("answer", new String(socket.getInputStream().readAllBytes(), US_ASCII));
    }

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

    @Test
    void noReadHasATimeoutByDefault() throws IOException {
        assertEquals(0, socket.getSoTimeout());
        assertEquals(0, peer.getSoTimeout());
    }

    @Test
    void everyReadWaitsTheWholeTimeoutAnew() throws IOException {
        socket.setSoTimeout(20);
        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
            assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void afterATimeoutTheSocketIsStillGood() throws IOException {
        socket.setSoTimeout(20);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout(0);
        peer.getOutputStream().write('b');
        assertEquals('b', socket.getInputStream().read());
    }

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

    @Test
    void aDripHoldsReadLineLongerThanTheTimeout() throws IOException {
        socket.setSoTimeout(100);
        InputStream dripping = drip(peer, socket.getInputStream());
        long start = System.nanoTime();
        new BufferedReader(new InputStreamReader(dripping, US_ASCII)).readLine();
        assertTrue(System.nanoTime() - start > MILLISECONDS.toNanos(100));
    }

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
        OutputStream out = new BufferedOutputStream(noted);
        out.write(new byte[8_191]);
        out.write(new byte[8_192]);
        out.write(new byte[100_000]);
        assertEquals(List.of(8_191, 8_192, 100_000), writes);
    }

    @Test
    void aSocketsOwnStreamHasNothingToFlush() throws IOException {
        socket.getOutputStream().write('a');
        assertEquals('a', peer.getInputStream().read());
    }

    @Test
    void aHalfCloseDoesNotFlushABuffer() throws IOException {
        OutputStream out = new BufferedOutputStream(socket.getOutputStream());
        out.write('a');
        socket.shutdownOutput();
        assertEquals(-1, peer.getInputStream().read());
        assertThrows(SocketException.class, out::flush);
    }

    @Test
    void tcpNoDelayIsOffByDefault() throws IOException {
        assertFalse(socket.getTcpNoDelay());
        assertFalse(peer.getTcpNoDelay());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void writeWriteReadIsSlowWithNagleAndFastWithTcpNoDelay() throws IOException {
        // Fast first, to get past a connection's beginning: there Linux acknowledges at once, and
        // Nagle has nothing to wait for.
        socket.setTcpNoDelay(true);
        long fast = medianNanosOfWriteWriteRead(25);
        socket.setTcpNoDelay(false);
        long slow = medianNanosOfWriteWriteRead(5);
        assertTrue(slow > 4 * fast, slow + " ns, " + fast + " ns");
    }

    // Off by default.

    @Test
    void urgentDataIsDiscardedByDefault() throws IOException {
        socket.sendUrgentData('a');
        socket.getOutputStream().write('b');
        assertEquals('b', peer.getInputStream().read());
    }

    @Test
    void keepAliveIsOffByDefault() throws IOException {
        assertFalse(socket.getKeepAlive());
        assertFalse(peer.getKeepAlive());
    }

    // Text.

    @Test
    void theBytesOfATextDependOnItsCharset() throws IOException {
        socket.getOutputStream().write("\u00e9".getBytes(UTF_8));
        byte[] received = peer.getInputStream().readNBytes(2);
        assertEquals("\u00e9", new String(received, UTF_8));
        assertEquals("\u00c3\u00a9", new String(received, ISO_8859_1));
    }

    @Test
    void aCharacterCanBeSplitBetweenTwoReads() throws IOException {
        InputStream in = peer.getInputStream();
        socket.getOutputStream().write("\u00e9\u00e9".getBytes(UTF_8));
        assertEquals("\ufffd", new String(in.readNBytes(1), UTF_8));
        assertEquals("\ufffd", new String(in.readNBytes(1), UTF_8));
        Reader whole = new InputStreamReader(in, UTF_8);
        assertEquals('\u00e9', whole.read());
    }

    @Test
    void printWriterSwallowsFailures() throws IOException {
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true, US_ASCII);
        socket.shutdownOutput();
        out.println("hello");
        assertTrue(out.checkError());
    }

    @Test
    void readLineGivesACutLastLineAsIfItWereComplete() throws IOException {
        socket.getOutputStream().write("hel".getBytes(US_ASCII));
        socket.close();
        BufferedReader in = reader(peer);
        assertEquals("hel", in.readLine());
        assertNull(in.readLine());
    }

    @Test
    void readLineHasNoLimitOfLength() throws Exception {
        FutureTask<?> writer =
                start(() -> write(socket, ("a".repeat(1_000_000) + "\n").getBytes(US_ASCII)));
        assertEquals(1_000_000, reader(peer).readLine().length());
        writer.get();
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
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
        new Thread(task).start();
        return task;
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

    /** Returns how long a question of two small writes and its answer take, the median. */
    private long medianNanosOfWriteWriteRead(int rounds) throws IOException {
        long[] nanos = new long[rounds];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            socket.getOutputStream().write('a');
            socket.getOutputStream().write('b');
            peer.getInputStream().readNBytes(2);
            peer.getOutputStream().write('c');
            socket.getInputStream().read();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }
}
