package lesson05;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
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

    /** How many bytes of a line to read at most: a datagram holds fewer, so its send fails. */
    static final int LINE_BYTES = 65_535;

    /** Asks {@code [host [port]]}, by default {@code localhost 5005}. */
    public static void main(String[] args) {
        // address: an IP address and a port. The name of the host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5005);

        // create: the other endpoint, a socket of the same kind.
        try (DatagramSocket socket = new DatagramSocket(null)) {

            // connect: sends nothing. It takes a free port for us, and from now on the kernel lets
            // in only what this server sends, and may tell us that nobody is there.
            socket.connect(address);
            System.err.println("client: our end is " + socket.getLocalSocketAddress());

            // An answer may be lost: no receive waits longer than this.
            socket.setSoTimeout(TIMEOUT_MILLIS);
            // System.out would hide a failed write. Its file descriptor, opened again, throws.
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
        long number = 0;
        for (byte[] line = readLine(input); line.length > 0; line = readLine(input)) {
            // The number tells the answer to this line from a late one to an earlier, equal line.
            byte[] head = (++number + " ").getBytes(US_ASCII);
            var question = new ByteArrayOutputStream();
            question.writeBytes(head);
            question.writeBytes(line);
            byte[] answer = ask(socket, number, question.toByteArray());
            output.write(answer, head.length, answer.length - head.length);
        }
    }

    /** Reads a line and its end as bytes, so that any text passes as it is. Empty at the end. */
    private static byte[] readLine(InputStream input) throws IOException {
        var line = new ByteArrayOutputStream();
        int next = 0;
        while (next != '\n' && line.size() < LINE_BYTES && (next = input.read()) != -1) {
            line.write(next);
        }
        return line.toByteArray();
    }

    /** Sends {@code question}, {@link #ATTEMPTS} times at most, and returns the answer to it. */
    static byte[] ask(DatagramSocket socket, long number, byte[] question) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            // send: one datagram to the server. Nobody says whether it arrives.
            socket.send(new DatagramPacket(question, question.length));
            try {
                return receive(socket, number, question);
            } catch (SocketTimeoutException e) {
                // the question or its answer is lost, or late: ask again
            }
        }
        throw new SocketTimeoutException("asked " + ATTEMPTS + " times");
    }

    /** Waits for the answer to question {@code number}: it has the same bytes as the question. */
    private static byte[] receive(DatagramSocket socket, long number, byte[] question)
            throws IOException {
        // One byte more than the question: a longer datagram is cut there, and differs.
        var packet = new DatagramPacket(new byte[question.length + 1], question.length + 1);
        // What differs is a late answer. The server sends one for each datagram that we have sent:
        // so far ATTEMPTS for each question at most.
        for (long i = 0; i < number * ATTEMPTS; i++) {
            // receive: takes the next datagram, waiting no longer than the timeout.
            socket.receive(packet);
            byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength());
            if (Arrays.equals(answer, question)) {
                return answer;
            }
        }
        throw new SocketTimeoutException("only late answers");
    }
}
