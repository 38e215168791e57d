package lesson02;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;

/** Both ends in one process: each has its own address, and an address has one owner. */
public final class Demo {

    /** Binds both ends, and lets a second client ask for the server's address, twice. */
    public static void main(String[] args) {
        // address: port 0 lets the kernel choose a free port, another one for each socket.
        InetSocketAddress address = new InetSocketAddress("localhost", 0);

        // create: three sockets. None of them has an address yet.
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket();
                Socket second = new Socket()) {

            // bind + listen: the server takes its address, and the kernel answers there.
            listener.bind(address, Server.BACKLOG);
            SocketAddress taken = listener.getLocalSocketAddress();
            System.out.println("server: listen   " + taken);

            // bind: the client takes an address of its own.
            socket.bind(address);
            System.out.println("client: bind     " + socket.getLocalSocketAddress());

            // bind: the server's address has an owner.
            try {
                second.bind(taken);
            } catch (BindException e) {
                System.out.println("second: bind     " + taken + ": " + e.getMessage());
            }

            // close: gives the address back. Now it is free for the next socket.
            listener.close();
            System.out.println("server: close    " + taken);
            second.bind(taken);
            System.out.println("second: bind     " + second.getLocalSocketAddress());
        } catch (IOException e) {
            System.err.println("demo: " + Failure.explain(e, address));
            System.exit(1);
        }
    }
}
