package lesson02.homework;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds a port by binding each in turn: whoever has bound a port has it. */
final class FirstFree {

    private FirstFree() {}

    static ServerSocket listen(InetAddress address, int first, int last) throws IOException {
        if (first < 1 || first > last || last > 65_535) {
            throw new IllegalArgumentException("no range of ports: " + first + " to " + last);
        }
        // What fails here is the address, and would fail on every port.
        try (ServerSocket any = new ServerSocket()) {
            any.bind(new InetSocketAddress(address, 0));
        }
        for (int port = first; port <= last; port++) {
            ServerSocket listener = new ServerSocket();
            try {
                listener.bind(new InetSocketAddress(address, port));
                return listener;
            } catch (BindException e) {
                listener.close();
            }
        }
        throw new BindException(
                "no free port at " + address.getHostAddress() + " from " + first + " to " + last);
    }
}
