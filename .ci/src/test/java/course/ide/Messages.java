package course.ide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Messages in JSON both ways, each after a header with its length, as an editor exchanges them with
 * its language server and with its debugger. What has come is kept; every wait is bounded.
 */
final class Messages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream out;
    private final int patienceSeconds;
    private final List<JsonNode> come = new ArrayList<>();
    private boolean ended;

    /** Reads {@code in} in a thread of its own, and hands each message to {@code first}, too. */
    Messages(InputStream in, OutputStream out, int patienceSeconds, Consumer<JsonNode> first) {
        this.out = out;
        this.patienceSeconds = patienceSeconds;
        Thread reader = new Thread(() -> read(in, first), "messages");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream in, Consumer<JsonNode> first) {
        try {
            while (true) {
                JsonNode message = JSON.readTree(in.readNBytes(length(in)));
                first.accept(message);
                synchronized (this) {
                    come.add(message);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // the other side has ended
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    /** Reads a header up to its empty line, and returns the length that it announces. */
    private static int length(InputStream in) throws IOException {
        int length = 0;
        for (String line; !(line = line(in)).isEmpty(); ) {
            if (line.startsWith("Content-Length:")) {
                length = Integer.parseInt(line.substring("Content-Length:".length()).strip());
            }
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next; (next = in.read()) != '\n'; line.write(next)) {
            if (next == -1) {
                throw new EOFException();
            }
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    /** Sends a message. */
    synchronized void send(Object message) {
        try {
            byte[] body = JSON.writeValueAsBytes(message);
            String header = "Content-Length: " + body.length + "\r\n\r\n";
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the other side has ended", e);
        }
    }

    /** Returns how many messages have come. */
    synchronized int count() {
        return come.size();
    }

    /** Returns the messages so far. */
    synchronized List<JsonNode> soFar() {
        return List.copyOf(come);
    }

    /** Waits for a message that comes at the position {@code from} or after it. */
    JsonNode await(int from, Predicate<JsonNode> which, String what) {
        JsonNode found = find(from, which, patienceSeconds);
        if (found == null) {
            throw new AssertionError("waited in vain for " + what + last());
        }
        return found;
    }

    /** Waits for a message so long; at the end, or when the time is over, returns null. */
    synchronized JsonNode find(int from, Predicate<JsonNode> which, int seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = from; ; i++) {
            while (i >= come.size()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || millis <= 0) {
                    return null;
                }
                pause(millis);
            }
            if (which.test(come.get(i))) {
                return come.get(i);
            }
        }
    }

    private synchronized String last() {
        return (ended ? ", it has ended" : "")
                + "; the last messages: "
                + come.subList(Math.max(0, come.size() - 5), come.size());
    }

    private synchronized void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
