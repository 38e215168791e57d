package course.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program under strace, and the system calls that it has made so far. */
public final class Strace implements AutoCloseable {

    private final Program program;
    private final Path log;

    private Strace(Program program, Path log) {
        this.program = program;
        this.log = log;
    }

    /** Returns whether strace is here, and may trace. */
    public static boolean isAvailable() {
        if (!Command.exists("strace")) {
            return false;
        }
        try (Program trial = Command.of(Path.of(""), "strace", "-qq", "true").start()) {
            return trial.status() == 0;
        }
    }

    /**
     * Starts a command under strace.
     *
     * @param calls what to trace, for example {@code socket,?accept4}: the question mark allows a
     *     machine that has no such call
     */
    public static Strace start(Command command, String calls) {
        try {
            Path log = Files.createTempFile("calls", ".log");
            List<String> words = new ArrayList<>(List.of("strace", "-f", "-y", "-qq"));
            words.addAll(List.of("-o", "" + log, "-e", "trace=" + calls));
            return new Strace(command.under(words).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the program, which strace has started. */
    public Program program() {
        return program;
    }

    /** Returns the calls so far. */
    public Calls calls() {
        try {
            return Calls.of(Files.readString(log, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
