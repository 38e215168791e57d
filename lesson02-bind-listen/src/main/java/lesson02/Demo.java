package lesson02;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Both ends in one process: each has its own address, and neither can have the other's. */
public final class Demo {

    /** Binds both ends, and lets the client ask for the server's address. */
    public static void main(String[] args) {
        // address: port 0 lets the kernel choose, for each socket anew.
        InetSocketAddress address = new InetSocketAddress("localhost", 0);

        // create + bind + listen
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(address, Server.BACKLOG);
            System.out.println("server: listen   " + listener.getLocalSocketAddress());

            // bind: the client's own address.
            try (Socket socket = new Socket()) {
                socket.bind(address);
                System.out.println("client: bind     " + socket.getLocalSocketAddress());
            }

            // bind: the server's address has an owner.
            try (Socket socket = new Socket()) {
                socket.bind(listener.getLocalSocketAddress());
                System.out.println("client: bind     " + socket.getLocalSocketAddress());
            } catch (BindException e) {
                System.out.println("client: bind     " + e.getMessage());
            }
        } catch (IOException e) {
            System.err.println("demo: " + Failure.explain(e, address));
            System.exit(1);
        }
    }
}
