package lesson01.homework;

import java.net.Socket;

/**
 * What has become of a {@link Socket} so far.
 *
 * <pre>
 * new Socket()   bind (lesson 2)   connect, accept (lesson 3)   close
 * CREATED        BOUND             CONNECTED                    CLOSED
 * </pre>
 *
 * A socket may skip states, but is in exactly one at a time: the last one it has come to.
 */
enum SocketState {

    /** It has no address and no peer yet. */
    CREATED,

    /** It has an address of its own, and no peer. */
    BOUND,

    /**
     * It has, or had, a peer, and is not closed. It stays so when one or both of its directions are
     * shut ({@link Socket#shutdownInput}, {@link Socket#shutdownOutput}), and when the peer has
     * closed: only its own {@link Socket#close} ends it.
     */
    CONNECTED,

    /** It is closed, whatever it was before. */
    CLOSED;

    /**
     * Returns the state of {@code socket}. It asks at each call, and leaves the socket as it was:
     * it opens, reads, writes, changes (also no option) and closes nothing, returns at once, and
     * throws nothing, whichever of the four it is.
     *
     * <p>Need not be handled: {@code null}, and a socket whose {@code connect} has failed.
     */
    static SocketState of(Socket socket) {
        throw new ToDo("ask the socket what it is, and return its state");
    }
}
