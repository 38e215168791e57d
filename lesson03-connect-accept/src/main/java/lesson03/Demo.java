package lesson03;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Both ends in one process: connect first, accept afterwards, because the kernel queues. */
public final class Demo {

    /** Connects to a listening socket, then accepts, and prints the ends of the connection. */
    public static void main(String[] args) {
        // address: port 0 lets the kernel choose a free one.
        InetSocketAddress address = new InetSocketAddress("localhost", 0);

        // create + bind + listen
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            listener.bind(address, Server.BACKLOG);
            System.out.println("server: listen   " + listener.getLocalSocketAddress());

            // connect: succeeds before anybody accepts, because the kernel answers.
            socket.connect(listener.getLocalSocketAddress(), Client.TIMEOUT_MILLIS);
            System.out.println("client: connect  " + socket.getRemoteSocketAddress());
            System.out.println("client: our end  " + socket.getLocalSocketAddress());

            // accept: takes that client off the queue, and returns the socket for it.
            try (Socket connection = listener.accept()) {
                System.out.println("server: accept   " + connection.getRemoteSocketAddress());
                System.out.println("server: our end  " + connection.getLocalSocketAddress());

                // close: ends this connection only. The listener could accept the next client.
                connection.close();
                System.out.println("server: close    " + connection.getRemoteSocketAddress());
            }
        } catch (IOException e) {
            System.err.println("demo: " + Failure.explain(e, address));
            System.exit(1);
        }
    }
}
