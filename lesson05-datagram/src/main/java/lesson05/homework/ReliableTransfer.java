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
 * <p>The last acknowledgement can be lost, too. So the receiver lingers: when it has all, it stays
 * for a while, and acknowledges what comes again.
 *
 * <p>Both ends are yours, so what stands in a datagram is for you to decide. The link
 *
 * <ul>
 *   <li>loses datagrams of both directions, but never more than three of one direction in a row;
 *   <li>delivers a datagram several times, or much later than others that were sent after it;
 *   <li>never changes or cuts one of up to {@link #DATAGRAM_BYTES}, and carries nothing longer.
 * </ul>
 *
 * A copy can come so late that hundreds of blocks lie between: a number must not come again within
 * one file. Files have fewer than 2,000,000,000 bytes.
 *
 * <p>The timeouts of both sockets are yours to change, and need not be put back.
 *
 * <p>Need not be handled: letters from strangers; a second file through the same sockets.
 */
final class ReliableTransfer {

    /** How many bytes of the file one datagram carries at most. */
    static final int BLOCK_BYTES = 1_000;

    /** How long a datagram is at most, in bytes, with all that stands in it. */
    static final int DATAGRAM_BYTES = 1_024;

    private ReliableTransfer() {}

    /**
     * Sends {@code file} to its end. Returns when the receiver has acknowledged all of it, and its
     * end; by then all of it is written there. The file may be empty, and its length a multiple of
     * {@link #BLOCK_BYTES}.
     *
     * @param socket sends blocks and receives acknowledgements; bound, not connected, and for this
     *     file alone
     * @param peer where the receiver's socket is
     * @param file gives bytes in pieces of any size: a short read is not the end
     * @param attempts how often to send one datagram at most, 1 or more
     * @param pauseMillis how long to wait for an acknowledgement after each time, in milliseconds,
     *     rounded to one; what else comes ends no pause, and makes none longer
     * @throws java.net.SocketTimeoutException when one datagram was sent {@code attempts} times,
     *     each with its pause, and was not acknowledged
     * @throws IOException when the socket or {@code file} fails
     */
    static void send(
            DatagramSocket socket,
            SocketAddress peer,
            InputStream file,
            int attempts,
            int pauseMillis)
            throws IOException {
        throw new ToDo("send the file, block by block, each until it is acknowledged");
    }

    /**
     * Receives one file, and writes it to {@code file}. Each block is written before it is
     * acknowledged. Acknowledgements go to where the blocks come from.
     *
     * <p>When all is written it lingers: it stays, and acknowledges what comes again, until {@code
     * lingerMillis} have passed in which nothing came; then it returns. What comes begins this time
     * anew. It may return earlier when a datagram of the sender tells that it has the last
     * acknowledgement. The sender relies on it: its pauses are much shorter.
     *
     * <p>Until the file has ended it waits without a bound; closing {@code socket} from another
     * thread ends it with a {@link java.net.SocketException}.
     *
     * @param socket receives blocks and sends acknowledgements; bound, not connected, and for this
     *     file alone
     * @param lingerMillis how long the link must have been silent after the end, in milliseconds
     * @throws IOException when the socket or {@code file} fails; what is not written is not
     *     acknowledged
     */
    static void receive(DatagramSocket socket, OutputStream file, int lingerMillis)
            throws IOException {
        throw new ToDo("write each block once, acknowledge it each time, and linger at the end");
    }
}
