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
        return socket.isConnected() ? CONNECTED : CREATED;
    }
}
