package lesson05.homework;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.SocketAddress;

/**
 * Carries a file over a link that loses, repeats and reorders datagrams, by stop and wait: the
 * sender sends one datagram, again and again until it is acknowledged, and only then the next one.
 *
 * <pre>
 * block             number, 4 bytes | 1 to 1,000 bytes of the file
 * end               number, 4 bytes
 * acknowledgement   number, 4 bytes
 *
 * a file of 1,500 bytes:   0 and 1,000 bytes -&gt;   &lt;- 0   1 and 500 bytes -&gt;   &lt;- 1   2 -&gt;   &lt;- 2
 * </pre>
 *
 * <p>About 90 minutes; hard, because the sender cannot tell whether the datagram or its
 * acknowledgement was lost.
 *
 * <ul>
 *   <li>{@link #send} sends the blocks of {@code file} in order, numbered from 0 (4 bytes, the most
 *       significant first), and then an end with the next number.
 *   <li>{@link #send} reads {@code file} to its end, however few bytes a read brings, and the file
 *       may be empty.
 *   <li>{@link #send} sends the next datagram, or returns, only when the one before is
 *       acknowledged.
 *   <li>{@link #send} sends a datagram again when {@code pauseMillis} have passed without its
 *       acknowledgement.
 *   <li>{@link #send} sends no datagram, not even the end, more than {@code attempts} times: when
 *       the pause after the last time is over, it throws a {@code SocketTimeoutException}.
 *   <li>An acknowledgement of another number is old: it neither ends the pause nor makes it longer.
 *   <li>{@link #receive} writes each block once, in order, before it acknowledges it.
 *   <li>{@link #receive} acknowledges each datagram of the file, new or old, by its number to where
 *       it came from, however late it comes again.
 *   <li>{@link #receive} waits without a bound until the end comes, and then returns when nothing
 *       has come for {@code lingerMillis}: each datagram that comes starts this time anew.
 *   <li>An exception of the socket or the file, except a timeout of {@code DatagramSocket.receive},
 *       reaches the caller at once, unchanged.
 *   <li>Several files may be carried at once, each through two sockets of its own.
 *   <li>Only the calling thread uses the socket, which is never connected, and neither the socket
 *       nor the file is closed.
 *   <li>Free: exception messages, how many bytes of the file each block has, the timeouts that the
 *       sockets are left with, whether the file is flushed, datagrams that are not the other end's,
 *       and numbers beyond the next one.
 * </ul>
 */
final class ReliableTransfer {

    private ReliableTransfer() {}

    /**
     * Sends {@code file}, which has fewer than 2,000,000,000 bytes.
     *
     * @param socket bound and not connected, and for this file alone
     * @param peer where the receiver's socket is
     * @param attempts how often to send one datagram at most, 1 or more
     * @param pauseMillis how long to wait for each acknowledgement, in milliseconds, 1 or more
     */
    static void send(
            DatagramSocket socket,
            SocketAddress peer,
            InputStream file,
            int attempts,
            int pauseMillis)
            throws IOException {
        throw new ToDo("send the file block by block, each until it is acknowledged");
    }

    /**
     * Receives one file, and writes it to {@code file}.
     *
     * @param socket bound and not connected, and for this file alone
     * @param lingerMillis how long nothing must have come after the end, in milliseconds, 1 or more
     */
    static void receive(DatagramSocket socket, OutputStream file, int lingerMillis)
            throws IOException {
        throw new ToDo("write each block once, acknowledge it each time, and linger at the end");
    }
}
