package lesson01.homework;

import java.io.IOException;
import java.net.Socket;

enum SocketState {
    CREATED,
    BOUND,
    CONNECTED,
    CLOSED;

    static SocketState of(Socket socket) {

        try (socket) {
            if (socket.isClosed()) {
                return CLOSED;
            }
            if (socket.isConnected()) {
                return CONNECTED;
            }
            return socket.isBound() ? BOUND : CREATED;
        } catch (IOException e) {
            return CLOSED;
        }
    }
}
