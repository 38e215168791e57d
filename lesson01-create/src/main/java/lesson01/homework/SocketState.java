package lesson01.homework;

import java.net.Socket;

/**
 * The state of a {@link Socket}: the last of four steps that it has come to. It may skip steps.
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
 * <p>About 15 minutes; easy, once you know which answers of a socket never turn back.
 *
 * <ul>
 *   <li>A socket that has no address and no peer yet is {@code CREATED}.
 *   <li>A socket that has an address of its own, and no peer yet, is {@code BOUND}.
 *   <li>A socket that was connected, or accepted, is {@code CONNECTED}.
 *   <li>It stays {@code CONNECTED} when one or both of its directions are shut down ({@link
 *       Socket#shutdownInput}, {@link Socket#shutdownOutput}).
 *   <li>It stays {@code CONNECTED} when its peer has closed.
 *   <li>A socket that was closed is {@code CLOSED}, whatever it was before.
 *   <li>{@link #of} asks the socket at each call, and remembers nothing of it or of another.
 *   <li>{@link #of} returns at once and throws nothing.
 *   <li>{@link #of} leaves the socket as it was: it binds, closes, reads, writes and sets nothing,
 *       and opens no descriptor.
 *   <li>Free: {@code null}, and a socket whose {@code connect} has failed, need not be handled.
 * </ul>
 */
enum SocketState {
    CREATED,
    BOUND,
    CONNECTED,
    CLOSED;

    /** Returns the state of {@code socket}. */
    static SocketState of(Socket socket) {
        throw new ToDo("ask the socket what it is, and return its state");
    }
}
