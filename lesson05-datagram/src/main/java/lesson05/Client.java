package lesson05;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/**
 * The end that asks: sends each line of its standard input, and prints the answer to it.
 *
 * <pre>
 * server  create  bind           receive  send           close
 * client  create  connect  send                 receive  close
 * </pre>
 *
 * New here: what is lost must be asked for again, and what comes need not be the answer.
 */
public final class Client {

    /** How many times to send a question. */
    static final int ATTEMPTS = 3;

    /** How long to wait for the answer to each attempt, in milliseconds. */
    static final int TIMEOUT_MILLIS = 1_000;

    /** Asks {@code [host [port]]}, by default {@code localhost 5005}. */
    public static void main(String[] args) {
        // address: an IP address and a port, like the one on a mailbox. The host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5005);

        // create: the other endpoint. It is of the same kind.
        try (DatagramSocket socket = new DatagramSocket(null)) {

            // connect: nothing is sent. From now on the kernel lets in only what this peer sends,
            // and may tell us that nobody is there. Our own address comes with it.
            socket.connect(address);
            System.err.println("client: our end is " + socket.getLocalSocketAddress());

            // Standard output by its descriptor: bytes go out as they came, and a failure is told.
            converse(socket, System.in, new FileOutputStream(FileDescriptor.out));

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("client: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    /** Asks each line of {@code input}, and prints the answers on {@code output}. */
    static void converse(DatagramSocket socket, InputStream input, OutputStream output)
            throws IOException {
        // ISO 8859-1 has a character for each byte: a line of any text passes as it is.
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, ISO_8859_1));
        int number = 0;
        for (String line; (line = lines.readLine()) != null; ) {
            // The number tells the answer to this line from a late one to the same line before.
            String head = ++number + " ";
            byte[] question = (head + line + "\n").getBytes(ISO_8859_1);
            DatagramPacket answer = ask(socket, question, TIMEOUT_MILLIS);
            output.write(answer.getData(), head.length(), answer.getLength() - head.length());
        }
    }

    /**
     * Sends {@code question}, again when {@code millis} milliseconds bring no answer, and returns
     * the answer. Throws a {@link SocketTimeoutException} after {@link #ATTEMPTS}.
     */
    static DatagramPacket ask(DatagramSocket socket, byte[] question, int millis)
            throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            // send: one datagram. Nobody says whether it arrives.
            socket.send(new DatagramPacket(question, question.length));

            DatagramPacket answer = receive(socket, question, millis);
            if (answer != null) {
                return answer;
            }
        }
        throw new SocketTimeoutException("asked " + ATTEMPTS + " times");
    }

    /** Waits for a datagram with the bytes of {@code question}; null when none came in time. */
    private static DatagramPacket receive(DatagramSocket socket, byte[] question, int millis)
            throws IOException {
        // One byte more than the question: a longer datagram is cut there, and differs.
        byte[] buffer = new byte[question.length + 1];
        long deadline = System.nanoTime() + millis * 1_000_000L;
        long left = millis;
        try {
            while (left > 0) {
                // receive: takes the next datagram, waiting no longer than until the deadline.
                DatagramPacket letter = new DatagramPacket(buffer, buffer.length);
                socket.setSoTimeout((int) left);
                socket.receive(letter);
                if (Arrays.equals(buffer, 0, letter.getLength(), question, 0, question.length)) {
                    return letter;
                }
                left = (deadline - System.nanoTime() + 999_999) / 1_000_000; // rounded up
            }
        } catch (SocketTimeoutException e) {
            // lost, or late: the caller asks again
        }
        return null;
    }
}
