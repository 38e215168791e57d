package lesson01.homework;

import java.net.Socket;

/**
 * The state of a {@link Socket}: the last of four steps that it has reached. It may skip steps. Its
 * peer is the other end of its connection.
 *
 * <pre>
 * new Socket()   bind (lesson 2)   connect, accept (lesson 3)   close
 * CREATED        BOUND             CONNECTED                    CLOSED
 * </pre>
 *
 * <pre>
 * Socket socket = new Socket();
 * SocketState.of(socket)           // CREATED
 * socket.close();
 * SocketState.of(socket)           // CLOSED
 * </pre>
 *
 * <p>About 15 minutes; easy, once you know which of a socket's answers stay {@code true}.
 *
 * <ul>
 *   <li>An open socket that has no address and no peer yet is {@code CREATED}.
 *   <li>An open socket that has an address of its own, and no peer yet, is {@code BOUND}.
 *   <li>An open socket that was connected, or accepted, is {@code CONNECTED}.
 *   <li>It stays {@code CONNECTED} when one or both of its directions are shut down ({@link
 *       Socket#shutdownInput}, {@link Socket#shutdownOutput}).
 *   <li>It stays {@code CONNECTED} when its peer has closed.
 *   <li>A closed socket is {@code CLOSED}, whatever it was before.
 *   <li>{@link #of} asks the socket at each call, keeps no socket in memory, and may be called by
 *       several threads at once.
 *   <li>{@link #of} throws nothing, and does not wait for the peer.
 *   <li>{@link #of} leaves the socket as it was: it binds, closes, reads, writes and sets nothing,
 *       and opens no descriptor.
 *   <li>Free: {@code null}, and a socket whose {@code connect} has failed.
 * </ul>
 */
enum SocketState {
    CREATED,
    BOUND,
    CONNECTED,
    CLOSED;

    /** Returns the state of {@code socket}. */
    static SocketState of(Socket socket) {
        throw new ToDo("ask the socket about its state, and return it");
    }
}
