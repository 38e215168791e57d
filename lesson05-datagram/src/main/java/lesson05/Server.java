package lesson05;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * The end that is asked: sends each datagram back to whoever sent it.
 *
 * <pre>
 * server  create  bind           receive  send           close
 * client  create  connect  send                 receive  close
 * </pre>
 *
 * New here: no connection. One socket serves everybody, and each datagram comes whole or not at
 * all.
 */
public final class Server {

    /** No datagram is larger, in bytes: its length field has 16 bits. IPv4 leaves 65,507. */
    static final int BUFFER_BYTES = 65_535;

    /** Serves {@code [host [port]]}, by default {@code localhost 5005}, until it is stopped. */
    public static void main(String[] args) {
        // address: an IP address and a port, like the one on a mailbox. The host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5005);

        // create: an endpoint in this process. It has no address yet, so nobody can write to it.
        try (DatagramSocket mailbox = new DatagramSocket(null)) {

            // bind: from here on the kernel keeps what comes, while there is room. No listen, no
            // accept: whoever knows the address may write.
            mailbox.bind(address);
            System.out.println("server: receiving on " + mailbox.getLocalSocketAddress());

            serve(mailbox);

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    /** Answers each datagram with itself until {@code mailbox} is closed: then it throws. */
    static void serve(DatagramSocket mailbox) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            // receive: takes the next datagram, waiting for one if need be. It says who sent it.
            DatagramPacket letter = new DatagramPacket(buffer, buffer.length);
            mailbox.receive(letter);
            SocketAddress sender = letter.getSocketAddress();
            System.out.println("server: " + letter.getLength() + " bytes from " + sender);

            // send: back to the sender. What cannot be sent is lost, and nothing else.
            try {
                mailbox.send(letter);
            } catch (IOException e) {
                System.err.println("server: " + Failure.explain(e, sender));
            }
        }
    }
}
