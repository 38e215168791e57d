package lesson02.homework;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;

/** Finds a port with a channel, and asks about the address only after a failure. */
final class FirstFree {

    private FirstFree() {}

    static ServerSocket listen(InetAddress address, int first, int last) throws IOException {
        if (first < 1 || last < first || last > 0xFFFF) {
            throw new IllegalArgumentException(first + "-" + last);
        }
        BindException why = null;
        for (int port = first; port <= last; port++) {
            try {
                return bound(address, port).socket();
            } catch (BindException e) {
                if (why == null) {
                    bound(address, 0).close();
                }
                why = e;
            }
        }
        String all = "%s:%d-%d: none free".formatted(address.getHostAddress(), first, last);
        throw (BindException) new BindException(all).initCause(why);
    }

    /** Returns a listening channel; one that cannot be bound is closed. */
    private static ServerSocketChannel bound(InetAddress address, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            return channel.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
