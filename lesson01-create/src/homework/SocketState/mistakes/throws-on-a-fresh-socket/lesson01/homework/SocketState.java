package lesson01.homework;

import java.net.Socket;

enum SocketState {
    CREATED,
    BOUND,
    CONNECTED,
    CLOSED;

    static SocketState of(Socket socket) {

        if (socket.isClosed()) {
            return CLOSED;
        }
        if (!socket.getInetAddress().isAnyLocalAddress()) {
            return CONNECTED;
        }
        return socket.isBound() ? BOUND : CREATED;
    }
}
