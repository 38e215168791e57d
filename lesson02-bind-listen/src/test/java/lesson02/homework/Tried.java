package lesson02.homework;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What a test has tried. All failures of homework are told here, in one form: what was tried, what
 * was expected, what came, the likely cause as a question, and which hint of the README to open.
 */
final class Tried {

    private static final String PACKAGE = Tried.class.getPackageName() + ".";
    private static final int HINTS = 3;

    private final String what;

    private Tried(String what) {
        this.what = what;
    }

    /** Begins the sentence, with {@code what} filled in as by {@link #say}. */
    static Tried to(String what, Object... values) {
        return new Tried(say(what, values));
    }

    /** Formats the same way whatever digits the machine's language has. */
    static String say(String format, Object... values) {
        return values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    }

    /**
     * Fails unless {@code holds}.
     *
     * @param got what came instead: an exception is told with the line of the answer that threw it
     * @param cause the likely cause, as a question
     * @param hint the number of the hint in the README
     */
    void check(boolean holds, String expected, Object got, String cause, int hint) {
        if (!cause.endsWith("?") || hint < 1 || hint > HINTS) {
            throw new IllegalArgumentException("no question, or no hint: " + cause + " " + hint);
        }
        if (!holds) {
            String told =
                    what
                            + "; expected "
                            + expected
                            + "; got "
                            + told(got)
                            + ". "
                            + cause
                            + " See hint "
                            + hint
                            + ".";
            throw new AssertionError(told, got instanceof Throwable thrown ? thrown : null);
        }
    }

    /** Fails with this sentence. */
    void fail(String expected, Object got, String cause, int hint) {
        check(false, expected, got, cause, hint);
    }

    /** Fails unless both are equal; arrays are, if their elements are. */
    void same(Object expected, Object got, String cause, int hint) {
        check(Objects.deepEquals(expected, got), quoted(expected), quoted(got), cause, hint);
    }

    /**
     * Returns what {@code call} returns, or throws what it throws. It runs in a daemon thread; if
     * it has not ended after so many seconds, it is interrupted and the test fails.
     */
    <T> T within(int seconds, Callable<T> call, String expected, String cause, int hint)
            throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "homework");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            String where = lineIn(thread.getStackTrace());
            task.cancel(true);
            fail(expected, say("no end in %d s%s", seconds, where), cause, hint);
            throw e; // never: fail has thrown
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    /** Returns the exception that {@code call} throws in the time given, or null if it returns. */
    Exception thrownWithin(int seconds, Callable<?> call, String expected, String cause, int hint) {
        try {
            within(seconds, call, expected, cause, hint);
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /**
     * Names the line of the answer that {@code frames} lead to, if they do: ", at Dialer.java:38".
     */
    static String lineIn(StackTraceElement[] frames) {
        return Stream.of(frames)
                .filter(frame -> frame.getClassName().startsWith(PACKAGE))
                .filter(frame -> !isOfTests(frame))
                .findFirst()
                .map(frame -> ", at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static boolean isOfTests(StackTraceElement frame) {
        String file = String.valueOf(frame.getFileName());
        return file.matches("null|Test.*|.*Test[.]java|(Homework|Noise|Summary|Tried|ToDo)[.]java");
    }

    private static String quoted(Object value) {
        return value instanceof String text ? '"' + text + '"' : told(value);
    }

    private static String told(Object value) {
        if (value instanceof Throwable thrown) {
            return thrown + lineIn(thrown.getStackTrace());
        }
        String elements = Arrays.deepToString(new Object[] {value});
        return elements.substring(1, elements.length() - 1);
    }
}
