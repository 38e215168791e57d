package lesson03;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The end that connects: reaches the server, prints both ends of the connection, and hangs up.
 *
 * <pre>
 * server  create  bind  listen           accept  close
 * client  create                connect          close
 * </pre>
 *
 * New here: a connection has two ends, and both have an address. Connecting needs no bind.
 */
public final class Client {

    /** How long to wait for the server's kernel to answer, in milliseconds. */
    static final int TIMEOUT_MILLIS = 5_000;

    /** Connects to {@code [host [port]]}, by default {@code localhost 5003}. */
    public static void main(String[] args) {
        // address: an IP address and a port. The name of the host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5003);

        // create: the other endpoint. It knows nobody yet.
        try (Socket socket = new Socket()) {

            // connect: waits until the server's kernel answers, not longer than the timeout. Our
            // own address comes with it: the kernel chooses a free port.
            socket.connect(address, TIMEOUT_MILLIS);
            System.out.println("client: connected to " + socket.getRemoteSocketAddress());
            System.out.println("client: our end is " + socket.getLocalSocketAddress());

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("client: " + Failure.explain(e, address));
            System.exit(1);
        }
    }
}
