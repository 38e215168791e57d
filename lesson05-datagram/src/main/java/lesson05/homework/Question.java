package lesson05.homework;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketAddress;

/**
 * Asks a question over datagrams: sends it, waits for the answer, and sends it again if none comes.
 *
 * <pre>
 * question   number, 4 bytes   | text, up to 1,000 bytes      00 00 00 07 74 69 6d 65 3f   "time?"
 * answer     the same 4 bytes  | text, up to 1,000 bytes      00 00 00 07 74 65 6e         "ten"
 * </pre>
 *
 * <p>About an hour; medium.
 *
 * <ul>
 *   <li>Each attempt sends one datagram to {@code peer}: a number of 4 bytes, then the whole text.
 *   <li>All attempts of one call have the same number, so that an answer to the first attempt
 *       counts during the second.
 *   <li>Each call has a new number, whatever its socket, its peer and its thread: it comes from one
 *       counter of 32 bits, or from 32 random bits.
 *   <li>The answer is a datagram from the address and the port of {@code peer} that begins with the
 *       number of this call, and {@link #ask} returns the text behind the number, which may be
 *       empty.
 *   <li>Any other datagram is discarded: it neither ends the attempt nor makes it longer.
 *   <li>An attempt is over when {@code timeoutMillis} have passed since its datagram was sent, and
 *       then the next one begins at once.
 *   <li>When the last of {@code attempts} is over, {@link #ask} throws a {@code
 *       SocketTimeoutException}.
 *   <li>Only the calling thread uses the socket, and it never connects it, because a connected
 *       socket may fail while no socket has the peer's address.
 *   <li>An {@code IOException} of the socket, except a timeout of {@code receive}, reaches the
 *       caller at once, unchanged.
 *   <li>However {@link #ask} ends, it leaves the socket open, with the timeout that it had before.
 *   <li>Several threads may ask at once, each through a socket of its own, and no call waits for
 *       another.
 *   <li>Free: exception messages, which {@code SocketException} is thrown if the socket is closed
 *       meanwhile, and an answer with more than 1,000 bytes of text.
 * </ul>
 */
final class Question {

    private Question() {}

    /**
     * Sends {@code text} to {@code peer}, and returns the text of the answer.
     *
     * @param socket bound and not connected
     * @param text at most 1,000 bytes
     * @param attempts how often to send the question at most, 1 or more
     * @param timeoutMillis how long to wait for the answer to each attempt, in milliseconds, 1 or
     *     more
     */
    static byte[] ask(
            DatagramSocket socket, SocketAddress peer, byte[] text, int attempts, int timeoutMillis)
            throws IOException {
        throw new ToDo("send the question, again if no answer comes, and return the answer");
    }
}
