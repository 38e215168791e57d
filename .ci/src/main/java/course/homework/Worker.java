package course.homework;

import course.homework.child.Child;
import course.homework.child.Job;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A JVM that runs the tests of answers; see {@link Child}. */
final class Worker implements AutoCloseable {

    private static final String NO_MORE = "";
    private static final String FLOOD = "flood";
    private static final long MOST_PRINTED = 64 << 20; // bytes

    private final String secret = UUID.randomUUID().toString();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Process process;
    private final Runnable kill;
    private final PrintWriter jobs;
    private boolean isClean;

    /** Starts it; {@code kill} ends it and whatever it has started. */
    Worker(ProcessBuilder builder, Function<Process, Runnable> killer) throws IOException {
        process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        kill = killer.apply(process);
        jobs = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        jobs.println(secret);
        Thread reader = new Thread(() -> read(process.getInputStream()), "reads a worker");
        reader.setDaemon(true);
        reader.start();
        process.onExit().thenRun(() -> end(reader));
    }

    /** Nobody waits for a stream that a child of the process may hold open. */
    private void end(Thread reader) {
        try {
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.add(NO_MORE);
    }

    /** Keeps the lines that begin with the secret; what else is printed is nobody's result. */
    private void read(InputStream in) {
        try (in) {
            LineReader reader = new LineReader(in);
            for (String line = reader.next(); line != null; line = reader.next()) {
                if (reader.total() > MOST_PRINTED) {
                    lines.add(FLOOD);
                    return;
                }
                if (line.startsWith(secret + "\t")) {
                    lines.add(line.substring(secret.length() + 1));
                }
            }
        } catch (IOException e) {
            // it was ended
        }
        lines.add(NO_MORE);
    }

    /** Runs a job, and ends the JVM if that takes longer than so many seconds. */
    Result run(Job job, int seconds) throws InterruptedException {
        return ask(job.line(), seconds);
    }

    /** Gives it a line of input, and waits for what it says of that. */
    Result ask(String job, int seconds) throws InterruptedException {
        isClean = false;
        long start = System.nanoTime();
        long deadline = start + TimeUnit.SECONDS.toNanos(seconds);
        jobs.println(job);
        List<Outcome> outcomes = new ArrayList<>();
        String last = "";
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            String[] parts = line == null ? null : line.split("\t", 4);
            String broken = null;
            if (line == null) {
                close();
                broken = "no end after " + seconds + " s";
            } else if (parts[0].equals("end")) {
                isClean = parts[1].equals(Child.CLEAN);
                broken = "";
            } else if (parts.length < 4) {
                close();
                broken = line.equals(FLOOD) ? "printed more than 64 MB" : "ended the JVM";
            }
            if (broken != null) {
                double took = (System.nanoTime() - start) / 1e9;
                return new Result(outcomes, broken, broken.isEmpty() ? "" : last, took);
            }
            if (parts[2].equals("started")) {
                last = parts[1];
            } else {
                outcomes.add(new Outcome(Integer.parseInt(parts[0]), parts[1], parts[2], parts[3]));
            }
        }
    }

    /** Whether the last job came to its end, and left no thread and no descriptor behind. */
    boolean isClean() {
        return isClean && process.isAlive();
    }

    /** Lets it come to its end: it writes what its options ask for. */
    void finish() throws InterruptedException {
        jobs.close();
        process.waitFor(60, TimeUnit.SECONDS);
        close();
    }

    @Override
    public void close() {
        kill.run();
    }
}
