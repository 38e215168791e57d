package lesson05;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * The end that is asked: echoes each datagram to whoever sent it.
 *
 * <pre>
 * server  create  bind           receive  send           close
 * client  create  connect  send                 receive  close
 * </pre>
 *
 * New here: no connection. One socket serves every client, and a datagram can be lost.
 */
public final class Server {

    /** Room for any datagram, in bytes, because UDP's length field has 16 bits. */
    static final int BUFFER_BYTES = 65_535;

    /** Serves {@code [host [port]]}, by default {@code localhost 5005}, until it is stopped. */
    public static void main(String[] args) {
        // address: an IP address and a port. The name of the host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5005);

        // create: an endpoint in this process. It has no address yet, so nobody can reach it.
        try (DatagramSocket mailbox = new DatagramSocket(null)) {

            // bind: from here on the kernel keeps the datagrams that come, while it has room for
            // them. No listen, no accept: a client that knows the address may send.
            mailbox.bind(address);
            System.out.println("server: receiving on " + mailbox.getLocalSocketAddress());

            serve(mailbox);

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    /**
     * Echoes one datagram after another until {@code mailbox} is closed: then receive throws. The
     * line for each datagram is there for you to read. On an open network strangers could fill a
     * disk with such lines, so a server there would count the datagrams instead.
     */
    static void serve(DatagramSocket mailbox) throws IOException {
        // One packet for all: each receive sets its bytes, its length and its address anew.
        DatagramPacket packet = new DatagramPacket(new byte[BUFFER_BYTES], BUFFER_BYTES);
        while (true) {
            // receive: takes the next datagram, waiting for one if need be. Afterwards the packet
            // has the bytes that came, and the address of their sender.
            mailbox.receive(packet);
            SocketAddress client = packet.getSocketAddress();
            System.out.println("server: " + packet.getLength() + " bytes from " + client);
            try {
                // send: goes to the packet's address, which is now the sender's. It sends as many
                // bytes as came, never more.
                mailbox.send(packet);
            } catch (IOException e) {
                // If the send fails, only this answer is lost.
                System.err.println("server: " + Failure.explain(e, client));
            }
        }
    }
}
