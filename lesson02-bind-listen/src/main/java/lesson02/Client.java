package lesson02;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The end that connects, from lesson 3 on: here it only takes an address of its own.
 *
 * <pre>
 * server  create  bind  listen  close
 * client  create  bind          close
 * </pre>
 *
 * New here: an address has one owner. Port 0 lets the kernel choose a free one.
 */
public final class Client {

    /**
     * Binds {@code [host [port]]}, by default {@code localhost} and a port of the kernel's choice.
     */
    public static void main(String[] args) {
        // address: an IP address and a port. The name of the host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 0);

        // create: the other endpoint. It knows nobody yet.
        try (Socket socket = new Socket()) {

            // bind: takes the address for this socket. An ordinary client leaves that to connect.
            // Here it shows that an address has one owner: ask for the server's.
            socket.bind(address);
            System.out.println("client: bound to " + socket.getLocalSocketAddress());

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("client: " + Failure.explain(e, address));
            System.exit(1);
        }
    }
}
