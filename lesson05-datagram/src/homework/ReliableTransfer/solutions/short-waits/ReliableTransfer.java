package lesson05.homework;

import java.io.ByteArrayOutputStream;
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
 * Built differently: an object for each end, a block for each read, and waits of a millisecond, so
 * that none of them needs a deadline.
 */
final class ReliableTransfer {

    private final DatagramSocket socket;
    private final DatagramPacket packet = new DatagramPacket(new byte[1_024], 1_024);

    private ReliableTransfer(DatagramSocket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(1);
    }

    /** Sends {@code file} to its end, and returns when all of it is acknowledged. */
    static void send(
            DatagramSocket socket,
            SocketAddress peer,
            InputStream file,
            int attempts,
            int pauseMillis)
            throws IOException {
        ReliableTransfer sender = new ReliableTransfer(socket);
        byte[] bytes = new byte[1_000];
        int number = 0;
        int count;
        do {
            count = Math.max(0, file.read(bytes));
            ByteArrayOutputStream datagram = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(datagram);
            out.writeInt(number++);
            out.write(bytes, 0, count);
            sender.deliver(
                    new DatagramPacket(datagram.toByteArray(), 4 + count, peer),
                    attempts,
                    pauseMillis);
        } while (count > 0);
    }

    private void deliver(DatagramPacket block, int attempts, int pauseMillis) throws IOException {
        byte[] number = Arrays.copyOf(block.getData(), 4);
        for (int left = attempts; left > 0; left--) {
            socket.send(block);
            long start = System.nanoTime();
            do {
                if (comes() && Arrays.equals(number, Arrays.copyOf(packet.getData(), 4))) {
                    return;
                }
            } while (System.nanoTime() - start < pauseMillis * 1_000_000L);
        }
        throw new SocketTimeoutException("no acknowledgement");
    }

    /** Receives one file, and lingers until nothing has come for {@code lingerMillis}. */
    static void receive(DatagramSocket socket, OutputStream file, int lingerMillis)
            throws IOException {
        ReliableTransfer receiver = new ReliableTransfer(socket);
        DatagramPacket packet = receiver.packet;
        byte[] next = new byte[4];
        boolean ended = false;
        long heard = System.nanoTime();
        while (!ended || System.nanoTime() - heard < lingerMillis * 1_000_000L) {
            if (!receiver.comes()) {
                continue;
            }
            byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
            if (Arrays.equals(next, Arrays.copyOf(datagram, 4))) {
                file.write(datagram, 4, datagram.length - 4);
                ended = datagram.length == 4;
                for (int i = 3; i >= 0 && ++next[i] == 0; i--) {
                    // a carry: the next byte counts, too
                }
            }
            socket.send(new DatagramPacket(datagram, 4, packet.getSocketAddress()));
            heard = System.nanoTime();
        }
    }

    /** Takes one datagram, waiting a millisecond at most. */
    private boolean comes() throws IOException {
        try {
            socket.receive(packet);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
