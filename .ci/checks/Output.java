package checks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program has printed so far, on one of its two outputs. */
final class Output {

    /** Maven 3.8 resets the terminal's colours, even where there is no terminal. */
    private static final String RESET = "\033[0m";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    Output(InputStream stream) {
        Thread reader = new Thread(() -> read(stream));
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream stream) {
        byte[] buffer = new byte[64 * 1024];
        try (stream) {
            for (int count; (count = stream.read(buffer)) != -1; ) {
                add(buffer, count);
            }
        } catch (IOException e) {
            // the program was ended by us
        } finally {
            end();
        }
    }

    private synchronized void add(byte[] buffer, int count) {
        bytes.write(buffer, 0, count);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for a whole line that {@code regex} matches, and returns the match. */
    synchronized Matcher await(String regex) throws InterruptedException {
        Pattern line = Pattern.compile("^(?:" + regex + ")\n", Pattern.MULTILINE);
        long start = System.nanoTime();
        while (true) {
            Matcher matcher = line.matcher(soFar());
            if (matcher.find()) {
                return matcher;
            }
            Checks.expectTrue(
                    !ended && waitsSince(start),
                    "waited in vain for the line " + regex + "\n     among " + soFar());
        }
    }

    /** Waits for the end, and returns everything. */
    synchronized byte[] bytes() throws InterruptedException {
        long start = System.nanoTime();
        while (!ended) {
            Checks.expectTrue(waitsSince(start), "waited in vain for the end of " + soFar());
        }
        return bytes.toByteArray();
    }

    /** Waits for the end, and returns everything as text, a character for each byte. */
    synchronized String text() throws InterruptedException {
        bytes();
        return soFar();
    }

    @Override
    public synchronized String toString() {
        return soFar();
    }

    private String soFar() {
        return bytes.toString(ISO_8859_1).replace(RESET, "");
    }

    private boolean waitsSince(long start) throws InterruptedException {
        long left = Checks.PATIENCE * 1_000L - (System.nanoTime() - start) / 1_000_000;
        if (left > 0) {
            TimeUnit.MILLISECONDS.timedWait(this, left);
        }
        return left > 0;
    }
}
