package lesson04;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The end that calls: sends its standard input, and prints what comes back, at the same time.
 *
 * <pre>
 * server  create  bind  listen           accept  read   write  close
 * client  create                connect          write  read   close
 * </pre>
 *
 * New here: both directions at once need two threads; each direction ends by itself.
 */
public final class Client {

    /** How long to wait for the server's kernel to answer, in milliseconds. */
    static final int TIMEOUT_MILLIS = 5_000;

    /** How many bytes to read at once: more would not be faster. */
    static final int BUFFER_BYTES = 64 * 1024;

    /** Connects to {@code [host [port]]}, by default {@code localhost 5004}, and converses. */
    public static void main(String[] args) {
        // address: an IP address and a port, like a telephone number. The host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5004);

        // create: the other endpoint, of the kind that calls. It knows nobody yet.
        try (Socket socket = new Socket()) {

            // connect: calls the server, and waits until its kernel answers, not longer than the
            // timeout. Our own address comes with it: the kernel chooses a free port.
            socket.connect(address, TIMEOUT_MILLIS);
            System.err.println("client: connected to " + socket.getRemoteSocketAddress());
            System.err.println("client: our end is " + socket.getLocalSocketAddress());

            // Standard output by its descriptor: bytes go out as they came, and a failure is told.
            converse(socket, System.in, new FileOutputStream(FileDescriptor.out));

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("client: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    /**
     * Sends {@code input} to its end, and copies what comes back to {@code output}, until the peer
     * ends the stream. Waits as long as the peer does: it is the server that limits silence.
     */
    static void converse(Socket socket, InputStream input, OutputStream output) throws IOException {
        // What to tell when the peer ends the stream: a failure, until we have sent all.
        AtomicReference<IOException> failure =
                new AtomicReference<>(new EOFException("end of stream"));

        // write: in a thread of its own, since a write waits while the peer does not read. A
        // daemon: it may wait for the keyboard when the conversation is over.
        Thread sender = new Thread(() -> send(socket, input, failure));
        sender.setDaemon(true);
        sender.start();

        // read: waits for bytes, and takes what has come, one or many. -1 is the end of stream.
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count; (count = socket.getInputStream().read(buffer)) != -1; ) {
            output.write(buffer, 0, count);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** Writes {@code input} to its end, and notes in {@code failure} what prevented it, or null. */
    private static void send(
            Socket socket, InputStream input, AtomicReference<IOException> failure) {
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count; (count = input.read(buffer)) != -1; ) {
                socket.getOutputStream().write(buffer, 0, count);
            }
            failure.set(null);
        } catch (IOException e) {
            failure.set(e);
        }
        // half-close: the peer reads an end of stream when it has read all, and can still answer.
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            failure.set(e);
        }
    }
}
