package lesson03.homework;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** The threads come from a pool without a limit; a map without a lock keeps the connections. */
public final class Doorman implements Closeable {

    /** What is said to a client. */
    @FunctionalInterface
    public interface Handler {

        /** Talks to {@code client}, who was the {@code number}th to be accepted. */
        void answer(int number, Socket client) throws IOException;
    }

    private final ServerSocket listener;
    private final Handler handler;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Map<Integer, Socket> conversations = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public Doorman(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    public void serve() {
        for (int number = 1; open.get() && !listener.isClosed(); ) {
            try {
                listener.setSoTimeout(100); // looks at the door now and then
                Socket client = listener.accept();
                start(number++, client);
            } catch (SocketTimeoutException e) {
                Thread.onSpinWait(); // nobody came
            } catch (IOException e) {
                Thread.yield();
            }
        }
        threads.shutdown();
    }

    private void start(int number, Socket client) throws IOException {
        conversations.put(number, client);
        if (!open.get()) { // after the put: either we see it closed, or close sees the client
            client.close();
        }
        threads.execute(
                () -> {
                    try {
                        handler.answer(number, client);
                    } catch (Exception e) {
                        System.getLogger("doorman").log(System.Logger.Level.DEBUG, e);
                    } finally {
                        hangUp(client);
                        conversations.remove(number);
                    }
                });
    }

    @Override
    public void close() throws IOException {
        if (open.getAndSet(false)) {
            listener.close();
            conversations.values().forEach(Doorman::hangUp);
        }
    }

    private static void hangUp(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            // As closed as it gets.
        }
    }
}
