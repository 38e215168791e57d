package lesson04.homework;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The room's end of a connection: notes what the room does with it, and can be made to wait. */
final class TestSocket extends Socket {

    private boolean held;
    private boolean holdsSomebody;
    private boolean stuck;
    private boolean broken;
    private boolean holdsWrite;
    private int written;
    private boolean holdsWriter;
    private long hurriesAt = -1;
    private InetSocketAddress from;
    private boolean closed;
    private long taken;
    private long asked = -1; // how many bytes had been taken when the room last asked for more

    /** Listens for the guests of a room, whose sockets there differ in the remote port alone. */
    static ServerSocket listen() throws IOException {
        ServerSocket listener =
                new ServerSocket() {
                    @Override
                    public Socket accept() throws IOException {
                        TestSocket end = new TestSocket();
                        implAccept(end);
                        return end;
                    }
                };
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return listener;
    }

    /** From now on everybody who asks for a stream, an option or an address waits. */
    synchronized void hold() {
        held = true;
    }

    synchronized void release() {
        held = false;
        notifyAll();
    }

    /** Waits until somebody is held, or {@code call} has returned without that. */
    void awaitHeld(TestCall call) {
        while (!await(1, () -> holdsSomebody) && !call.isDone()) {
            // Look again: the call has its own limit of time.
        }
    }

    /**
     * From now on each write waits, as if the guest never read, until the close or {@link #flow}.
     */
    synchronized void stick() {
        stuck = true;
    }

    synchronized void flow() {
        stuck = false;
        notifyAll();
    }

    /** From now on each write fails, while reads go on. */
    synchronized void breakWrites() {
        broken = true;
    }

    /** Lets the next write wait for a second one, or for the time in which one would have come. */
    synchronized void holdOneWrite() {
        holdsWrite = true;
    }

    /** Lets the time of the next read be over at once, if it has one, behind so many bytes. */
    synchronized void hurry(int count) {
        hurriesAt = count;
    }

    /** Waits until a write waits because of {@link #stick}, if one does. */
    void awaitStuck() {
        await(TestGuest.PATIENCE_MILLIS, () -> holdsWriter);
    }

    /** Lets the room see machine {@code number} as the other end, always with the same port. */
    void comesFrom(int number) throws IOException {
        byte[] address = {(byte) 192, 0, 2, (byte) number};
        from = new InetSocketAddress(InetAddress.getByAddress(address), 5_004);
    }

    /** Waits until the room asks for more than {@code count} bytes, if it does. */
    void awaitAsked(long count) {
        await(TestGuest.PATIENCE_MILLIS, () -> asked >= count || closed);
    }

    /** Returns whether the room closes this end soon. */
    boolean isClosedSoon(int millis) {
        return await(millis, () -> closed);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        passGate();
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                beforeRead();
                int next = super.read();
                afterRead(next == -1 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                beforeRead();
                int count = super.read(buffer, offset, length);
                afterRead(Math.max(0, count));
                return count;
            }
        };
    }

    private synchronized void beforeRead() throws IOException {
        if (hurriesAt >= 0 && taken >= hurriesAt && getSoTimeout() > 0) {
            hurriesAt = -1;
            throw new SocketTimeoutException("Read timed out");
        }
        asked = taken;
        notifyAll();
    }

    private synchronized void afterRead(int count) {
        taken += count;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        passGate();
        OutputStream out = super.getOutputStream();
        return new FilterOutputStream(out) {
            @Override
            public void write(int value) throws IOException {
                beforeWrite();
                out.write(value);
                afterWrite();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                beforeWrite();
                out.write(bytes, offset, length);
                afterWrite();
            }
        };
    }

    private synchronized void beforeWrite() throws IOException {
        if (holdsWrite) {
            holdsWrite = false;
            int before = written;
            await(200, () -> written > before); // milliseconds
        }
        if (broken) {
            throw new SocketException("Broken pipe");
        }
        holdsWriter = stuck;
        notifyAll();
        awaitWithoutEnd(() -> !stuck || closed);
    }

    private synchronized void afterWrite() {
        written++;
        notifyAll();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        passGate();
        super.setSoTimeout(millis);
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        passGate();
        super.setTcpNoDelay(on);
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        passGate();
        return from == null ? super.getRemoteSocketAddress() : from;
    }

    @Override
    public InetAddress getInetAddress() {
        return from == null ? super.getInetAddress() : from.getAddress();
    }

    @Override
    public int getPort() {
        return from == null ? super.getPort() : from.getPort();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() { // a map of sockets asks for it before it puts one in
        passGate();
        return System.identityHashCode(this);
    }

    @Override
    public void close() throws IOException {
        super.close();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    private synchronized void passGate() {
        holdsSomebody = held;
        notifyAll();
        awaitWithoutEnd(() -> !held);
    }

    /** Waits, with the lock, until {@code done}; no interrupt ends it, as none ends a socket's. */
    private void awaitWithoutEnd(BooleanSupplier done) {
        boolean interrupted = false;
        while (!done.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until {@code done}; returns whether it came to that in time. */
    private synchronized boolean await(int millis, BooleanSupplier done) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!done.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false; // an answer interrupts its writer: the write then fails by itself
            }
        }
        return true;
    }
}
