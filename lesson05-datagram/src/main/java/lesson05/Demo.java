package lesson05;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;

/** Both ends in one process: one datagram is answered, the next is lost and asked for again. */
public final class Demo {

    /** How long to wait for a datagram, in milliseconds: on one machine it needs far less. */
    static final int TIMEOUT_MILLIS = 300;

    /** Sends and receives datagrams, and prints each call with the text that it carries. */
    public static void main(String[] args) {
        InetSocketAddress address = new InetSocketAddress("localhost", 0);

        // create + bind: sockets of the same kind, each with an address. No listen, no accept.
        try (DatagramSocket first = new DatagramSocket(null);
                DatagramSocket second = new DatagramSocket(null);
                DatagramSocket client = new DatagramSocket(null)) {
            first.bind(address);
            SocketAddress server = first.getLocalSocketAddress();
            System.out.println("server: bind     " + server);
            client.bind(address);
            System.out.println("client: bind     " + client.getLocalSocketAddress());

            // One packet for all: each receive sets its bytes, its length and its address anew.
            DatagramPacket packet =
                    new DatagramPacket(new byte[Server.BUFFER_BYTES], Server.BUFFER_BYTES);

            // send, receive, and back: the packet has its sender's address, so sending it answers.
            send("client", client, question("one", server));
            receive("server", first, packet);
            send("server", first, packet);
            receive("client", client, packet);

            // lost: the server ends before it has received "two". Nobody tells the client.
            send("client", client, question("two", server));
            receive("client", client, packet);
            first.close();
            System.out.println("server: close");

            // A new server at the same address: what was in the old mailbox is gone.
            second.bind(server);
            System.out.println("server: bind     " + second.getLocalSocketAddress());
            receive("server", second, packet);

            // send: asked again, and now answered.
            send("client", client, question("two", server));
            receive("server", second, packet);
            send("server", second, packet);
            receive("client", client, packet);
        } catch (IOException e) {
            System.err.println("demo: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    private static DatagramPacket question(String text, SocketAddress to) {
        byte[] bytes = text.getBytes(US_ASCII);
        return new DatagramPacket(bytes, bytes.length, to);
    }

    private static void send(String who, DatagramSocket socket, DatagramPacket packet)
            throws IOException {
        socket.send(packet);
        System.out.println(who + ": send     " + text(packet) + " to " + packet.getSocketAddress());
    }

    private static void receive(String who, DatagramSocket socket, DatagramPacket packet)
            throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        try {
            socket.receive(packet);
            System.out.println(
                    who + ": receive  " + text(packet) + " from " + packet.getSocketAddress());
        } catch (SocketTimeoutException e) {
            System.out.println(who + ": receive  nothing (" + e.getMessage() + ")");
        }
    }

    private static String text(DatagramPacket packet) {
        return '"' + new String(packet.getData(), 0, packet.getLength(), US_ASCII) + '"';
    }
}
