package lesson02.homework;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

final class FirstFree {

    private FirstFree() {}

    static ServerSocket listen(InetAddress address, int first, int last) throws IOException {
        if (first < 1 || last > 65535 || first > last) {
            throw new IllegalArgumentException("bad range " + first + " to " + last);
        }
        try (ServerSocket any = new ServerSocket()) {
            any.bind(new InetSocketAddress(address, 0)); // fails if the address is not ours
        }
        for (int port = first; port <= last; port++) {
            ServerSocket listener = new ServerSocket();
            try {
                listener.bind(new InetSocketAddress("localhost", port));
                return listener;
            } catch (BindException e) {
                listener.close();
            }
        }
        throw new BindException(
                "no free port at " + address.getHostAddress() + " from " + first + " to " + last);
    }
}
