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
            return CONNECTED;
        }
        try {
            socket.bind(null);
            return CREATED;
        } catch (IOException e) {
            return BOUND; // bind fails: it is bound already
        }
    }
}
