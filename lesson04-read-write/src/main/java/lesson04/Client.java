package lesson04;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The end that connects: sends its standard input, and prints what comes back, at the same time.
 *
 * <pre>
 * server  create  bind  listen           accept  read   write  close
 * client  create                connect          write  read   close
 * </pre>
 *
 * New here: both directions at once need two threads. Each direction ends by itself.
 */
public final class Client {

    /** How long to wait for the server's kernel to answer, in milliseconds. */
    static final int TIMEOUT_MILLIS = 5_000;

    /** How many bytes to read at once, at most: Java asks the kernel for no more in one call. */
    static final int BUFFER_BYTES = 128 * 1024;

    /** Connects to {@code [host [port]]}, by default {@code localhost 5004}, and converses. */
    public static void main(String[] args) {
        // address: an IP address and a port. The name of the host is looked up here.
        InetSocketAddress address = Arguments.address(args, "localhost", 5004);

        // create: the other endpoint. It knows nobody yet.
        try (Socket socket = new Socket()) {

            // connect: waits until the server's kernel answers, not longer than the timeout. Our
            // own address comes with it: the kernel chooses a free port.
            socket.connect(address, TIMEOUT_MILLIS);
            System.err.println("client: connected to " + socket.getRemoteSocketAddress());
            System.err.println("client: our end is " + socket.getLocalSocketAddress());

            // System.out would hide a failed write. Its file descriptor, opened again, throws.
            converse(socket, System.in, new FileOutputStream(FileDescriptor.out));

            // close: at the end of the try, also when a line above has failed.
        } catch (IOException e) {
            System.err.println("client: " + Failure.explain(e, address));
            System.exit(1);
        }
    }

    /**
     * Sends {@code input} to its end, and copies what comes back to {@code output} until the server
     * ends the stream. No timeout is set: the server hangs up when all is silent, and Ctrl-C ends
     * it.
     */
    static void converse(Socket socket, InputStream input, OutputStream output) throws IOException {
        // write: in a thread of its own, because a write waits while the server does not read. A
        // daemon, because it may still wait for the keyboard when the conversation is over.
        var sending = new FutureTask<>(() -> copy(input, socket.getOutputStream()));
        Thread sender = new Thread(() -> send(sending, socket));
        sender.setDaemon(true);
        sender.start();

        // read: meanwhile, in this thread, until the server ends the stream.
        copy(socket.getInputStream(), output);
        if (!sending.isDone()) {
            throw new EOFException("end of stream"); // it has hung up, and we have more to send
        }
        try {
            sending.get(); // throws what made the sending fail, if anything did
        } catch (ExecutionException e) {
            throw (IOException) e.getCause();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    /** Sends the input, and then ends our direction, whatever became of the input. */
    private static void send(FutureTask<Long> sending, Socket socket) {
        sending.run();
        try {
            // half-close: the server reads the end of the stream, and can still write.
            socket.shutdownOutput();
        } catch (IOException e) {
            // the connection is gone: the thread that reads finds out, and reports it
        }
    }

    /** Reads {@code from} to its end, writes all of it {@code to}, and returns how many bytes. */
    private static long copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        int count;
        // read waits for bytes, and takes what has come, one or many. -1 is the end.
        while ((count = from.read(buffer)) != -1) {
            to.write(buffer, 0, count);
            bytes += count;
        }
        return bytes;
    }
}
