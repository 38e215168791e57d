package lesson03;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The end that waits: accepts one client after another, prints who it is, and hangs up.
 *
 * <pre>
 * server  create  bind  listen           accept  close
 * client  create                connect          close
 * </pre>
 *
 * New here: accept makes a second socket, for one conversation. The first one goes on listening.
 */
public final class Server {

    /** About how many clients the kernel is asked to keep waiting while nobody accepts. */
    static final int BACKLOG = 1024;

    /** Listens on {@code [host [port]]}, by default {@code localhost 5003}, until it is stopped. */
    public static void main(String[] args) {
        // address: an IP address and a port. The name of the host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5003);

        // create: an endpoint in this process. It has no address yet, so nobody can reach it.
        try (ServerSocket listener = new ServerSocket()) {

            // bind + listen: one Java call, two system calls. From here on the kernel answers
            // clients by itself and queues them, about BACKLOG of them, until we accept.
            listener.bind(address, BACKLOG);
            System.out.println("server: listening on " + listener.getLocalSocketAddress());

            serve(listener);

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    /** Accepts one client after another. An accept that fails ends it, with an exception. */
    static void serve(ServerSocket listener) throws IOException {
        while (true) {
            // accept: takes the next client off the queue, waiting for one if need be. It returns
            // a second socket, for this conversation only; the listener stays free.
            try (Socket connection = listener.accept()) {
                System.out.println("server: accepted " + connection.getRemoteSocketAddress());
            }
        }
    }
}
