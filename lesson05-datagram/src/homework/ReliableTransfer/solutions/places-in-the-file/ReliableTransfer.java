package lesson05.homework;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/**
 * Built differently: a datagram names its place in the file, the last one says so itself, and an
 * acknowledgement names how many bytes are written.
 */
final class ReliableTransfer {

    private static final int PAYLOAD_BYTES = 512;

    private ReliableTransfer() {}

    /** Sends {@code file} to its end, and returns when all of it is acknowledged. */
    static void send(
            DatagramSocket socket,
            SocketAddress peer,
            InputStream file,
            int attempts,
            int pauseMillis)
            throws IOException {
        long position = 0;
        byte[] next = file.readNBytes(PAYLOAD_BYTES);
        boolean last;
        do {
            byte[] bytes = next;
            next = file.readNBytes(PAYLOAD_BYTES);
            last = next.length == 0;
            byte[] datagram = datagram(position, last, bytes);

            // The end counts for one byte more, so that it is told from what came before.
            long awaited = position + bytes.length + (last ? 1 : 0);
            int attempt = 0;
            do {
                if (attempt++ == attempts) {
                    throw new SocketTimeoutException(peer + " does not confirm " + awaited);
                }
                socket.send(new DatagramPacket(datagram, datagram.length, peer));
            } while (!comes(awaited, socket, pauseMillis));
            position += bytes.length;
        } while (!last);
    }

    private static byte[] datagram(long position, boolean last, byte[] bytes) throws IOException {
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(datagram);
        out.writeLong(position);
        out.writeBoolean(last);
        out.write(bytes);
        return datagram.toByteArray();
    }

    /** Waits in slices of a millisecond, so that a slice needs no deadline. */
    private static boolean comes(long awaited, DatagramSocket socket, int pauseMillis)
            throws IOException {
        DatagramPacket letter = new DatagramPacket(new byte[8], 8);
        long start = System.nanoTime();
        socket.setSoTimeout(1);
        do {
            try {
                socket.receive(letter);
                if (data(letter).readLong() == awaited) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                // the slice is over
            }
        } while (System.nanoTime() - start < pauseMillis * 1_000_000L);
        return false;
    }

    /** Receives one file, and lingers until nothing has come for {@code lingerMillis}. */
    static void receive(DatagramSocket socket, OutputStream file, int lingerMillis)
            throws IOException {
        DatagramPacket letter = new DatagramPacket(new byte[1_024], 1_024);
        long size = 0;
        boolean ended = false;
        while (true) {
            socket.setSoTimeout(ended ? lingerMillis : 0);
            try {
                socket.receive(letter);
            } catch (SocketTimeoutException e) {
                return;
            }
            DataInputStream in = data(letter);
            long position = in.readLong();
            boolean last = in.readBoolean();
            byte[] bytes = in.readAllBytes();
            if (position == size && !ended) {
                file.write(bytes);
                file.flush();
                size += bytes.length;
                ended = last;
            }
            confirm(socket, letter.getSocketAddress(), position + bytes.length + (last ? 1 : 0));
        }
    }

    private static void confirm(DatagramSocket socket, SocketAddress sender, long written)
            throws IOException {
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        new DataOutputStream(datagram).writeLong(written);
        byte[] bytes = datagram.toByteArray();
        socket.send(new DatagramPacket(bytes, bytes.length, sender));
    }

    private static DataInputStream data(DatagramPacket letter) {
        byte[] bytes = Arrays.copyOf(letter.getData(), letter.getLength());
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
