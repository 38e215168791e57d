package lesson03.homework;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands at a listening socket: accepts each caller, gives each a number, and leads each to a
 * conversation of its own, until it is closed.
 *
 * <pre>
 * serve()   accept  1        accept  2        accept  3
 *                    \                \                \
 * threads             answer(1, ...)   answer(2, ...)   answer(3, ...)
 * </pre>
 */
public final class Doorman implements Closeable {

    /** What is said to a caller. */
    @FunctionalInterface
    public interface Handler {

        /** Talks to {@code caller}, who was the {@code number}th to be accepted. */
        void answer(int number, Socket caller) throws IOException;
    }

    /**
     * Makes a doorman for {@code listener}, which is bound and listens, and {@code handler}. It
     * accepts nobody before {@link #serve}.
     */
    public Doorman(ServerSocket listener, Handler handler) {
        throw new ToDo("keep the listener and the handler");
    }

    /**
     * Accepts callers with {@link ServerSocket#accept}, in the calling thread, until the listener
     * is closed: by {@link #close} or by somebody else, from another thread. Then it returns,
     * without an exception and at once: it waits neither for another caller nor for a handler. It
     * is called once. When somebody else closes the listener, the conversations may go on or be cut
     * off, either.
     *
     * <ul>
     *   <li>The callers are numbered 1, 2, 3 and so on, in the order in which they were accepted.
     *       No number comes twice, whoever has left meanwhile.
     *   <li>Each caller's {@link Handler#answer} runs in a thread that has no other conversation at
     *       that time. There is no limit on how many talk at the same time.
     *   <li>When {@code answer} returns, its caller's connection is closed. So it is when {@code
     *       answer} throws an {@link IOException} or a {@link RuntimeException}, and that ends this
     *       conversation only. Nobody need be told.
     *   <li>An accept that fails while the listener is open is followed by the next accept, after
     *       100 milliseconds at most. It takes no number.
     * </ul>
     *
     * Interrupts need not be handled.
     */
    public void serve() {
        throw new ToDo("accept, number, and hand each caller to a thread, until it is closed");
    }

    /**
     * Closes the listener, and cuts off the conversations: the connections of all callers are
     * closed, also of one who is being accepted meanwhile. It does not wait until their handlers
     * have returned. Any thread may call it, while {@link #serve} runs.
     */
    @Override
    public void close() throws IOException {
        throw new ToDo("close the listener, and the connections of all callers");
    }
}
