package lesson01;

import java.io.IOException;
import java.net.Socket;

/**
 * The end that connects: creates its socket, uses it once, and closes it.
 *
 * <pre>
 * server  create  close
 * client  create  close
 * </pre>
 *
 * New here: the two ends are made alike, and neither knows of the other.
 */
public final class Client {

    /** Creates the socket that will connect, prints what is known of it, and closes it. */
    public static void main(String[] args) {
        Arguments.none(args);

        // create: the other endpoint. It knows nobody yet.
        try (Socket socket = new Socket()) {
            System.out.println("client: created " + socket);

            // use: asks how many bytes the kernel keeps for this socket,
            // until the program reads them.
            System.out.println("client: room for " + socket.getReceiveBufferSize() + " bytes");

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("client: " + Failure.explain(e));
            System.exit(1);
        }
    }
}
