package lesson01;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

/** A pipe, made with both its ends at once; then two sockets, each of which is one end only. */
public final class Demo {

    /** Moves bytes through a pipe, and then creates, uses and closes both kinds of socket. */
    public static void main(String[] args) {
        try {
            moveBytesThroughAPipe();
            createTwoSockets();
        } catch (IOException e) {
            System.err.println("demo: " + Failure.explain(e));
            System.exit(1);
        }
    }

    private static void moveBytesThroughAPipe() throws IOException {
        // pipe: one call makes both ends. Bytes go in at the sink and come out at the source, one
        // way, inside this machine.
        Pipe pipe = Pipe.open();
        try (OutputStream sink = Channels.newOutputStream(pipe.sink());
                InputStream source = Channels.newInputStream(pipe.source())) {
            byte[] hello = "Hello, pipe".getBytes(US_ASCII);
            sink.write(hello);
            System.out.println("pipe:   write    \"" + new String(hello, US_ASCII) + '"');
            byte[] came = source.readNBytes(hello.length);
            System.out.println("pipe:   read     \"" + new String(came, US_ASCII) + '"');
        }
    }

    private static void createTwoSockets() throws IOException {
        // create: one end each, and nothing between them. A socket's other end may be on any
        // machine, so it must be found first: lessons 2 and 3.
        try (ServerSocket listener = new ServerSocket();
                Socket socket = new Socket()) {
            System.out.println("server: create   " + listener);
            System.out.println("client: create   " + socket);

            // use: asks how many bytes the kernel keeps until the program reads them.
            System.out.println("server: room     " + listener.getReceiveBufferSize() + " bytes");
            System.out.println("client: room     " + socket.getReceiveBufferSize() + " bytes");

            // close: gives both endpoints back. The end of the try closes them again, which
            // does no harm.
            socket.close();
            System.out.println("client: close    closed: " + socket.isClosed());
            listener.close();
            System.out.println("server: close    closed: " + listener.isClosed());
        }
    }
}
