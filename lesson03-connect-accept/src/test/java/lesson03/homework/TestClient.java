package lesson03.homework;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to a client, without a network and a descriptor. */
final class TestClient extends Socket {

    /** What the handler does with a client. */
    @FunctionalInterface
    interface Talk {
        void with(TestClient client) throws IOException;
    }

    /** Until the client leaves, or its connection is closed, as a handler that reads. */
    static final Talk UNTIL_IT_LEAVES = client -> TestDoor.await(client.gone);

    /** Until the client leaves, as a handler that is busy with something else. */
    static final Talk BUSY = client -> TestDoor.await(client.left);

    private static final AtomicInteger PORTS = new AtomicInteger(10_000);

    final Talk talk;
    private final int port = PORTS.incrementAndGet();

    final CountDownLatch answered = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();

    /** The number and the thread that it was answered with. */
    volatile int number;

    volatile Thread thread;

    /** What happens within the first close of the connection. */
    volatile Runnable whenClosed = () -> {};

    TestClient(Talk talk) {
        this.talk = talk;
    }

    TestClient() {
        this(UNTIL_IT_LEAVES);
    }

    static List<Exception> failures() {
        return List.of(new IOException("by plan"), new IllegalStateException("by plan"));
    }

    static Talk failing(Exception failure) {
        return client -> {
            if (failure instanceof IOException checked) {
                throw checked;
            }
            throw (RuntimeException) failure;
        };
    }

    static String options(Socket socket) throws IOException {
        return Tried.say(
                "getSoTimeout() %d, getTcpNoDelay() %s, getKeepAlive() %s, getSoLinger() %d",
                socket.getSoTimeout(),
                socket.getTcpNoDelay(),
                socket.getKeepAlive(),
                socket.getSoLinger());
    }

    void leave() {
        left.countDown();
        gone.countDown();
    }

    @Override
    public void close() throws IOException {
        if (closing.compareAndSet(false, true)) {
            whenClosed.run();
            super.close();
            closed.countDown();
            gone.countDown();
        }
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return port;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new InetSocketAddress(getInetAddress(), port);
    }

    @Override
    public void shutdownInput() {
        gone.countDown();
    }

    @Override
    public void shutdownOutput() {
        // Only half of a connection is ended.
    }
}
