package course.process;

import course.Jdk;
import course.Lesson;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What to start, where, and with which environment. It changes nothing: each step is a copy. */
public final class Command {

    /** Maven starts in half the time, and takes one processor where there are few. */
    private static final String MAVEN_OPTS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final Path folder;
    private final List<String> words;
    private final Map<String, String> environment;
    private final boolean merged;

    private Command(
            Path folder, List<String> words, Map<String, String> environment, boolean merged) {
        this.folder = folder.toAbsolutePath();
        this.words = List.copyOf(words);
        this.environment = environment;
        this.merged = merged;
    }

    /** A program and its arguments, to be started in {@code folder}. */
    public static Command of(Path folder, String... words) {
        return of(folder, List.of(words));
    }

    /** A program and its arguments, to be started in {@code folder}. */
    public static Command of(Path folder, List<String> words) {
        return new Command(folder, words, Map.of(), false);
    }

    /** A line as it is typed in a terminal, to be started in {@code folder}. */
    public static Command bash(Path folder, String line) {
        return of(folder, "bash", "-c", line);
    }

    /** A compiled program of a lesson, for example {@code Server}, on this JDK. */
    public static Command java(Lesson lesson, String program, String... arguments) {
        String name = lesson.packageName() + "." + program;
        List<String> java = List.of(Jdk.program("java"), "-cp", "" + lesson.classes(), name);
        return of(lesson.folder(), concat(java, List.of(arguments)));
    }

    /** Maven, without its own lines; the root's and a lesson's folder will do. */
    public static Command maven(Path folder, String... arguments) {
        return of(folder, concat(List.of("mvn", "-q"), List.of(arguments)));
    }

    /** Adds words. */
    public Command with(String... more) {
        return new Command(folder, concat(words, List.of(more)), environment, merged);
    }

    /** Puts the words of another program before these, which starts this one: strace, setpriv. */
    public Command under(List<String> other) {
        return new Command(folder, concat(other, words), environment, merged);
    }

    /** Sets a variable of the environment; {@code null} takes it away. */
    public Command env(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new Command(folder, words, more, merged);
    }

    /** Puts both outputs into one, as a terminal does. */
    public Command merged() {
        return new Command(folder, words, environment, true);
    }

    /** Starts it. */
    public Program start() {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.redirectErrorStream(merged);
        Map<String, String> all = builder.environment();
        all.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        all.put("JAVA_HOME", "" + Jdk.home());
        all.merge("PATH", "", (path, none) -> Jdk.home() + "/bin" + File.pathSeparator + path);
        all.put("LC_ALL", "C.UTF-8");
        all.put("GIT_CONFIG_GLOBAL", "/dev/null");
        all.merge("MAVEN_OPTS", MAVEN_OPTS, (a, b) -> a + " " + b);
        environment.forEach((name, value) -> set(all, name, value));
        try {
            return new Program(builder.start(), toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + this, e);
        }
    }

    private static void set(Map<String, String> environment, String name, String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }

    /** Runs it to its end without input, and returns the lines of both outputs. */
    public List<String> lines() {
        return lines("");
    }

    /** Runs it to its end with {@code input}, and returns the lines of both outputs. */
    public List<String> lines(String input) {
        try (Program program = merged().start()) {
            program.say(input);
            program.endInput();
            program.out().bytes(); // all of them
            program.status();
            return program.out().lines();
        }
    }

    /** Returns whether a program is to be found, for example {@code strace}. */
    public static boolean exists(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static List<String> concat(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
