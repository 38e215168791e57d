package lesson02.homework;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the place of standard error while tests run. An answer that prints the stack traces of its
 * exceptions would bury the summary: they go to a file, and of each kind one line says how many
 * there were. Everything else passes.
 */
final class Noise extends OutputStream {

    private static final Path FILE = Path.of("target", "stack-traces.txt");

    private static final Pattern HEAD =
            Pattern.compile("(?:Exception in thread \".*\" )?((?:\\w+[.])+\\w+)(?::.*)?");
    private static final Pattern REST =
            Pattern.compile("\tat .*|\t\\.\\.\\. \\d+ .*|\\s*(Caused by|Suppressed): .*");

    private final PrintStream before = System.err;
    private final Charset charset = Charset.defaultCharset();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, Integer> kinds = new LinkedHashMap<>();
    private OutputStream file;

    /** Stands before standard error until {@link #end}. */
    static Noise begin() {
        Noise noise = new Noise();
        System.setErr(new PrintStream(noise, true));
        return noise;
    }

    /** Gives standard error back, and says what was left out. */
    void end() {
        System.setErr(before);
        synchronized (this) {
            if (line.size() > 0) {
                pass();
            }
            kinds.forEach(
                    (kind, count) ->
                            System.out.println(
                                    Tried.say("stack traces of %s: %d, in %s", kind, count, FILE)));
        }
    }

    @Override
    public synchronized void write(int b) {
        line.write(b);
        if (b == '\n') {
            pass();
        }
    }

    private void pass() {
        String text = line.toString(charset).stripTrailing();
        Matcher head = HEAD.matcher(text);
        boolean isHead = head.matches() && isThrowable(head.group(1));
        if ((isHead || REST.matcher(text).matches()) && keep()) {
            if (isHead) {
                kinds.merge(head.group(1), 1, Integer::sum);
            }
        } else {
            before.write(line.toByteArray(), 0, line.size());
            before.flush();
        }
        line.reset();
    }

    private static boolean isThrowable(String name) {
        return name.endsWith("Exception") || name.endsWith("Error") || name.endsWith("Throwable");
    }

    /** Writes the line to the file; false where that is not possible. */
    private boolean keep() {
        try {
            if (file == null) {
                file = Files.newOutputStream(FILE);
            }
            line.writeTo(file);
            file.flush();
            return true;
        } catch (IOException e) {
            return false; // no Maven build, or a full disk: it is shown instead
        }
    }
}
