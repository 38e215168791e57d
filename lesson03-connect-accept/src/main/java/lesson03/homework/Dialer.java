package lesson03.homework;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;

/**
 * Connects to a server, and tries again when that fails: a bounded number of attempts, growing
 * pauses between them, and one deadline for all of it.
 *
 * <p>With 5 attempts, a first pause of 100 ms and a deadline of 1,000 ms, against a server that
 * refuses at once:
 *
 * <pre>
 * attempt  100 ms  attempt  200 ms  attempt  400 ms  attempt  gives up
 * </pre>
 *
 * The dialer gives up after the fourth attempt, because the next pause, 800 ms, would not end
 * before the deadline.
 *
 * <p>About 90 minutes; medium. The tests hand over a supplier whose sockets record each call and
 * fail as planned.
 *
 * <ul>
 *   <li>Each attempt takes one new socket from the supplier, and calls {@link
 *       Socket#connect(java.net.SocketAddress, int)} once, with the address that the dialer was
 *       given.
 *   <li>The first attempt begins at once, and the first one to succeed ends the call: its socket is
 *       returned, connected and open, with no setting changed.
 *   <li>An attempt that throws an {@link IOException} of any kind has failed, and another attempt
 *       follows.
 *   <li>The dialer gives up after {@code attempts} attempts, without another pause: it throws the
 *       exception of the last attempt, the very same object.
 *   <li>If the address is unresolved, {@link java.net.UnknownHostException} is thrown after one
 *       attempt at most, because another attempt would not find an IP address either.
 *   <li>The pause after the first attempt lasts {@code firstPauseMillis}, and the pause after each
 *       later attempt twice as long as the one before.
 *   <li>The deadline is {@code deadlineMillis} after the beginning of the call, and the timeout of
 *       each connect is the time that is left when it is called, but at least 1 ms, because a
 *       timeout of 0 means no limit.
 *   <li>The dialer gives up in the same way after a failed attempt if the next pause would not end
 *       before the deadline, or if the deadline has passed.
 *   <li>An interrupt during a pause, or during the attempt before it, ends that pause at once with
 *       {@link InterruptedException}, even a pause of 0 ms.
 *   <li>Calls are independent, even if they run at the same time on the same dialer: each has all
 *       its attempts, starts with the first pause, and has a deadline of its own.
 *   <li>When a call has ended, every socket is closed but the one that it returned, and no thread
 *       is left.
 *   <li>Free: how you wait and measure time, to a millisecond or two; whether you look at the clock
 *       again before a later attempt, and give up then; the interrupt flag of a call that ends
 *       without a pause; a close that fails; a {@code RuntimeException}; arguments out of range;
 *       and an unknown host at a resolved address.
 * </ul>
 */
public final class Dialer {

    /** Makes a dialer whose attempts each take a {@code new Socket()}. */
    public Dialer(int attempts, int firstPauseMillis, int deadlineMillis) {
        throw new ToDo("keep the limits, and take each socket from new Socket()");
    }

    /**
     * Makes a dialer that takes its sockets from {@code sockets}.
     *
     * @param attempts how many attempts there are at most, 1 or more
     * @param firstPauseMillis the pause after the first attempt, in milliseconds, 0 or more
     * @param deadlineMillis the time for all attempts and pauses together, in milliseconds, 1 or
     *     more
     * @param sockets returns a new socket at each call, which is not connected
     */
    public Dialer(
            int attempts, int firstPauseMillis, int deadlineMillis, Supplier<Socket> sockets) {
        throw new ToDo("keep the limits and the supplier of sockets");
    }

    /**
     * Connects to {@code address}, and returns the socket, which the caller closes.
     *
     * @throws java.net.UnknownHostException if {@code address} is unresolved
     * @throws IOException when the dialer gives up
     * @throws InterruptedException if the thread is interrupted
     */
    public Socket connect(InetSocketAddress address) throws IOException, InterruptedException {
        throw new ToDo(
                "connect: attempts, growing pauses between them, and one deadline for all of it");
    }
}
