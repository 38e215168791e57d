package lesson04;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Both ends in one process: a question, an answer, and two goodbyes. */
public final class Demo {

    /** Writes and reads both ways over one connection, and prints what each end has read. */
    public static void main(String[] args) {
        InetSocketAddress address = new InetSocketAddress("localhost", 0);

        // create + bind + listen, connect, accept: as before.
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            listener.bind(address, Server.BACKLOG);
            socket.connect(listener.getLocalSocketAddress(), Client.TIMEOUT_MILLIS);
            try (Socket connection = listener.accept()) {
                System.out.println("server: accept   " + connection.getRemoteSocketAddress());

                // write, write, read: two writes, and the reader cannot tell.
                socket.getOutputStream().write("Hello, ".getBytes(US_ASCII));
                socket.getOutputStream().write("server".getBytes(US_ASCII));
                byte[] question = connection.getInputStream().readNBytes(13);
                System.out.println("server: read     " + new String(question, US_ASCII));

                // write, read: the other way, over the same connection.
                connection.getOutputStream().write("Hello, client".getBytes(US_ASCII));
                byte[] answer = socket.getInputStream().readNBytes(13);
                System.out.println("client: read     " + new String(answer, US_ASCII));

                // half-close: the client has said all. The server can still speak.
                socket.shutdownOutput();
                System.out.println("server: read     " + connection.getInputStream().read());
                connection.getOutputStream().write("Goodbye".getBytes(US_ASCII));

                // close: now the other direction has ended too.
                connection.close();
                byte[] goodbye = socket.getInputStream().readAllBytes();
                System.out.println("client: read     " + new String(goodbye, US_ASCII));
                System.out.println("client: read     " + socket.getInputStream().read());
            }
        } catch (IOException e) {
            System.err.println("demo: " + Failure.explain(e, address));
            System.exit(1);
        }
    }
}
