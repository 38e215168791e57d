package lesson01;

import java.io.IOException;
import java.net.ServerSocket;

/**
 * The end that waits: creates its socket, uses it once, and closes it.
 *
 * <pre>
 * server  create  close
 * client  create  close
 * </pre>
 *
 * New here: a socket is an endpoint, one half of a link. Without an address nobody can reach it.
 */
public final class Server {

    /** Creates the socket that will listen, prints what is known of it, and closes it. */
    public static void main(String[] args) {
        Arguments.none(args);

        // create: an endpoint in this process. It has no address yet, so nobody can reach it.
        try (ServerSocket listener = new ServerSocket()) {
            System.out.println("server: created " + listener);

            // use: asks how many bytes the kernel keeps for each conversation,
            // until the program reads them.
            System.out.println("server: room for " + listener.getReceiveBufferSize() + " bytes");

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e));
            System.exit(1);
        }
    }
}
