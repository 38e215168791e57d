package lesson01.homework;

import java.net.Socket;

/** The state of a socket, from its two addresses instead of its own words. */
enum SocketState {
    CREATED,
    BOUND,
    CONNECTED,
    CLOSED;

    static SocketState of(Socket socket) {
        int addresses = 0;
        if (socket.getLocalSocketAddress() != null) {
            addresses++;
        }
        if (socket.getRemoteSocketAddress() != null) {
            addresses++;
        }
        return socket.isClosed() ? CLOSED : values()[addresses];
    }
}
