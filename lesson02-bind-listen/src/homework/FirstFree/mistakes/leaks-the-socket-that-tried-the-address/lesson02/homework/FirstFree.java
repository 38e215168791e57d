package lesson02.homework;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

final class FirstFree {

    /** About how many callers the kernel is asked to keep waiting while nobody accepts. */
    private static final int BACKLOG = 1024;

    private FirstFree() {}

    /**
     * Returns a socket that listens at {@code address} on the first free port from {@code first} to
     * {@code last}, both included.
     */
    static ServerSocket listen(InetAddress address, int first, int last) throws IOException {
        if (first < 1 || first > last || last > 65_535) {
            throw new IllegalArgumentException("no range of ports: " + first + " to " + last);
        }

        // Port 0 is never taken: what fails here is the address, and would fail on every port.
        ServerSocket trial = new ServerSocket();
        trial.bind(new InetSocketAddress(address, 0));
        trial.close();

        for (int port = first; port <= last; port++) {
            try {
                // create + bind + listen: whoever has bound a port has it, so there is nothing to
                // ask beforehand. A socket that fails here is closed by its constructor.
                return new ServerSocket(port, BACKLOG, address);
            } catch (BindException e) {
                // Taken: the next one.
            }
        }
        String range = address.getHostAddress() + ", ports " + first + " to " + last;
        throw new BindException("every port is taken: " + range);
    }
}
