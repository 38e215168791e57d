package lesson05.homework;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a question over datagrams, until its answer comes or the attempts are used up. */
final class Question {

    /** How many bytes the number takes. */
    private static final int NUMBER_BYTES = 4;

    /** Room for any datagram, because the length field of UDP has 16 bits. */
    private static final int BUFFER_BYTES = 65_535;

    private static final AtomicInteger lastNumber = new AtomicInteger();

    private Question() {}

    /** Sends {@code text} to {@code peer}, and returns the answer. */
    static byte[] ask(
            DatagramSocket socket, SocketAddress peer, byte[] text, int attempts, int timeoutMillis)
            throws IOException {
        int number = lastNumber.incrementAndGet();
        byte[] datagram =
                ByteBuffer.allocate(NUMBER_BYTES + text.length).putInt(number).put(text).array();
        int timeoutBefore = socket.getSoTimeout();
        try {
            for (int attempt = 1; attempt <= attempts; attempt++) {
                // send: the same bytes each time. An answer to any of them will do.
                socket.send(new DatagramPacket(datagram, datagram.length, peer));

                byte[] answer = receive(socket, peer, number, timeoutMillis);
                if (answer != null) {
                    return answer;
                }
            }
        } finally {
            socket.setSoTimeout(timeoutBefore);
        }
        throw new SocketTimeoutException("asked " + attempts + " times");
    }

    /** Waits for the answer to question {@code number}; null when it does not come in time. */
    private static byte[] receive(
            DatagramSocket socket, SocketAddress peer, int number, int timeoutMillis)
            throws IOException {
        // One deadline for all that comes: a timeout of its own for each would let junk renew it.
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (long left = timeoutMillis; left > 0; left = millisUntil(deadline)) {
                // receive: takes the next datagram, waiting no longer than until the deadline.
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.setSoTimeout((int) left);
                socket.receive(packet);

                // The answer: from the peer, by address and port, and with the question's number.
                if (packet.getSocketAddress().equals(peer)
                        && packet.getLength() >= NUMBER_BYTES
                        && ByteBuffer.wrap(buffer).getInt() == number) {
                    return Arrays.copyOfRange(buffer, NUMBER_BYTES, packet.getLength());
                }
            }
        } catch (SocketTimeoutException e) {
            // lost, or late: ask again
        }
        return null;
    }

    /** Rounded up: 0 would make {@code receive} wait for ever. */
    private static long millisUntil(long deadline) {
        return (deadline - System.nanoTime() + 999_999) / 1_000_000;
    }
}
