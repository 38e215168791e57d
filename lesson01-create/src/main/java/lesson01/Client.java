package lesson01;

import java.io.IOException;
import java.net.Socket;

/**
 * The end that will call: creates its socket, looks at it, and closes it.
 *
 * <pre>
 * server  create  close
 * client  create  close
 * </pre>
 *
 * New here: the two ends are made alike, and neither knows of the other.
 */
public final class Client {

    /** Creates the socket that will call, prints what Java says of it, and closes it. */
    public static void main(String[] args) {
        Arguments.none(args);

        // create: the other endpoint, of the kind that calls. It knows nobody yet.
        try (Socket socket = new Socket()) {
            System.out.println("client: created " + socket);

            // Java asks the kernel for the socket itself only now, when it is first used.
            System.out.println("client: TCP_NODELAY is " + socket.getTcpNoDelay());

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("client: " + Failure.explain(e));
            System.exit(1);
        }
    }
}
