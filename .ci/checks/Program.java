package checks;

import static checks.Checks.expect;
import static checks.Checks.expectBytes;
import static checks.Checks.expectMatch;
import static checks.Checks.expectTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;

/** A program in a process of its own. Closing it ends it. */
final class Program implements AutoCloseable {

    /** The folder of the lessons. */
    static final File ROOT = new File(".").getAbsoluteFile();

    /** What a client tells of itself, on standard error, before its conversation. */
    static final String INFORMATION = "(client: (connected to|our end is) \\S+:\\d+\n){0,2}";

    /** The word in a command that starts a server. */
    private static final String SERVER = "lesson\\d+\\.Server|exec:java@server";

    private static final String HOME = System.getProperty("java.home");
    private static final Queue<Program> started = new ConcurrentLinkedQueue<>();

    final Output out;
    final Output err;
    private final Process process;
    private final String who;

    private Program(Process process, List<String> command) {
        this.process = process;
        out = new Output(process.getInputStream());
        err = new Output(process.getErrorStream());
        boolean isServer = command.stream().anyMatch(word -> word.matches(SERVER));
        who = isServer ? "server" : "client";
    }

    /** Starts {@code program}, for example {@code lesson03.Server}, as in a terminal. */
    static Program java(String program, String... args) throws IOException {
        return start(ROOT, javaCommand(program, args));
    }

    static List<String> javaCommand(String program, String... args) {
        String classes = folder(program.substring(0, "lesson00".length())) + "/target/classes";
        return concat(List.of(HOME + "/bin/java", "-cp", classes, program), List.of(args));
    }

    /** Starts {@code mvn} in the folder of {@code lesson}, without its own lines. */
    static Program maven(String lesson, String... args) throws IOException {
        return start(folder(lesson), mavenCommand(args));
    }

    static List<String> mavenCommand(String... args) {
        return concat(List.of("mvn", "-q"), List.of(args));
    }

    /** Starts a command, given in parts, in {@code folder}. */
    @SafeVarargs
    static Program start(File folder, List<String>... parts) throws IOException {
        List<String> command = concat(parts);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        environment.put("JAVA_HOME", HOME);
        environment.put("LC_ALL", "C");
        environment.merge("MAVEN_OPTS", "-XX:TieredStopAtLevel=1", (a, b) -> a + " " + b);
        Program program = new Program(builder.start(), command);
        started.add(program);
        return program;
    }

    @SafeVarargs
    private static List<String> concat(List<String>... parts) {
        List<String> whole = new ArrayList<>();
        for (List<String> part : parts) {
            whole.addAll(part);
        }
        return whole;
    }

    /** Returns the folder of {@code lesson}, for example {@code lesson03}. */
    static File folder(String lesson) {
        File[] folders = ROOT.listFiles((root, name) -> name.startsWith(lesson));
        expectTrue(folders != null && folders.length == 1, "no folder of " + lesson);
        return folders[0];
    }

    /** Waits until a server says where it listens, and returns the port. */
    int port() throws InterruptedException {
        String line = "server: (?:listening|receiving) on \\S+:(\\d+)";
        try {
            return Integer.parseInt(out.await(line).group(1));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + err);
        }
    }

    /** Gives it {@code text}, a byte for each character. */
    void say(String text) {
        say(text.getBytes(ISO_8859_1));
    }

    void say(byte[] bytes) {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException e) {
            // it has ended, and what it printed tells why
        }
    }

    /** Ends its standard input. */
    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended, and what it printed tells why
        }
    }

    /** Waits for its end. */
    int status() throws InterruptedException {
        expectTrue(process.waitFor(Checks.PATIENCE, TimeUnit.SECONDS), "it does not end");
        return process.exitValue();
    }

    /** Waits for its end, with status 0. */
    void succeeds() throws InterruptedException {
        expectTrue(status() == 0, "it ended with status " + status() + ": " + err.text());
    }

    /** Waits for its end, and matches all that it has printed; returns the match of the output. */
    Matcher ends(int status, String output, String error) throws InterruptedException {
        String text = String.format("status %d\n%s", status(), err.text());
        expectMatch("status " + status + "\n" + error, text);
        return expectMatch(output, out.text());
    }

    /** Waits for its end, and compares what it has printed, byte for byte. */
    void endsWith(byte[] output) throws InterruptedException {
        succeeds();
        expectBytes(output, out.bytes());
    }

    /** Waits for it to fail with status 1 and one line: {@code what} failed, and {@code why}. */
    void fails(String what, String why) throws InterruptedException {
        String line = String.format("%s: .*%s.* \\(.*(%s).*\\)\\. [A-Z].*\\.\n", who, what, why);
        ends(1, "", INFORMATION + line);
    }

    /** Ends a server, and checks that it lived till now and complained in its own lines only. */
    void stop() throws InterruptedException {
        expectTrue(process.isAlive(), "it has died");
        end();
        boolean clear = err.text().lines().allMatch(line -> line.startsWith("server: "));
        expectTrue(clear, "it complained: " + err.text());
    }

    /** Sends it {@code signal}, for example {@code INT}. */
    void signal(String signal) throws Exception {
        String kill = "kill -" + signal + " " + process.pid();
        expect(0, new ProcessBuilder("bash", "-c", kill).start().waitFor());
    }

    /** Returns how much of the processor it has used, in milliseconds. */
    long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    long pid() {
        return process.pid();
    }

    /** Ends it. A program that runs another one ends with that one. */
    void end() throws InterruptedException {
        List<ProcessHandle> children = new ArrayList<>(process.descendants().toList());
        children.forEach(ProcessHandle::destroy);
        if (children.isEmpty()) {
            process.destroy();
        }
        status();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join(); // what it held is free now
        started.remove(this);
    }

    /** Ends whatever still runs. */
    static void closeAll() {
        started.forEach(Program::close);
    }
}
