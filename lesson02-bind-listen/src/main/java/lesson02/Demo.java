package lesson02;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Both ends in one process: each has its own number, and neither can have the other's. */
public final class Demo {

    /** Binds both ends, and lets the client ask for the server's number. */
    public static void main(String[] args) throws IOException {
        // create + bind + listen: port 0 lets the kernel choose.
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(new InetSocketAddress("localhost", 0), Server.BACKLOG);
            System.out.println("server: listen   " + listener.getLocalSocketAddress());

            // bind: the client's own number.
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress("localhost", 0));
                System.out.println("client: bind     " + socket.getLocalSocketAddress());
            }

            // bind: the server's number has an owner.
            try (Socket socket = new Socket()) {
                socket.bind(listener.getLocalSocketAddress());
                System.out.println("client: bind     " + socket.getLocalSocketAddress());
            } catch (BindException e) {
                System.out.println("client: bind     " + e.getMessage());
            }
        }
    }
}
