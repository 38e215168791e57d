package lesson03.homework;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands at a listening socket: accepts one client after another, gives each a number, and lets a
 * handler talk to each in a thread of its own, until it is closed.
 *
 * <pre>
 * serve()   accept  1        accept  2        accept  3
 *                    \                \                \
 * threads             answer(1, ...)   answer(2, ...)   answer(3, ...)
 * </pre>
 *
 * <p>About two hours; hard.
 *
 * <ul>
 *   <li>Only {@link #serve} accepts clients, with {@link ServerSocket#accept}, until the listener
 *       is closed, whoever closes it.
 *   <li>When the listener is closed, {@code serve} returns at once, without an exception.
 *   <li>Each doorman numbers its clients 1, 2, 3 and so on, in the order in which they were
 *       accepted, and shares nothing with other doormen.
 *   <li>The handler is called at once for each client, however many there are, in a thread that
 *       talks to no other client until the handler returns.
 *   <li>The handler gets the socket that accept has returned, with no setting changed.
 *   <li>When {@code answer} returns, or throws an exception, the connection of its client is
 *       closed, and no other client is affected.
 *   <li>When accept throws an {@code IOException} and the listener is open, {@code serve} calls it
 *       again within 100 ms, and skips no number.
 *   <li>{@link #close} closes the listener and the connections of all clients, even if clients are
 *       accepted, or leave, while it runs.
 *   <li>Neither {@code serve} nor {@code close} waits for a handler.
 *   <li>A second close does nothing, and a doorman that is closed before it serves accepts no
 *       client.
 *   <li>When a client has left, the doorman keeps no reference to its socket, and its thread ends
 *       or is used again. When {@code serve} and all handlers have returned, no thread is left.
 *   <li>Free: how many threads you use; interrupts; an Error in a handler; a close of a socket that
 *       fails or takes long; if the listener is closed during a pause after a failed accept,
 *       whether {@code serve} returns at once or at the end of the pause; and, for a client who is
 *       accepted while the listener closes, whether the handler is called, and whether the
 *       connection is closed before {@code close} returns or a moment later.
 * </ul>
 */
public final class Doorman implements Closeable {

    /** What is said to a client. */
    @FunctionalInterface
    public interface Handler {

        /** Talks to {@code client}, who was the {@code number}th to be accepted. */
        void answer(int number, Socket client) throws IOException;
    }

    /** Makes a doorman for {@code listener}, which is bound and listens, and {@code handler}. */
    public Doorman(ServerSocket listener, Handler handler) {
        throw new ToDo("keep the listener and the handler");
    }

    /** Accepts clients until the listener is closed. It is called once. */
    public void serve() {
        throw new ToDo("accept, number, and hand each client to a thread, until it is closed");
    }

    /**
     * Closes the listener and all connections. Any thread may call it, while {@link #serve} runs or
     * before.
     */
    @Override
    public void close() throws IOException {
        throw new ToDo("close the listener, and the connections of all clients");
    }
}
