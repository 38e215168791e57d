package lesson03.homework;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands at a listening socket: accepts one client after another, gives each a number, and lets a
 * handler talk to each in a thread of its own, until it is closed. About two hours; hard.
 *
 * <pre>
 * serve()   accept  1        accept  2        accept  3
 *                    \                \                \
 * threads             answer(1, ...)   answer(2, ...)   answer(3, ...)
 * </pre>
 *
 * <ol>
 *   <li>Only {@link #serve} accepts clients, with {@link ServerSocket#accept}, until the listener
 *       is closed, whoever closes it.
 *   <li>Then it returns at once, without an exception.
 *   <li>Each doorman numbers its clients 1, 2, 3 and so on, in the order in which they were
 *       accepted, and shares nothing with other doormen.
 *   <li>Each client is answered at once, however many there are: in a thread that talks to nobody
 *       else meanwhile.
 *   <li>The handler gets the socket that accept has returned, with no option changed.
 *   <li>When {@code answer} returns, or throws an exception, the connection of its client is
 *       closed, and nobody else is disturbed.
 *   <li>An accept that fails while the listener is open is followed by the next one within 100 ms,
 *       and takes no number.
 *   <li>{@link #close} closes the listener and the connections of all clients, also of those who
 *       are accepted, or leave, while it runs.
 *   <li>Neither {@code serve} nor {@code close} waits for a handler.
 *   <li>Closing twice is closing once, and a doorman that was closed before it serves accepts
 *       nobody.
 *   <li>When a client has left, nothing is kept of it, its thread ends or talks to another one, and
 *       when {@code serve} and all handlers have returned, no thread is left.
 *   <li>Free: which threads, and how many; interrupts, an Error in a handler, and a close that
 *       fails need no care.
 * </ol>
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

    /** Ends it all. Any thread may call it, while {@link #serve} runs or before. */
    @Override
    public void close() throws IOException {
        throw new ToDo("close the listener, and the connections of all clients");
    }
}
