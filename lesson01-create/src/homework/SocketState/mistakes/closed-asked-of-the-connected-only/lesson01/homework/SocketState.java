package lesson01.homework;

import java.net.Socket;

enum SocketState {
    CREATED,
    BOUND,
    CONNECTED,
    CLOSED;

    static SocketState of(Socket socket) {

        if (socket.isConnected() && !socket.isClosed()) {
            return CONNECTED;
        }
        if (socket.isBound()) {
            return BOUND;
        }
        return socket.isClosed() ? CLOSED : CREATED;
    }
}
