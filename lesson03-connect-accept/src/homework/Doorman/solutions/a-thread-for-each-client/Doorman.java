package lesson03.homework;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Accepts each client, and leads each to a conversation of its own, until it is closed. */
public final class Doorman implements Closeable {

    /** What is said to a client. */
    @FunctionalInterface
    public interface Handler {

        /** Talks to {@code client}, who was the {@code number}th to be accepted. */
        void answer(int number, Socket client) throws IOException;
    }

    private final ServerSocket listener;
    private final Handler handler;

    /** The connections that are open. It guards itself, and {@link #closed}. */
    private final Set<Socket> connections = new HashSet<>();

    private boolean closed;

    public Doorman(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    public void serve() {
        int accepted = 0;
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                // The number is taken here, in the one thread that accepts.
                int number = ++accepted;
                new Thread(() -> converse(number, client), "client " + number).start();
            } catch (IOException e) {
                // Closed: the loop ends. Otherwise out of descriptors, perhaps: no hurry.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private void converse(int number, Socket client) {
        try (client) {
            if (enter(client)) {
                handler.answer(number, client);
            }
        } catch (IOException | RuntimeException e) {
            // It ends this conversation only; nobody need be told.
        } finally {
            leave(client);
        }
    }

    /** Returns whether the door is still open. */
    private boolean enter(Socket client) {
        synchronized (connections) {
            return !closed && connections.add(client);
        }
    }

    private void leave(Socket client) {
        synchronized (connections) {
            connections.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close(); // ends accept
        synchronized (connections) {
            closed = true; // whoever was accepted meanwhile comes too late
            for (Socket client : connections) {
                client.close(); // ends what its handler waits for
            }
        }
    }
}
