package lesson05.homework;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;

/**
 * Carries a file over a link that loses, repeats and reorders datagrams, by stop and wait.
 *
 * <pre>
 * block            | up to 1,000 bytes of the file |
 * end              | nothing |
 * acknowledgement  | one byte |
 * </pre>
 */
final class ReliableTransfer {

    /** How many bytes of the file one datagram carries at most. */
    static final int BLOCK_BYTES = 1_000;

    private ReliableTransfer() {}

    /** Sends {@code file} to its end, and returns when all of it is acknowledged. */
    static void send(
            DatagramSocket socket,
            SocketAddress peer,
            InputStream file,
            int attempts,
            int pauseMillis)
            throws IOException {
        byte[] block;
        do {
            block = file.readNBytes(BLOCK_BYTES);
            send(socket, peer, block, attempts, pauseMillis);
        } while (block.length > 0);
    }

    /** Sends one block until it is acknowledged. */
    private static void send(
            DatagramSocket socket, SocketAddress peer, byte[] block, int attempts, int pauseMillis)
            throws IOException {
        for (int attempt = 1; attempt <= attempts; attempt++) {
            socket.send(new DatagramPacket(block, block.length, peer));
            if (isAcknowledged(socket, pauseMillis)) {
                return;
            }
        }
        throw new SocketTimeoutException("sent a block " + attempts + " times");
    }

    /** Waits for an acknowledgement. */
    private static boolean isAcknowledged(DatagramSocket socket, int pauseMillis)
            throws IOException {
        socket.setSoTimeout(pauseMillis);
        try {
            socket.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Receives one file, and lingers until nothing has come for {@code lingerMillis}. */
    static void receive(DatagramSocket socket, OutputStream file, int lingerMillis)
            throws IOException {
        byte[] buffer = new byte[BLOCK_BYTES];
        socket.setSoTimeout(0);
        try {
            while (true) {
                DatagramPacket letter = new DatagramPacket(buffer, buffer.length);
                socket.receive(letter);
                file.write(buffer, 0, letter.getLength());
                if (letter.getLength() == 0) {
                    socket.setSoTimeout(lingerMillis);
                }
                socket.send(new DatagramPacket(new byte[1], 1, letter.getSocketAddress()));
            }
        } catch (SocketTimeoutException e) {
        }
    }
}
