package lesson01.homework;

import java.io.IOException;
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
        if (socket.isConnected()) {
            try {
                return socket.getInputStream().read() < 0 ? CLOSED : CONNECTED;
            } catch (IOException e) {
                return CLOSED;
            }
        }
        return socket.isBound() ? BOUND : CREATED;
    }
}
