package lesson05.homework;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** Carries a file over a link that loses, repeats and reorders datagrams, by stop and wait. */
final class ReliableTransfer {

    /** How many bytes of the file one datagram carries at most. */
    private static final int BLOCK_BYTES = 1_000;

    /** How many bytes the number takes. */
    private static final int NUMBER_BYTES = 4;

    private ReliableTransfer() {}

    /** Sends {@code file} to its end, and returns when all of it is acknowledged. */
    static void send(
            DatagramSocket socket,
            SocketAddress peer,
            InputStream file,
            int attempts,
            int pauseMillis)
            throws IOException {
        int number = 0;
        byte[] block;
        do {
            // A whole block, unless the file ends: a single read may give less. The last block is
            // empty, and says that the file has ended.
            block = file.readNBytes(BLOCK_BYTES);
            send(socket, peer, number++, block, attempts, pauseMillis);
        } while (block.length > 0);
    }

    /** Sends one block until it is acknowledged. */
    private static void send(
            DatagramSocket socket,
            SocketAddress peer,
            int number,
            byte[] block,
            int attempts,
            int pauseMillis)
            throws IOException {
        byte[] datagram =
                ByteBuffer.allocate(NUMBER_BYTES + block.length).putInt(number).put(block).array();
        for (int attempt = 1; attempt <= attempts; attempt++) {
            socket.send(new DatagramPacket(datagram, datagram.length, peer));
            if (isAcknowledged(socket, number, pauseMillis)) {
                return;
            }
        }
        throw new SocketTimeoutException("sent block " + number + " " + attempts + " times");
    }

    /** Waits for the acknowledgement of block {@code number}, and for no other. */
    private static boolean isAcknowledged(DatagramSocket socket, int number, int pauseMillis)
            throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[NUMBER_BYTES], NUMBER_BYTES);
        long deadline = System.nanoTime() + pauseMillis * 1_000_000L;
        try {
            for (long left = pauseMillis; left > 0; left = millisUntil(deadline)) {
                socket.setSoTimeout((int) left);
                socket.receive(packet);
                if (number(packet) == number) {
                    return true;
                }
            }
        } catch (SocketTimeoutException e) {
            // the block was lost, or its acknowledgement: nobody can tell
        }
        return false;
    }

    /** Receives one file, and lingers until nothing has come for {@code lingerMillis}. */
    static void receive(DatagramSocket socket, OutputStream file, int lingerMillis)
            throws IOException {
        byte[] buffer = new byte[NUMBER_BYTES + BLOCK_BYTES];
        int expected = 0;
        socket.setSoTimeout(0);
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return; // silence since the end: the sender has what it needs
            }
            int length = packet.getLength() - NUMBER_BYTES;

            // The next block is written once. Any other number has come before.
            if (number(packet) == expected) {
                file.write(buffer, NUMBER_BYTES, length);
                expected++;
                if (length == 0) {
                    socket.setSoTimeout(lingerMillis);
                }
            }
            // A block that comes again is acknowledged again: the sender has not heard of it.
            socket.send(new DatagramPacket(buffer, NUMBER_BYTES, packet.getSocketAddress()));
        }
    }

    private static int number(DatagramPacket packet) {
        return ByteBuffer.wrap(packet.getData()).getInt();
    }

    /** Rounded up: 0 would make {@code receive} wait for ever. */
    private static long millisUntil(long deadline) {
        return (deadline - System.nanoTime() + 999_999) / 1_000_000;
    }
}
