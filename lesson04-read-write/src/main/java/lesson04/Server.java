package lesson04;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The end that waits: accepts many clients, and echoes what each of them writes.
 *
 * <pre>
 * server  create  bind  listen           accept  read   write  close
 * client  create                connect          write  read   close
 * </pre>
 *
 * New here: bytes flow both ways, in order. Nothing marks where a message ends.
 */
public final class Server {

    /** About how many clients the kernel is asked to keep waiting while nobody accepts. */
    static final int BACKLOG = 1024;

    /** Conversations at once. Each takes a thread and a descriptor. */
    static final int CONVERSATIONS = 100;

    /** How long a client may be silent, in milliseconds: five minutes, to think or to type. */
    static final int SILENCE_MILLIS = 300_000;

    /** How many bytes to read at once, at most: Java asks the kernel for no more in one call. */
    static final int BUFFER_BYTES = 128 * 1024;

    /** Listens on {@code [host [port]]}, by default {@code localhost 5004}, until it is stopped. */
    public static void main(String[] args) {
        // address: an IP address and a port. The name of the host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5004);

        // create: an endpoint in this process. It has no address yet, so nobody can reach it.
        try (ServerSocket listener = new ServerSocket()) {
            rehearse();

            // bind + listen: one Java call, two system calls. From here on the kernel answers
            // clients by itself and queues them, about BACKLOG of them, until we accept.
            listener.bind(address, BACKLOG);
            System.out.println("server: listening on " + listener.getLocalSocketAddress());

            serveMany(listener);

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    /** Serves {@link #CONVERSATIONS} clients at once. Further clients wait in the queue. */
    static void serveMany(ServerSocket listener) {
        for (int i = 1; i < CONVERSATIONS; i++) {
            new Thread(() -> serve(listener)).start();
        }
        serve(listener); // the last of the threads is this one
    }

    /** Accepts one client after another until {@code listener} is closed. */
    private static void serve(ServerSocket listener) {
        while (!listener.isClosed()) {
            // accept: takes the next client off the queue, waiting for one if need be. It returns
            // a second socket, for this conversation only; the listener stays free.
            try (Socket connection = listener.accept()) {
                System.out.println("server: accepted " + connection.getRemoteSocketAddress());
                converse(connection);
            } catch (IOException e) {
                explainAndPause(e, listener, System.currentTimeMillis());
            }
        }
    }

    /** Echoes what one client writes. A failure ends this conversation, and no other. */
    static void converse(Socket client) {
        try {
            client.setSoTimeout(SILENCE_MILLIS);
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            int count;
            // read: waits for bytes, and takes what has come, one or many. -1 is the end.
            while ((count = in.read(buffer)) != -1) {
                // write: hands them to the kernel, and waits while the client does not read.
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            System.err.println("server: " + Failure.explain(e, client.getRemoteSocketAddress()));
        }
    }

    /** Explains a failed accept, then pauses. A thread that had to wait for this tries again. */
    static synchronized void explainAndPause(IOException e, ServerSocket listener, long failed) {
        if (!listener.isClosed() && System.currentTimeMillis() - failed < 100) {
            System.err.println("server: " + Failure.explain(e, listener.getLocalSocketAddress()));
            try {
                Thread.sleep(100); // with no descriptor left the next accept would fail at once
            } catch (InterruptedException interrupted) {
                // nobody interrupts these threads; the pause would be shorter
            }
        }
    }

    /**
     * Explains an error and closes a socket, because Java opens descriptors of its own the first
     * time that it does either. Now some are left; later the clients may hold all of them.
     */
    private static void rehearse() throws IOException {
        Failure.explain(new IOException("a rehearsal"), null);
        new ServerSocket(0, 1, InetAddress.getLoopbackAddress()).close();
    }
}
