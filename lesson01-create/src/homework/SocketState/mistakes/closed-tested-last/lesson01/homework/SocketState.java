package lesson01.homework;

import java.net.Socket;

enum SocketState {
    CREATED,
    BOUND,
    CONNECTED,
    CLOSED;

    static SocketState of(Socket socket) {

        if (socket.isConnected()) {
            return CONNECTED;
        } else if (socket.isBound()) {
            return BOUND;
        } else if (socket.isClosed()) {
            return CLOSED;
        } else {
            return CREATED;
        }
    }
}
