package course.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own. Closing it ends it and all that it has started. */
public final class Program implements AutoCloseable {

    private static final Queue<Program> running = new ConcurrentLinkedQueue<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.forEach(Program::close)));
    }

    private final Process process;
    private final String command;
    private final Output out;
    private final Output err;

    Program(Process process, String command) {
        this.process = process;
        this.command = command;
        out = new Output(process.getInputStream(), command);
        err = new Output(process.getErrorStream(), command);
        running.add(this);
    }

    /** Returns its standard output; of a merged command, both outputs. */
    public Output out() {
        return out;
    }

    /** Returns its standard error; of a merged command, nothing. */
    public Output err() {
        return err;
    }

    /** Gives it {@code text} as UTF-8. */
    public void say(String text) {
        say(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives it {@code bytes}; if it has ended, nothing happens, as what it printed tells why. */
    public void say(byte[] bytes) {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException e) {
            // it has ended
        }
    }

    /** Types a line, which then stands in its output, as in a terminal. */
    public void type(String line) {
        out.echo(line + "\n");
        say(line + "\n");
    }

    /** Ends its standard input. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended
        }
    }

    /** Waits until it says where it listens, in a line that ends with {@code :PORT}. */
    public int awaitPort() {
        try {
            return Integer.parseInt(out.await(".*:(\\d+)").group(1));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + err, e);
        }
    }

    /** Waits for its end, and returns its status. */
    public int status() {
        return status(Output.PATIENCE_SECONDS);
    }

    /** Waits for its end, at most so many seconds, and returns its status. */
    public int status(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("still runs after " + seconds + " s: " + command);
            }
        } catch (InterruptedException e) {
            throw Output.interrupted(e);
        }
        return process.exitValue();
    }

    /** Waits for its end, with status 0. */
    public void succeeds() {
        int status = status();
        if (status != 0) {
            throw new AssertionError(
                    "status " + status + " of " + command + "\n" + out + "\n" + err);
        }
    }

    /** Returns whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the number of its process. */
    public long pid() {
        return process.pid();
    }

    /** Returns how much of the processor it has used, in milliseconds. */
    public long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** Sends a signal to it and all that it has started, for example {@code INT} for Ctrl-C. */
    public void signal(String signal) {
        List<String> kill = new ArrayList<>(List.of("kill", "-" + signal));
        all().forEach(handle -> kill.add("" + handle.pid()));
        try {
            new ProcessBuilder(kill).redirectErrorStream(true).start().waitFor();
        } catch (IOException e) {
            throw new AssertionError("cannot kill", e);
        } catch (InterruptedException e) {
            throw Output.interrupted(e);
        }
    }

    /**
     * Asks it to end, and waits for its end; by force if that takes too long. Not as Ctrl-C does:
     * what a shell has started in the background does not hear that.
     */
    public void stop() {
        signal("TERM");
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw Output.interrupted(e);
        }
        close();
    }

    private List<ProcessHandle> all() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        return all;
    }

    @Override
    public void close() {
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join()); // what they held is free now
        running.remove(this);
    }

    @Override
    public String toString() {
        return command;
    }
}
