package course.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program has printed so far. Every wait is bounded, and fails with what was printed. */
public final class Output {

    /** How long to wait for anything: far longer than it takes. */
    public static final int PATIENCE_SECONDS = 120;

    /** Maven 3.8 sets and resets the terminal's colours, even where there is no terminal. */
    private static final String COLOUR = "\033\\[[0-9;]*m";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final String command;
    private boolean ended;
    private int taken; // how many lines nextLine has returned

    Output(InputStream stream, String command) {
        this.command = command;
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

    /** Adds what a terminal would show of the input. */
    void echo(String text) {
        byte[] typed = text.getBytes(StandardCharsets.UTF_8);
        add(typed, typed.length);
    }

    /** Waits for a whole line that {@code regex} matches, and returns the match. */
    public Matcher await(String regex) {
        Pattern line = Pattern.compile("^(?:" + regex + ")\r?\n", Pattern.MULTILINE);
        Matcher found =
                await(
                        PATIENCE_SECONDS * 1_000L,
                        () -> {
                            Matcher matcher = line.matcher(soFar(StandardCharsets.UTF_8));
                            return matcher.find() ? matcher : null;
                        });
        if (found == null) {
            throw new AssertionError("no line is like " + regex + this);
        }
        return found;
    }

    /** Waits until there are so many whole lines, or the end; after the time returns, too. */
    public void awaitLines(int count, long millis) {
        await(millis, () -> whole() >= count ? true : null);
    }

    /** How many lines have come to their end: of the last one perhaps not all has come. */
    private int whole() {
        boolean isWhole = bytes.toString(StandardCharsets.UTF_8).endsWith("\n");
        return isWhole || ended ? lines().size() : Math.max(0, lines().size() - 1);
    }

    /** Returns the next line that this method has not returned yet, or null at the end. */
    public String nextLine(int seconds) {
        String line = await(seconds * 1_000L, () -> whole() > taken ? lines().get(taken) : null);
        if (line == null && !hasEnded()) {
            throw new AssertionError("no line within " + seconds + " s" + this);
        }
        taken++;
        return line;
    }

    /** Waits for the end, and returns everything. */
    public byte[] bytes() {
        await(PATIENCE_SECONDS * 1_000L, () -> ended ? true : null);
        if (!hasEnded()) {
            throw new AssertionError("waited in vain for the end" + this);
        }
        return bytes.toByteArray();
    }

    /** Waits for the end, and returns everything as text. */
    public String text() {
        return text(StandardCharsets.UTF_8);
    }

    /** Waits for the end, and returns everything as text; ISO 8859-1 has a character a byte. */
    public String text(Charset charset) {
        bytes();
        return soFar(charset);
    }

    /** Returns the lines so far, the last one even if it has not ended. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String line : bytes.toString(StandardCharsets.UTF_8).split("\r?\n")) {
            String plain = line.replaceAll(COLOUR, "").stripTrailing();
            if (line.isEmpty() || !plain.isEmpty()) { // not what was only a colour
                lines.add(plain);
            }
        }
        return bytes.size() == 0 ? List.of() : lines;
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private String soFar(Charset charset) {
        return bytes.toString(charset).replaceAll(COLOUR, "");
    }

    /** Waits until {@code what} is there, or the end, or the time is over; then returns null. */
    private synchronized <T> T await(long most, Supplier<T> what) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(most);
        while (true) {
            T found = what.get();
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (found != null || ended || millis <= 0) {
                return found;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted", e);
    }

    @Override
    public String toString() {
        String all = soFar(StandardCharsets.UTF_8);
        return " of " + command + (all.isEmpty() ? ", which printed nothing" : ":\n" + all);
    }
}
