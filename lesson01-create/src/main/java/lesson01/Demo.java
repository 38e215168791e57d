package lesson01;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Both ends in one process: two sockets that nothing links yet. */
public final class Demo {

    /** Creates both ends, closes both, and prints what each says of itself. */
    public static void main(String[] args) {
        // create: a socket of each kind. Neither has an address; the two know nothing of each
        // other.
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            System.out.println("server: create   " + listener);
            System.out.println("client: create   " + socket);

            // The first use makes the kernel's socket, and here asks it for an option.
            System.out.println("server: use      SO_REUSEADDR " + listener.getReuseAddress());
            System.out.println("client: use      TCP_NODELAY " + socket.getTcpNoDelay());

            // close: gives both endpoints back. The end of the try does it again, to no effect.
            socket.close();
            System.out.println("client: close    closed " + socket.isClosed());
            listener.close();
            System.out.println("server: close    closed " + listener.isClosed());
        } catch (IOException e) {
            System.err.println("demo: " + Failure.explain(e));
            System.exit(1);
        }
    }
}
