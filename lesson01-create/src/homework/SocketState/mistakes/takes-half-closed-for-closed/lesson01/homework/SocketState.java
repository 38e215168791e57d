package lesson01.homework;

import java.net.Socket;

enum SocketState {
    CREATED,
    BOUND,
    CONNECTED,
    CLOSED;

    static SocketState of(Socket socket) {

        if (socket.isClosed() || socket.isInputShutdown() || socket.isOutputShutdown()) {
            return CLOSED;
        }
        if (socket.isConnected()) {
            return CONNECTED;
        }
        return socket.isBound() ? BOUND : CREATED;
    }
}
