package lesson03.homework;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;

/**
 * Calls an address, and calls again when that fails: a bounded number of attempts, a pause between
 * two of them, and one deadline for all of it. With a first pause of 100 and a deadline of 1000:
 *
 * <pre>
 * attempt  100 ms  attempt  200 ms  attempt  400 ms  attempt
 * </pre>
 *
 * and no more: the next pause, 800 ms, would pass the deadline.
 *
 * <p>One thread at a time uses a dialer; it may {@linkplain #connect} many times, and each call
 * starts from the beginning. Arguments outside the limits named here need not be handled.
 */
public final class Dialer {

    /**
     * Makes a dialer whose attempts each take a {@code new Socket()}.
     *
     * @param attempts how many attempts there are at most, 1 or more
     * @param firstPauseMillis the pause after the first attempt, in milliseconds, 0 or more
     * @param deadlineMillis the time for all attempts and pauses together, in milliseconds, 1 or
     *     more; it begins when {@link #connect} is called
     */
    public Dialer(int attempts, int firstPauseMillis, int deadlineMillis) {
        throw new ToDo("keep the limits; the sockets are new Socket()");
    }

    /**
     * Makes a dialer as above that takes its sockets from {@code sockets}: each attempt takes a new
     * one there, which is not connected, and calls its {@link
     * Socket#connect(java.net.SocketAddress, int)} once. A socket whose connect has failed cannot
     * be used again.
     */
    public Dialer(
            int attempts, int firstPauseMillis, int deadlineMillis, Supplier<Socket> sockets) {
        throw new ToDo("keep the limits and the supplier of sockets");
    }

    /**
     * Connects to {@code address}, and returns the connected socket of the first attempt that
     * succeeds. It is the caller's to close.
     *
     * <ul>
     *   <li>There is always a first attempt, and it begins at once. An attempt has failed when its
     *       connect throws an {@link IOException}, whichever; then its socket is closed.
     *   <li>Between the failure of an attempt and the beginning of the next is a pause: the first
     *       is {@code firstPauseMillis} long, each later one twice as long as the one before. There
     *       is none after the last attempt.
     *   <li>Each attempt is given all the time that is left until the deadline, not more, in whole
     *       milliseconds and at least 1: for {@link Socket#connect(java.net.SocketAddress, int)} 0
     *       means for ever.
     *   <li>No attempt begins after the deadline, and no pause passes it: where the next pause
     *       would not end before the deadline, the dialer gives up at once.
     * </ul>
     *
     * A socket's own timeout may come a millisecond early or late; the dialer need not be more
     * exact.
     *
     * @throws java.net.UnknownHostException at once, and without a further attempt, if {@code
     *     address} has no IP address ({@link InetSocketAddress#isUnresolved()}): another attempt
     *     would not find one either
     * @throws IOException when the dialer gives up: the exception of the last attempt itself, not
     *     another one around it
     * @throws InterruptedException if the calling thread is interrupted, without a further attempt;
     *     at once in a pause. An interrupt during an attempt is noticed in the pause after it at
     *     the latest; during the last attempt it may go unnoticed. Where the thread is interrupted
     *     already when it calls, the first attempt may be made or not.
     */
    public Socket connect(InetSocketAddress address) throws IOException, InterruptedException {
        throw new ToDo("connect, with attempts, growing pauses, and one deadline for all of it");
    }
}
