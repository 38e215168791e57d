package lesson04;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Both ends in one process: two writes one way, then an answer the other way. */
public final class Demo {

    /** Writes and reads both ways over one connection, and prints each of these calls. */
    public static void main(String[] args) {
        InetSocketAddress address = new InetSocketAddress("localhost", 0);

        // create + bind + listen, connect, accept: as before.
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            listener.bind(address, Server.BACKLOG);
            socket.connect(listener.getLocalSocketAddress(), Client.TIMEOUT_MILLIS);
            try (Socket connection = listener.accept()) {
                System.out.println("server: accept   " + connection.getRemoteSocketAddress());

                // write, write: the client hands bytes to its kernel, twice.
                OutputStream out = socket.getOutputStream();
                out.write("Hello, ".getBytes(US_ASCII));
                System.out.println("client: write    \"Hello, \"");
                out.write("server".getBytes(US_ASCII));
                System.out.println("client: write    \"server\"");

                // half-close: the client has written all, and can still read.
                socket.shutdownOutput();
                System.out.println("client: half-close");

                // read: everything up to the end. Nothing shows that it was written in two parts.
                InputStream in = connection.getInputStream();
                String question = new String(in.readAllBytes(), US_ASCII);
                System.out.println("server: read     \"" + question + "\"");
                System.out.println("server: read     " + in.read());

                // write: the other way, over the same connection.
                connection.getOutputStream().write("Hello, client".getBytes(US_ASCII));
                System.out.println("server: write    \"Hello, client\"");

                // close: the server has written all, too. What it wrote still arrives.
                connection.close();
                System.out.println("server: close");
                String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                System.out.println("client: read     \"" + answer + "\"");
                System.out.println("client: read     " + socket.getInputStream().read());
            }
        } catch (IOException e) {
            System.err.println("demo: " + Failure.explain(e, address));
            System.exit(1);
        }
    }
}
