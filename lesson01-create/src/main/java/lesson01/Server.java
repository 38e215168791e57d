package lesson01;

import java.io.IOException;
import java.net.ServerSocket;

/**
 * The end that will be called: creates its socket, looks at it, and closes it.
 *
 * <pre>
 * server  create  close
 * client  create  close
 * </pre>
 *
 * New here: a socket is an endpoint, one half of a link. Without an address nobody can call it.
 */
public final class Server {

    /** Creates the socket that will listen, prints what Java says of it, and closes it. */
    public static void main(String[] args) {
        Arguments.none(args);

        // create: an endpoint in this process. It has no address yet, so nobody can call it.
        try (ServerSocket listener = new ServerSocket()) {
            System.out.println("server: created " + listener);

            // Java asks the kernel for the socket itself only now, when it is first used.
            System.out.println("server: SO_REUSEADDR is " + listener.getReuseAddress());

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e));
            System.exit(1);
        }
    }
}
