package lesson02;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The end that waits: takes its address, and lets the kernel answer there.
 *
 * <pre>
 * server  create  bind  listen  close
 * client  create  bind          close
 * </pre>
 *
 * New here: bind gives a socket the address where it is found. listen lets clients connect to it.
 */
public final class Server {

    /** About how many clients the kernel is asked to keep waiting while nobody accepts. */
    static final int BACKLOG = 1024;

    /** Listens on {@code [host [port]]}, by default {@code localhost 5002}, until Enter. */
    public static void main(String[] args) {
        // address: an IP address and a port. The name of the host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5002);

        // create: an endpoint in this process. It has no address yet, so nobody can reach it.
        try (ServerSocket listener = new ServerSocket()) {

            // bind + listen: one Java call, two system calls. From here on the kernel answers
            // clients by itself and queues them, about BACKLOG of them, until we accept.
            listener.bind(address, BACKLOG);
            System.out.println("server: listening on " + listener.getLocalSocketAddress());

            // We do not accept yet: that is lesson 3. We wait for Enter, or the end of input.
            System.out.println("server: Enter ends it");
            System.in.read();

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e, address));
            System.exit(1);
        }
    }
}
