package lesson05;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/** Both ends in one process: two letters there, and one answer back. */
public final class Demo {

    /** Sends and receives datagrams, and prints what has come out of each mailbox. */
    public static void main(String[] args) {
        InetSocketAddress address = new InetSocketAddress("localhost", 0);

        // create + bind: two sockets of the same kind, each with an address. No listen, no accept.
        try (DatagramSocket mailbox = new DatagramSocket(null);
                DatagramSocket socket = new DatagramSocket(null)) {
            mailbox.bind(address);
            System.out.println("server: bind     " + mailbox.getLocalSocketAddress());
            socket.bind(address);
            System.out.println("client: bind     " + socket.getLocalSocketAddress());

            // send, send: nobody needs to wait for them yet; the mailbox keeps them.
            byte[] first = "Hello,".getBytes(US_ASCII);
            byte[] second = "server".getBytes(US_ASCII);
            socket.send(new DatagramPacket(first, first.length, mailbox.getLocalSocketAddress()));
            socket.send(new DatagramPacket(second, second.length, mailbox.getLocalSocketAddress()));

            // receive, receive: two letters, as they were sent, each with its sender on it.
            DatagramPacket letter = new DatagramPacket(new byte[100], 100);
            mailbox.receive(letter);
            System.out.println("server: receive  " + text(letter));
            mailbox.receive(letter);
            System.out.println("server: receive  " + text(letter));

            // send, receive: back to the sender of the last one.
            mailbox.send(letter);
            socket.receive(letter);
            System.out.println("client: receive  " + text(letter));
        } catch (IOException e) {
            System.err.println("demo: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    private static String text(DatagramPacket letter) {
        String text = new String(letter.getData(), 0, letter.getLength(), US_ASCII);
        return text + " from " + letter.getSocketAddress();
    }
}
