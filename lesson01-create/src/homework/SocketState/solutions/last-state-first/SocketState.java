package lesson01.homework;

import java.net.Socket;

/** What has become of a {@link Socket} so far: the last of four states that it has come to. */
enum SocketState {
    /** It has no address and no peer yet. */
    CREATED,
    /** It has an address of its own, and no peer. */
    BOUND,
    /** It has, or had, a peer, and is not closed. */
    CONNECTED,
    /** It is closed, whatever it was before. */
    CLOSED;

    /** Returns the state of {@code socket}, by asking only. */
    static SocketState of(Socket socket) {
        // A socket remembers: closed, it still says that it is connected, and connected, that it
        // is bound. So the last state is asked for first.
        if (socket.isClosed()) {
            return CLOSED;
        }
        if (socket.isConnected()) {
            return CONNECTED;
        }
        return socket.isBound() ? BOUND : CREATED;
    }
}
