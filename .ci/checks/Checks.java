package checks;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs checks, some at a time, and prints a line for each. */
final class Checks {

    /** How long to wait for anything, in seconds: far longer than it takes. */
    static final int PATIENCE = 100;

    /** How many checks at a time: most of them wait. */
    private static final int WORKERS = 6;

    private static final Executor workers = Executors.newFixedThreadPool(WORKERS, Checks::daemon);
    private static final List<CompletableFuture<String>> results = new ArrayList<>();
    private static final ThreadLocal<String> notes = new ThreadLocal<>();
    private static String words = "";
    private static int passed;
    private static int failed;
    private static int skipped;

    private Checks() {}

    /** A fact that is believed when this returns. */
    interface Check {
        void run() throws Exception;
    }

    /** Ends a check that cannot be made here. */
    private static final class Skipped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Skipped(String why) {
            super(why);
        }
    }

    /** From now on only the checks whose facts contain {@code words} are made. */
    static void only(String words) {
        Checks.words = words;
    }

    /** Starts {@code check}, or lets it wait for a free worker. */
    static void check(String fact, Check check) {
        if (fact.contains(words)) {
            results.add(
                    CompletableFuture.supplyAsync(() -> outcome(fact, check), workers)
                            .completeOnTimeout("FAIL " + fact, 3 * PATIENCE, TimeUnit.SECONDS));
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    /** Makes {@code check} when all others have ended, and before any other starts. */
    static void checkAlone(String fact, Check check) throws Exception {
        report();
        check(fact, check);
        report();
    }

    private static String outcome(String fact, Check check) {
        long start = System.nanoTime();
        String verdict = "ok  ";
        String why = "";
        notes.set("");
        try {
            check.run();
        } catch (Skipped e) {
            verdict = "skip";
            why = ": " + e.getMessage();
        } catch (Throwable e) {
            verdict = "FAIL";
            why = "\n     " + (e instanceof AssertionError ? e.getMessage() : e) + place(e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return String.format("%s %s (%.1f s)%s%s", verdict, fact, seconds, why, notes.get());
    }

    private static String place(Throwable e) {
        List<StackTraceElement> trace = Arrays.asList(e.getStackTrace());
        return trace.stream()
                .filter(line -> line.getClassName().startsWith("checks."))
                .filter(line -> !line.getClassName().equals(Checks.class.getName()))
                .map(line -> "\n     at " + line.getFileName() + ":" + line.getLineNumber())
                .findFirst()
                .orElse("");
    }

    /** Waits for the checks so far, and prints their outcomes in order. */
    static void report() throws Exception {
        for (CompletableFuture<String> result : results) {
            String line = result.get();
            System.out.println(line);
            passed += line.startsWith("ok") ? 1 : 0;
            failed += line.startsWith("FAIL") ? 1 : 0;
            skipped += line.startsWith("skip") ? 1 : 0;
        }
        results.clear();
    }

    /** Returns how many passed, failed, and were skipped. */
    static String total() {
        return passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }

    /** Returns whether no check failed, and one at least passed. */
    static boolean wentWell() {
        return failed == 0 && passed > 0;
    }

    /** Adds what the check has seen to its outcome. */
    static void note(String seen) {
        notes.set(notes.get() + "\n     " + seen);
    }

    static void skipIf(boolean condition, String why) {
        if (condition) {
            throw new Skipped(why);
        }
    }

    /** Skips this check on a machine without {@code program}. */
    static void needs(String program) {
        String[] folders = System.getenv("PATH").split(File.pathSeparator);
        boolean found =
                Arrays.stream(folders).anyMatch(folder -> new File(folder, program).canExecute());
        skipIf(!found, "no " + program);
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Makes {@code check}, which must not take longer, and returns the seconds that it took. */
    static double within(int seconds, Check check) throws Exception {
        long start = System.nanoTime();
        check.run();
        double took = (System.nanoTime() - start) / 1e9;
        expectTrue(took < seconds, "it took " + took + " s");
        return took;
    }

    static void expect(Object expected, Object actual) {
        expectTrue(expected.equals(actual), "expected " + expected + ", got " + actual);
    }

    static void expectTrue(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    static void expectBytes(byte[] expected, byte[] actual) {
        int difference = Arrays.mismatch(expected, actual);
        expectTrue(
                difference == -1,
                String.format(
                        "expected %d bytes, got %d; the first difference is at %d",
                        expected.length, actual.length, difference));
    }

    /** Matches all of {@code text}. */
    static Matcher expectMatch(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        expectTrue(matcher.matches(), "expected " + regex + "\n     got " + text);
        return matcher;
    }

    /** Asks again and again whether {@code condition} holds, for as long as the patience lasts. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            expectTrue(
                    System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE),
                    "waited in vain for " + what);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
