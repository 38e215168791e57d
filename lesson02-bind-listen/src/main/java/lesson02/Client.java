package lesson02;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The end that will call: takes an address of its own.
 *
 * <pre>
 * server  create  bind  listen  close
 * client  create  bind          close
 * </pre>
 *
 * New here: an endpoint that calls has an address too. Port 0 lets the kernel choose one.
 */
public final class Client {

    /**
     * Binds {@code [host [port]]}, by default {@code localhost} and a port of the kernel's choice.
     */
    public static void main(String[] args) {
        // address: an IP address and a port, like a telephone number. The host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 0);

        // create: the other endpoint, of the kind that calls. It knows nobody yet.
        try (Socket socket = new Socket()) {

            // bind: takes the address for this socket. For port 0 the kernel finds a free one.
            socket.bind(address);
            System.out.println("client: bound to " + socket.getLocalSocketAddress());

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("client: " + Failure.explain(e, address));
            System.exit(1);
        }
    }
}
