package lesson04;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The end that is called: says everything back, to many callers at once.
 *
 * <pre>
 * server  create  bind  listen           accept  read   write  close
 * client  create                connect          write  read   close
 * </pre>
 *
 * New here: bytes flow both ways, in order. Where a message ends they do not say.
 */
public final class Server {

    /** About how many callers the kernel is asked to keep waiting while nobody accepts. */
    static final int BACKLOG = 1024;

    /** How many conversations at a time, a thread for each. The next callers stay in the queue. */
    static final int CONVERSATIONS = 1_000;

    /** How long a silent peer may keep its place, in milliseconds: as long as a person thinks. */
    static final int SILENCE_MILLIS = 300_000;

    /** How many bytes to read at once, at most: with more it is not faster. */
    static final int BUFFER_BYTES = 64 * 1024;

    /** Listens on {@code [host [port]]}, by default {@code localhost 5004}, until it is stopped. */
    public static void main(String[] args) {
        // address: an IP address and a port, like a telephone number. The host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5004);

        // create: an endpoint in this process. It has no address yet, so nobody can call it.
        try (ServerSocket listener = new ServerSocket()) {

            // What takes a descriptor only the first time is done now: later none may be left.
            Failure.explain(new IOException(), null);
            SocketChannel.open().close();

            // bind + listen: one Java call, two system calls. From here on the kernel answers
            // callers by itself and queues them, BACKLOG deep, whether or not we accept.
            listener.bind(address, BACKLOG);
            System.out.println("server: listening on " + listener.getLocalSocketAddress());

            serve(listener);

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    /** Accepts connections until {@code listener} is closed from another thread. */
    static void serve(ServerSocket listener) {
        Semaphore places = new Semaphore(CONVERSATIONS);
        while (!listener.isClosed()) {
            places.acquireUninterruptibly();
            try {
                // accept: takes the next caller off the queue, waiting for one if need be.
                // It returns a second socket, for this conversation only; the listener stays free.
                Socket connection = listener.accept();
                try {
                    new Thread(() -> answer(connection, places)).start();
                } catch (OutOfMemoryError e) { // no thread left, or no memory
                    connection.close();
                    throw new IOException(e);
                }
            } catch (IOException e) {
                places.release();
                if (!listener.isClosed()) {
                    System.err.println(
                            "server: " + Failure.explain(e, listener.getLocalSocketAddress()));
                    LockSupport.parkNanos(100_000_000); // a tenth of a second, then again
                }
            }
        }
    }

    /** Holds one conversation. Whatever goes wrong in it ends this one, and nothing else. */
    private static void answer(Socket connection, Semaphore places) {
        SocketAddress peer = connection.getRemoteSocketAddress();
        System.out.println("server: accepted " + peer);
        try (connection) {
            connection.setSoTimeout(SILENCE_MILLIS);
            converse(connection);
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e, peer));
        } finally {
            places.release();
        }
    }

    /** Writes back whatever it reads, until the peer's end of stream. */
    static void converse(Socket connection) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        // read: waits for bytes, and takes what has come, one or many. -1 is the end of stream.
        for (int count; (count = connection.getInputStream().read(buffer)) != -1; ) {
            // write: hands them all to the kernel, waiting while the peer does not read.
            connection.getOutputStream().write(buffer, 0, count);
        }
    }
}
