package lesson05.homework;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketAddress;

/**
 * Asks a question over datagrams: asks again when no answer comes, and takes nothing else for the
 * answer.
 *
 * <pre>
 * question  | number, 4 bytes | text, up to 1,000 bytes |
 * answer    | the same number | text, up to 1,000 bytes |
 * </pre>
 */
final class Question {

    private Question() {}

    /**
     * Sends {@code question} to {@code peer}, and returns the text of the answer, without its
     * number.
     *
     * <p>The number is yours to choose. All attempts of one call use the same one, so that an
     * answer to the first attempt counts during the second. Of a thousand calls in a row no two use
     * the same one, whatever their threads, sockets and peers. A counter of 32 bits will do; so
     * will 32 random bits.
     *
     * <p>The answer is a datagram from {@code peer}, from this address and this port, with the
     * number of this question in its first four bytes. Its text may be empty. Anything else is
     * thrown away, and changes nothing: it ends no attempt, and makes none longer. Late answers to
     * earlier questions, letters from strangers, and datagrams of fewer than four bytes are such.
     *
     * <p>An attempt is one datagram, and then up to {@code timeoutMillis} of waiting for the
     * answer, rounded to a millisecond. A peer that nobody owns is a peer that does not answer yet:
     * the attempt goes on.
     *
     * <p>The socket is left as it was, after an answer and after an exception: not connected, not
     * closed, and with the timeout ({@link DatagramSocket#getSoTimeout}) that it had. What is done
     * to it meanwhile is yours to choose; it may be connected for a while.
     *
     * <p>Need not be handled: two threads that ask through one socket at the same time.
     *
     * @param socket sends and receives; it is bound, and not connected
     * @param question the text, at most 1,000 bytes
     * @param attempts how often to send the question at most, 1 or more
     * @param timeoutMillis how long to wait after each time, in milliseconds, 1 or more
     * @throws java.net.SocketTimeoutException when the time of the last attempt is over
     * @throws IOException at once, when the socket fails or is closed (another kind, then, than
     *     {@code SocketTimeoutException})
     */
    static byte[] ask(
            DatagramSocket socket,
            SocketAddress peer,
            byte[] question,
            int attempts,
            int timeoutMillis)
            throws IOException {
        throw new ToDo("send the question, again when no answer comes, and return the answer");
    }
}
