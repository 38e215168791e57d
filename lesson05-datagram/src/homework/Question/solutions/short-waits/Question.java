package lesson05.homework;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;

/** Built differently: numbers that nobody can guess, compared as bytes, and one wait in slices. */
final class Question {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final DatagramSocket socket;
    private final InetSocketAddress peer;
    private final byte[] number = new byte[4];
    private final DatagramPacket packet = new DatagramPacket(new byte[1_004], 1_004);

    private Question(DatagramSocket socket, SocketAddress peer) {
        this.socket = socket;
        this.peer = (InetSocketAddress) peer;
        RANDOM.nextBytes(number);
    }

    /** Sends {@code text} to {@code peer}, and returns the answer. */
    static byte[] ask(
            DatagramSocket socket, SocketAddress peer, byte[] text, int attempts, int timeoutMillis)
            throws IOException {
        int timeout = socket.getSoTimeout();
        socket.setSoTimeout(1);
        try {
            return new Question(socket, peer).ask(text, attempts, timeoutMillis);
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(timeout);
            }
        }
    }

    private byte[] ask(byte[] text, int attempts, int timeoutMillis) throws IOException {
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        datagram.writeBytes(number);
        datagram.writeBytes(text);
        DatagramPacket out = new DatagramPacket(datagram.toByteArray(), datagram.size(), peer);

        for (int sent = 1; sent <= attempts; sent++) {
            socket.send(out);
            long start = System.nanoTime();
            do {
                if (receivesTheAnswer()) {
                    return Arrays.copyOfRange(packet.getData(), 4, packet.getLength());
                }
            } while (System.nanoTime() - start < timeoutMillis * 1_000_000L);
        }
        throw new SocketTimeoutException("no answer from " + peer);
    }

    /** Takes one datagram, waiting a millisecond at most. */
    private boolean receivesTheAnswer() throws IOException {
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return false;
        }
        return packet.getPort() == peer.getPort()
                && packet.getAddress().equals(peer.getAddress())
                && packet.getLength() >= 4
                && Arrays.equals(packet.getData(), 0, 4, number, 0, 4);
    }
}
