package lesson02.homework;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

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
            if (isFree(address, port)) {
                return new ServerSocket(port, 50, address);
            }
        }
        throw new BindException(
                "no free port at " + address.getHostAddress() + " from " + first + " to " + last);
    }

    private static boolean isFree(InetAddress address, int port) {
        try (Socket caller = new Socket(address, port)) {
            return !caller.isConnected();
        } catch (IOException e) {
            return true;
        }
    }
}
