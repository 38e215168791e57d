package lesson02.homework;

import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Ports in a row, of which some are taken. The others are free and stay so: at an address of their
 * own on every system that has many; at {@link #LOCAL} on Linux, which gives none of these ports to
 * clients.
 */
final class TestPorts implements AutoCloseable {

    /** How many ports a row has. */
    static final int COUNT = 24;

    /** Room for those who connect to a taken port to learn whether it is. */
    static final int BACKLOG = 1024;

    static final InetAddress LOCAL = address(127, 0, 0, 1);

    /** For documentation (RFC 5737): no machine has it. */
    static final InetAddress ELSEWHERE = address(203, 0, 113, 1);

    /** Where the first row begins, above the ports that Linux gives to clients. */
    static final int LOWEST = 61_000;

    private static final int ROWS = (65_535 - LOWEST) / (COUNT + 1);

    /** How long a rival has a port, and then has it not: some calls of bind. */
    private static final long MOMENT_NANOS = 50_000;

    final InetAddress address;
    private final int first;
    private final List<ServerSocket> owners;

    private TestPorts(InetAddress address, int first, List<ServerSocket> owners) {
        this.address = address;
        this.first = first;
        this.owners = owners;
    }

    /** Takes the first {@code taken} ports of a row at 127.0.0.1. */
    static TestPorts atLocal(int taken) throws IOException {
        List<ServerSocket> owners = inARow();
        int first = owners.get(0).getLocalPort() + 1;
        while (owners.size() > taken + 1) { // free from here on
            owners.remove(owners.size() - 1).close();
        }
        return new TestPorts(LOCAL, first, owners);
    }

    /**
     * Takes the first {@code taken} ports of a row at an address that nobody else uses. Only an
     * owner of the wildcard would have them, too, and there can be none, because all of them are
     * taken at 127.0.0.1.
     */
    static TestPorts atOwn(int taken) throws IOException {
        List<ServerSocket> owners = inARow();
        TestPorts ports = new TestPorts(anyOwn(), owners.get(0).getLocalPort() + 1, owners);
        for (int i = 0; i < taken; i++) {
            owners.add(new ServerSocket(ports.at(i), BACKLOG, ports.address));
        }
        return ports;
    }

    /**
     * Takes the ports of a row, as {@link #atOwn}, except the last but one of each {@code part}.
     */
    static TestPorts atOwnAllButOneIn(int part) throws IOException {
        TestPorts ports = atOwn(0);
        for (int i = 0; i < COUNT; i++) {
            if (i % part != part - 2) {
                ports.owners.add(new ServerSocket(ports.at(i), BACKLOG, ports.address));
            }
        }
        return ports;
    }

    /**
     * Returns sockets that listen at 127.0.0.1: one that holds the row's place against other tests
     * like this, in other programs at the same time, and behind it one for each port.
     */
    private static List<ServerSocket> inARow() throws IOException {
        int any = ThreadLocalRandom.current().nextInt(ROWS);
        for (int i = 0; i < ROWS; i++) {
            int place = LOWEST + (any + i) % ROWS * (COUNT + 1);
            List<ServerSocket> row = new ArrayList<>();
            try {
                for (int port = place; port <= place + COUNT; port++) {
                    row.add(new ServerSocket(port, BACKLOG, LOCAL));
                }
                return row;
            } catch (BindException e) { // one of them is taken
                for (ServerSocket owner : row) {
                    owner.close();
                }
            }
        }
        throw new IOException("no " + COUNT + " free ports in a row");
    }

    /**
     * Returns an address of this machine that hardly anybody else uses: Linux has 127.0.0.0/8.
     * Elsewhere there may be 127.0.0.1 alone.
     */
    static InetAddress anyOwn() {
        if (!OS.LINUX.isCurrentOs()) {
            return LOCAL;
        }
        ThreadLocalRandom any = ThreadLocalRandom.current();
        return address(127, any.nextInt(1, 255), any.nextInt(256), any.nextInt(1, 255));
    }

    /** Returns the port of this index in the row. */
    int at(int index) {
        return first + index;
    }

    int last() {
        return at(COUNT - 1);
    }

    /** Returns a socket that has one of the free ports and does not listen. */
    Socket bound() throws IOException {
        for (int port = first; port < last(); port++) {
            Socket socket = new Socket();
            try {
                socket.bind(new InetSocketAddress(address, port));
                return socket;
            } catch (BindException e) { // taken
                socket.close();
            }
        }
        throw new IOException("no free port from " + first + " to " + last());
    }

    /** Returns a thread that takes and releases the port of this index until it is interrupted. */
    Thread rival(int index) {
        Thread rival = new Thread(() -> takeAndRelease(at(index)), "rival");
        rival.setDaemon(true);
        rival.start();
        return rival;
    }

    /** Each time that it wakes up, it interrupts whoever runs, between any two calls of theirs. */
    private void takeAndRelease(int port) {
        while (!Thread.currentThread().isInterrupted()) {
            try (ServerSocket own = new ServerSocket(port, 1, address)) {
                LockSupport.parkNanos(MOMENT_NANOS);
            } catch (IOException e) { // somebody else has it
                LockSupport.parkNanos(MOMENT_NANOS);
            }
            LockSupport.parkNanos(MOMENT_NANOS);
        }
    }

    private static InetAddress address(int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket owner : owners) {
            owner.close();
        }
    }
}
