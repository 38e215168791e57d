import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Proves the tests of the homework. For every task: the stub is not started in every test; two
 * solutions pass every test, every time; each mistake fails the tests that it names, with the words
 * that it promises, and passes the rest. They run in JVMs of their own, each of which is ended when
 * one takes too long or leaves a thread or a descriptor behind. {@code bash .ci/graders [--times N]
 * [lesson03 | Frames ...]}, and {@code bash .ci/graders --self-test}.
 */
final class Graders {

    private static final int TIMES = 20; // how often a solution has to pass; a mistake fails once
    private static final int SIDE_BY_SIDE = 5; // JVMs; they mostly wait
    private static final int WAIT_SECONDS = 60; // the longest run of all tests of a task
    private static final int HINTS = 3; // for each task

    private static final List<String> WARNINGS =
            List.of(
                    "-Xlint:all,-try,-processing",
                    "-Xdoclint:all,-missing",
                    "-Werror",
                    "-proc:none",
                    "--release",
                    "17");

    private static final Pattern NOT_STARTED = Pattern.compile("not started: \\S.*");
    private static final Pattern HINT = Pattern.compile("See hint (\\d+)\\.");
    private static final Pattern SUMMARY = Pattern.compile("<summary>Hint (\\d+)</summary>");
    private static final Pattern EXPECTED = Pattern.compile("(\\w+): (\\S.*)");
    private static final Pattern COMMENT_OR_TEXT =
            Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*|(\"(?:\\\\.|[^\"\\\\\n])*\")|\\s+");

    /** Stands alone, since the JVM of a variant has no compiler to load. */
    private static final class Javac {

        static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
        static final StandardJavaFileManager FILES =
                COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    }

    /** A task of a lesson, and where its files are. */
    private record Task(Path lesson, String name) {

        String number() {
            return Graders.name(lesson).substring(0, 8);
        }

        /** Where {@code name} stands in the package of the homework, below a source path. */
        Path in(String sources, String name) {
            return lesson.resolve(sources).resolve(number()).resolve("homework").resolve(name);
        }

        Path stub() {
            return in("src/main/java", name + ".java");
        }

        Path test() {
            return in("src/test/java", name + "Test.java");
        }

        Path answers() {
            return lesson.resolve("src/homework").resolve(name);
        }

        List<String> mistakes() {
            return names(answers().resolve("mistakes"), "");
        }

        /** The stub, the two solutions, and the mistakes. */
        List<Variant> variants() {
            List<Variant> variants = new ArrayList<>();
            variants.add(new Variant(this, lesson.resolve("src/main/java")));
            variants.add(new Variant(this, answers().resolve("solution")));
            variants.add(new Variant(this, answers().resolve("another")));
            for (String mistake : mistakes()) {
                variants.add(new Variant(this, answers().resolve("mistakes").resolve(mistake)));
            }
            return variants;
        }
    }

    /** One answer to a task, or its stub: the source path that it stands in. */
    private record Variant(Task task, Path folder) {

        Path source() {
            return task.in("" + folder.toAbsolutePath(), task.name + ".java");
        }

        Path expect() {
            return folder.resolve("expect.txt");
        }

        boolean isStub() {
            return source().equals(task.stub());
        }

        boolean isMistake() {
            return folder.getParent().endsWith("mistakes");
        }

        /** What is compiled: the homework of the lesson, with this answer, and the task's test. */
        List<Path> sources() {
            List<Path> sources = new ArrayList<>(List.of(source(), task.test()));
            for (String name : names(task.stub().getParent(), ".java")) {
                if (!name.equals(task.name)) {
                    sources.add(task.in("src/main/java", name + ".java"));
                }
            }
            for (String name : names(task.test().getParent(), ".java")) {
                if (!name.endsWith("Test")) {
                    sources.add(task.in("src/test/java", name + ".java"));
                }
            }
            return sources;
        }
    }

    /** The classes of a task with its stub, and what the compiler had to say. */
    private record Base(Path classes, List<String> said) {}

    /** What a JVM is to run: a test against these classes, before those of the stub. */
    private record Job(
            Path classes,
            Path base,
            Path resources,
            String test,
            int runs,
            boolean strict,
            Path outcomes) {

        static Job of(String line) {
            String[] part = line.split("\t");
            return new Job(
                    Path.of(part[0]),
                    Path.of(part[1]),
                    Path.of(part[2]),
                    part[3],
                    Integer.parseInt(part[4]),
                    Boolean.parseBoolean(part[5]),
                    Path.of(part[6]));
        }

        @Override
        public String toString() {
            return Stream.of(classes, base, resources, test, runs, strict, outcomes)
                    .map(Object::toString)
                    .collect(Collectors.joining("\t"));
        }
    }

    /** A JVM that runs jobs, until one leaves something behind. */
    private static final class Jvm {

        static final String NOTHING_LEFT = "nothing left";
        static final String LATE = "late";

        final Process process;
        private final BufferedReader said;
        private final PrintWriter jobs;

        Jvm(Path work, String archived) throws IOException {
            String path =
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(entry -> "" + Path.of(entry).toAbsolutePath())
                            .collect(Collectors.joining(File.pathSeparator));
            process =
                    new ProcessBuilder(
                                    "" + Path.of(System.getProperty("java.home"), "bin", "java"),
                                    archived,
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-Xmx256m",
                                    "-cp",
                                    path,
                                    "Graders",
                                    "--child")
                            .directory(work.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            said = process.inputReader();
            jobs = new PrintWriter(process.outputWriter(), true);
        }

        /** Returns what the JVM says of a job; nothing, if it ends. */
        String run(Job job, int most) throws Exception {
            FutureTask<String> answer = new FutureTask<>(said::readLine);
            new Thread(answer).start();
            jobs.println(job);
            try {
                return "" + answer.get(most, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                return LATE;
            }
        }

        void end() throws InterruptedException {
            jobs.close();
            process.waitFor();
        }
    }

    /** How one test ended in one of the runs. */
    private record Outcome(int run, String test, String state, String message) {

        @Override
        public String toString() {
            return message.isEmpty() ? state : state + ": " + message;
        }
    }

    /** What became of a variant; {@code broken} where it did not come to its end. */
    private record Result(List<Outcome> outcomes, List<String> broken, double seconds) {

        static Result broken(List<String> how) {
            return new Result(List.of(), how, 0);
        }

        Set<String> tests() {
            return outcomes.stream()
                    .map(Outcome::test)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** How a test ended: the worst, where it ran several times with different arguments. */
        Outcome of(int run, String test) {
            Comparator<Outcome> worst = Comparator.comparing(o -> o.state.equals("passed"));
            return outcomes.stream()
                    .filter(outcome -> outcome.run == run && outcome.test.equals(test))
                    .min(worst)
                    .orElse(new Outcome(run, test, "nothing", ""));
        }
    }

    private final Path root;
    private final List<String> only;
    private final int times;
    private final int mistakeTimes;
    private final int waitSeconds;
    private final Path work;
    private final Map<List<String>, Result> known;

    private final Map<Task, Base> bases = new HashMap<>();

    /** What the JVMs load of the JDK and of JUnit: with it they start a third faster. */
    private final Path archive;

    private boolean leavesClasses;

    private static final Deque<Jvm> JVMS = new ConcurrentLinkedDeque<>(); // with nothing to do

    private final Set<String> faults = new LinkedHashSet<>();
    private int printed;
    private int tests;
    private int mistakes;

    private Graders(
            Path root,
            List<String> only,
            int times,
            int mistakeTimes,
            int waitSeconds,
            Path work,
            Map<List<String>, Result> known) {
        this.root = root;
        this.only = only;
        this.times = times;
        this.mistakeTimes = mistakeTimes;
        this.waitSeconds = waitSeconds;
        this.work = work;
        this.known = known;
        archive = work.resolve("classes.jsa");
    }

    public static void main(String[] args) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(args));
        if (arguments.remove("--child")) {
            child();
            return;
        }
        Path work = Files.createTempDirectory("graders").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(work)));
        if (arguments.remove("--self-test")) {
            System.exit(selfTest(work) ? 0 : 1);
        }
        int times = TIMES;
        int mistakeTimes = 1;
        if (arguments.size() > 1 && arguments.get(0).equals("--times")) {
            times = Integer.parseInt(arguments.get(1));
            mistakeTimes = times;
            arguments.subList(0, 2).clear();
        }
        long started = System.nanoTime();
        Path root = Path.of("").toAbsolutePath();
        Graders graders =
                new Graders(
                        root,
                        arguments,
                        times,
                        mistakeTimes,
                        WAIT_SECONDS,
                        work,
                        new ConcurrentHashMap<>());
        int tasks = graders.prove(true);
        System.out.printf(
                "%d tasks, %d tests, %d solutions x %d, %d mistakes, %d faults, %d s%n",
                tasks,
                graders.tests,
                2 * tasks,
                times,
                graders.mistakes,
                graders.faults.size(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
        System.exit(graders.faults.isEmpty() ? 0 : 1);
    }

    /** Proves all tasks that are asked for, and returns how many. */
    private int prove(boolean loud) throws Exception {
        List<Task> tasks = tasks();
        if (tasks.isEmpty()) {
            fault(root, "a task", only.isEmpty() ? "none" : "none of the name " + only);
        }
        ExecutorService workers = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            Map<Task, List<Future<Result>>> results = new LinkedHashMap<>();
            for (Task task : tasks) {
                if (isWhole(task)) {
                    if (!Files.exists(archive)) {
                        leavesClasses = true;
                        result(task.variants().get(0));
                        leavesClasses = false;
                    }
                    List<Future<Result>> futures = new ArrayList<>();
                    for (Variant variant : task.variants()) {
                        futures.add(workers.submit(() -> result(variant)));
                    }
                    results.put(task, futures);
                }
            }
            for (Task task : results.keySet()) {
                List<Result> all = new ArrayList<>();
                for (Future<Result> result : results.get(task)) {
                    all.add(result.get());
                }
                judge(task, all);
                if (loud) {
                    report(task, all);
                }
            }
            if (loud) {
                printFaults();
            }
        } finally {
            workers.shutdownNow();
        }
        return tasks.size();
    }

    private void report(Task task, List<Result> results) {
        int count = results.get(0).tests().size();
        tests += count;
        mistakes += task.mistakes().size();
        System.out.printf(
                "%s  %-16s  %2d tests, 2 solutions x %d, %2d mistakes, %5.1f s%n",
                task.number(),
                task.name,
                count,
                times,
                task.mistakes().size(),
                results.stream().mapToDouble(Result::seconds).sum());
        printFaults();
    }

    private void printFaults() {
        faults.stream().skip(printed).forEach(System.out::println);
        printed = faults.size();
    }

    private void fault(Path file, String expected, String got) {
        String place = file.equals(root) ? "." : "" + root.relativize(file);
        faults.add(place + ": expected " + expected + ", got " + got);
    }

    // What stands where

    /** Every name that a stub, a test or a folder of answers has, in the lessons' order. */
    private List<Task> tasks() {
        List<Task> tasks = new ArrayList<>();
        for (String lesson : names(root, "")) {
            if (lesson.matches("lesson\\d\\d-.*")) {
                Task any = new Task(root.resolve(lesson), "Any");
                Set<String> all = new TreeSet<>(names(any.stub().getParent(), ".java"));
                all.remove("ToDo");
                all.addAll(names(any.test().getParent(), "Test.java"));
                all.addAll(names(any.answers().getParent(), ""));
                all.stream()
                        .filter(name -> only.isEmpty() || only.contains(name) || isOne(lesson))
                        .forEach(name -> tasks.add(new Task(any.lesson, name)));
            }
        }
        return tasks;
    }

    private boolean isOne(String lesson) {
        return only.contains(lesson.substring(0, 8)) || only.contains(lesson);
    }

    /** Whether the task has all its files, and no others. */
    private boolean isWhole(Task task) {
        int before = faults.size();
        Set<Path> wanted = new LinkedHashSet<>(List.of(task.stub(), task.test()));
        for (Variant variant : task.variants()) {
            wanted.add(variant.source());
            if (variant.isMistake()) {
                wanted.add(variant.expect());
            }
        }
        for (Path file : wanted) {
            if (!Files.isRegularFile(file)) {
                fault(file, "this file", "none");
            }
        }
        if (task.mistakes().isEmpty()) {
            fault(task.answers().resolve("mistakes"), "at least one mistake", "none");
        }
        for (Path file : filesIn(task.answers())) {
            if (!wanted.contains(file)) {
                fault(file, "no such file here", "one");
            }
        }
        return faults.size() == before;
    }

    /** The hints that the README has for the task; all, where it has no place for them. */
    private Set<String> hints(Task task) {
        Path readme = task.lesson.resolve("README.md");
        Set<String> hints = new TreeSet<>();
        boolean make = false;
        boolean ours = false;
        boolean makes = false;
        boolean headed = false;
        for (String line : Files.exists(readme) ? read(readme).split("\n") : new String[0]) {
            make = line.startsWith("## ") ? line.equals("## Make") : make;
            ours = line.matches("###? .*") ? make && line.equals("### " + task.name) : ours;
            makes |= make;
            headed |= ours;
            Matcher summary = SUMMARY.matcher(line);
            if (ours && summary.find()) {
                hints.add(summary.group(1));
            }
        }
        Set<String> all =
                IntStream.rangeClosed(1, HINTS)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.toCollection(TreeSet::new));
        if (!makes) {
            fault(readme, "a section ## Make", "none");
            return all;
        }
        if (!headed) {
            fault(readme, "a heading ### " + task.name, "none");
            return all;
        }
        all.removeAll(hints);
        all.forEach(number -> fault(readme, "a hint " + number + " for " + task.name, "none"));
        return hints;
    }

    // What must come of it

    private void judge(Task task, List<Result> results) {
        List<Variant> variants = task.variants();
        Set<String> all = results.get(0).tests();
        Set<String> hints = hints(task);
        Set<String> caught = new LinkedHashSet<>();
        Map<String, Variant> sources = new HashMap<>();
        for (int i = 0; i < variants.size(); i++) {
            Variant variant = variants.get(i);
            Result result = results.get(i);
            Variant twin = sources.put(plain(variant.source()), variant);
            if (twin != null) {
                String copy = "a copy of " + root.relativize(twin.folder);
                fault(variant.source(), "an answer of its own", copy);
            }
            faults.addAll(result.broken);
            if (!result.broken.isEmpty() || !results.get(0).broken.isEmpty()) {
                continue; // without the stub's run there are no names of tests
            }
            if (variant.isStub()) {
                judgeStub(variant, result, all);
            } else if (variant.isMistake()) {
                judgeMistake(variant, result, all, hints, caught);
            } else {
                judgeSolution(variant, result, all);
            }
        }
        for (String test : all) {
            if (!caught.contains(test)) {
                fault(task.test(), "a mistake that " + test + " catches", "none");
            }
        }
    }

    /** The stub has two runs, the second with {@code -Dhomework=strict}. */
    private void judgeStub(Variant variant, Result result, Set<String> all) {
        if (all.isEmpty()) {
            fault(variant.task.test(), "a test", "none");
        }
        for (String test : all) {
            Outcome plain = result.of(1, test);
            Outcome strict = result.of(2, test);
            if (!plain.state.equals("aborted") || !isNotStarted(plain)) {
                fault(variant.source(), test + " not started", "" + plain);
            } else if (!strict.state.equals("failed") || !isNotStarted(strict)) {
                fault(variant.source(), test + " failed with -Dhomework=strict", "" + strict);
            }
        }
    }

    private static boolean isNotStarted(Outcome outcome) {
        return NOT_STARTED.matcher(outcome.message).matches();
    }

    private void judgeSolution(Variant variant, Result result, Set<String> all) {
        Set<String> tests = new LinkedHashSet<>(all);
        tests.addAll(result.tests());
        for (String test : tests) {
            for (int run = 1; run <= times; run++) {
                Outcome outcome = result.of(run, test);
                if (!outcome.state.equals("passed")) {
                    String expected = "%s passed in run %d of %d".formatted(test, run, times);
                    fault(variant.source(), expected, "" + outcome);
                    break;
                }
            }
        }
    }

    private void judgeMistake(
            Variant variant,
            Result result,
            Set<String> all,
            Set<String> hints,
            Set<String> caught) {
        Map<String, String> expected = expectations(variant, all);
        Set<String> tests = new LinkedHashSet<>(all);
        tests.addAll(result.tests());
        for (String test : tests) {
            String words = expected.get(test);
            if (words != null) {
                caught.add(test);
            }
            for (int run = 1; run <= mistakeTimes; run++) {
                judgeOutcome(variant, result.of(run, test), words, hints);
            }
        }
    }

    /** How a test ended that must pass, where no words are expected of it, and else must fail. */
    private void judgeOutcome(Variant variant, Outcome outcome, String words, Set<String> hints) {
        String test = outcome.test;
        if (words == null) {
            if (!outcome.state.equals("passed")) {
                fault(variant.source(), test + " passed", "" + outcome);
            }
            return;
        }
        if (!outcome.state.equals("failed")) {
            fault(variant.source(), test + " failed", "" + outcome);
            return;
        }
        if (!outcome.message.contains(words)) {
            fault(variant.expect(), test + " to say \"" + words + "\"", "" + outcome);
        }
        Matcher hint = HINT.matcher(outcome.message);
        if (!hint.find()) {
            fault(variant.source(), test + " to end with \"See hint N.\"", "" + outcome);
        } else if (!hints.contains(hint.group(1))) {
            String told = "hint " + hint.group(1) + " of " + test + " in the README";
            fault(variant.task.lesson.resolve("README.md"), told, "hints " + hints);
        }
    }

    /** The tests that must catch a mistake, and the words of their failures. */
    private Map<String, String> expectations(Variant variant, Set<String> all) {
        Map<String, String> expected = new LinkedHashMap<>();
        List<String> lines = List.of(read(variant.expect()).split("\n"));
        if (!lines.get(0).matches("# \\S.*")) {
            fault(variant.expect(), "a first line \"# what the mistake is\"", quoted(lines.get(0)));
        }
        for (String line : lines.subList(1, lines.size())) {
            Matcher named = EXPECTED.matcher(line);
            if (!named.matches()) {
                fault(variant.expect(), "\"test: words\"", quoted(line));
            } else if (!all.contains(named.group(1))) {
                String test = variant.task.name + "Test";
                fault(variant.expect(), "a test of " + test, quoted(named.group(1)));
            } else if (expected.put(named.group(1), oneLine(named.group(2))) != null) {
                fault(variant.expect(), named.group(1) + " once", "it twice");
            }
        }
        if (expected.isEmpty()) {
            fault(variant.expect(), "at least one test", "none");
        }
        return expected;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** A source without its comments and its blanks. */
    private static String plain(Path source) {
        return COMMENT_OR_TEXT
                .matcher(read(source))
                .replaceAll(m -> m.group(1) == null ? "" : Matcher.quoteReplacement(m.group(1)));
    }

    // Runs

    /** Compiles a variant and runs its tests, unless the same sources have run before. */
    private Result result(Variant variant) throws Exception {
        List<String> key = new ArrayList<>(variant.sources().stream().map(Graders::read).toList());
        key.add(variant.isStub() ? "strict" : "" + runs(variant));
        Result before = known.get(key);
        if (before != null) {
            return before;
        }
        Path folder = Files.createTempDirectory(work, "variant");
        try {
            Base base = base(variant.task);
            List<String> said = base.said;
            if (said.isEmpty() && !variant.isStub()) {
                // A mistake has the stub's signatures, or its tests fail; a solution shows that
                // the test also compiles with it.
                boolean alone = variant.isMistake();
                List<Path> sources = alone ? List.of(variant.source()) : variant.sources();
                said = compile(sources, base.classes, folder);
            }
            Result result = said.isEmpty() ? run(variant, base, folder) : Result.broken(said);
            known.put(key, result);
            return result;
        } finally {
            delete(folder);
        }
    }

    /** Compiles a task with its stub, once. */
    private synchronized Base base(Task task) throws IOException {
        Base base = bases.get(task);
        if (base == null) {
            Path classes = Files.createTempDirectory(work, "base");
            Variant stub = task.variants().get(0);
            base = new Base(classes, compile(stub.sources(), classes, classes));
            bases.put(task, base);
        }
        return base;
    }

    /** Returns what the compiler has to say. */
    private List<String> compile(List<Path> sources, Path base, Path classes) {
        String path = base + File.pathSeparator + System.getProperty("java.class.path");
        List<String> options = new ArrayList<>(List.of("-cp", path, "-d", "" + classes));
        options.addAll(WARNINGS);
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        synchronized (Javac.COMPILER) {
            Iterable<? extends JavaFileObject> files =
                    Javac.FILES.getJavaFileObjectsFromPaths(sources);
            Javac.COMPILER.getTask(null, Javac.FILES, said, options, null, files).call();
        }
        return said.getDiagnostics().stream()
                .filter(diagnostic -> !isSummary(diagnostic))
                .map(this::told)
                .toList();
    }

    private static boolean isSummary(Diagnostic<?> diagnostic) {
        return diagnostic.getCode().equals("compiler.err.warnings.and.werror");
    }

    private String told(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject source = diagnostic.getSource();
        String place = source == null ? "." : "" + root.relativize(Path.of(source.toUri()));
        String message = oneLine(diagnostic.getMessage(null));
        return "%s:%d: expected no word of the compiler, got %s"
                .formatted(place, diagnostic.getLineNumber(), message);
    }

    /** How often the tests of a variant run. */
    private int runs(Variant variant) {
        return variant.isStub() ? 2 : variant.isMistake() ? mistakeTimes : times;
    }

    /** Runs the tests of a variant in a JVM that nothing was left in. */
    private Result run(Variant variant, Base base, Path folder) throws Exception {
        Path outcomes = folder.resolve("outcomes");
        Job job =
                new Job(
                        folder,
                        base.classes,
                        variant.task.lesson.resolve("src/test/resources"),
                        variant.task.number() + ".homework." + variant.task.name + "Test",
                        runs(variant),
                        variant.isStub(),
                        outcomes);
        Jvm jvm = JVMS.poll();
        if (jvm == null) {
            String archived = leavesClasses ? "ArchiveClassesAtExit" : "SharedArchiveFile";
            jvm = new Jvm(work, "-XX:%s=%s".formatted(archived, archive));
        }
        int most = waitSeconds * (variant.isMistake() ? job.runs : 3);
        long started = System.nanoTime();
        String said = jvm.run(job, most);
        double seconds = (System.nanoTime() - started) / 1e9;
        if (leavesClasses) {
            jvm.end();
        } else if (said.equals(Jvm.NOTHING_LEFT)) {
            JVMS.push(jvm);
        } else {
            jvm.process.destroyForcibly().waitFor();
        }
        String otherwise = said.equals(Jvm.LATE) ? most + " s of running" : "an end before it";
        return read(variant, outcomes, otherwise, seconds);
    }

    /** Reads what a JVM wrote, up to its end, if it came to it. */
    private Result read(Variant variant, Path file, String otherwise, double seconds) {
        List<Outcome> outcomes = new ArrayList<>();
        String last = "the first test";
        boolean end = false;
        for (String line : Files.exists(file) ? read(file).split("\n") : new String[0]) {
            String[] parts = line.split("\t", 4);
            if (parts.length == 4 && parts[2].equals("started")) {
                last = "%s of run %s".formatted(parts[1], parts[0]);
            } else if (parts.length == 4) {
                outcomes.add(new Outcome(Integer.parseInt(parts[0]), parts[1], parts[2], parts[3]));
            }
            end = line.equals("end");
        }
        String broken =
                "%s: expected an end of all tests, got %s, in %s"
                        .formatted(root.relativize(variant.source()), otherwise, last);
        return new Result(outcomes, end ? List.of() : List.of(broken), seconds);
    }

    // In the JVM of a variant

    /** Runs one job after another, and tells of each whether it left something behind. */
    private static void child() throws IOException {
        PrintStream said = System.out;
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in));
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(System.out);
        System.setIn(InputStream.nullInputStream());
        warmUp();
        for (String job = jobs.readLine(); job != null; job = jobs.readLine()) {
            Set<Object> before = things();
            Object properties = System.getProperties().clone();
            run(Job.of(job));
            System.setProperties((Properties) properties);
            said.println(things().equals(before) ? Jvm.NOTHING_LEFT : "something left");
        }
        Runtime.getRuntime().halt(0);
    }

    private static void run(Job job) throws IOException {
        URL[] path = {url(job.classes), url(job.base), url(job.resources)};
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(job.outcomes), true)) {
            for (int run = 1; run <= job.runs; run++) {
                if (run == 2 && job.strict) {
                    System.setProperty("homework", "strict");
                }
                // Never closed: threads that an answer leaves behind may still load classes.
                URLClassLoader loader = new URLClassLoader(path, Graders.class.getClassLoader());
                Thread.currentThread().setContextClassLoader(loader);
                LauncherDiscoveryRequest tests =
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(loader, job.test))
                                .build();
                Launcher launcher = LauncherFactory.create();
                launcher.execute(tests, new Writer(run, out));
            }
            out.println("end");
        }
    }

    private static URL url(Path folder) throws IOException {
        return folder.toUri().toURL();
    }

    /** Opens what the JDK opens once and keeps. */
    private static void warmUp() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket()) {
            socket.connect(listener.getLocalSocketAddress());
        }
        new DatagramSocket(null).close();
        SocketChannel.open().close();
    }

    /** The threads and the descriptors that are there now; where nobody lists them, a new thing. */
    private static Set<Object> things() {
        Set<Object> things = new HashSet<>(Thread.getAllStackTraces().keySet());
        String[] descriptors = new File("/proc/self/fd").list();
        things.addAll(descriptors == null ? List.of(new Object()) : List.of(descriptors));
        return things;
    }

    /** Writes a line for each test that starts, and for all that ends. */
    private record Writer(int run, PrintWriter out) implements TestExecutionListener {

        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                write(test, "started", "");
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            write(test, "skipped", reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            String state =
                    switch (result.getStatus()) {
                        case SUCCESSFUL -> "passed";
                        case ABORTED -> "aborted";
                        case FAILED -> "failed";
                    };
            if (test.isTest() || !state.equals("passed")) {
                write(test, state, result.getThrowable().map(Writer::message).orElse(""));
            }
        }

        /** What a student reads; JUnit names no exception that fails or aborts on purpose. */
        private static String message(Throwable failure) {
            boolean onPurpose =
                    failure instanceof AssertionError || failure instanceof TestAbortedException;
            return onPurpose ? "" + failure.getMessage() : "" + failure;
        }

        private void write(TestIdentifier test, String state, String message) {
            out.println(run + "\t" + name(test) + "\t" + state + "\t" + oneLine(message));
        }

        private static String name(TestIdentifier test) {
            Object source = test.getSource().orElse(null);
            if (source instanceof MethodSource method) {
                return method.getMethodName();
            }
            return source instanceof ClassSource type
                    ? "class " + type.getClassName()
                    : test.getDisplayName();
        }
    }

    // The self-test

    /** A task that is as it should be; the third mistake leaves a thread behind. */
    private static final String SOUND =
            """
            == README.md
            ## Make
            ### Twice
            <details><summary>Hint 1</summary>What is zero and zero?</details>
            <details><summary>Hint 2</summary>An operator.</details>
            <details><summary>Hint 3</summary>Two and a star.</details>
            ## Where to read on
            == src/main/java/lesson01/homework/Twice.java
            package lesson01.homework;

            /** Doubles. */
            final class Twice {

                private Twice() {}

                /** Returns {@code n} twice. */
                static int twice(int n) {
                    throw new ToDo("return n twice");
                }
            }
            == src/test/java/lesson01/homework/TwiceTest.java
            package lesson01.homework;

            import static org.junit.jupiter.api.Assertions.assertEquals;

            import org.junit.jupiter.api.Order;
            import org.junit.jupiter.api.Tag;
            import org.junit.jupiter.api.Test;
            import org.junit.jupiter.api.extension.ExtendWith;

            @Tag("homework")
            @ExtendWith(Homework.class)
            final class TwiceTest {

                @Test
                @Order(1)
                void zeroStaysZero() {
                    assertEquals(0, Twice.twice(0), "twice(0). A sum? See hint 1.");
                }

                @Test
                @Order(2)
                void oneIsTwo() {
                    assertEquals(2, Twice.twice(1), "twice(1). A product? See hint 2.");
                }
            }
            == src/homework/Twice/solution/lesson01/homework/Twice.java
            package lesson01.homework;

            /** Doubles. */
            final class Twice {

                private Twice() {}

                static int twice(int n) {
                    return 2 * n;
                }
            }
            == src/homework/Twice/another/lesson01/homework/Twice.java
            package lesson01.homework;

            /** Doubles. */
            final class Twice {

                private Twice() {}

                static int twice(int n) {
                    return n + n;
                }
            }
            == src/homework/Twice/mistakes/square/expect.txt
            # Takes the square.
            oneIsTwo: twice(1). A product?
            == src/homework/Twice/mistakes/square/lesson01/homework/Twice.java
            package lesson01.homework;

            /** Doubles. */
            final class Twice {

                private Twice() {}

                static int twice(int n) {
                    return n * n;
                }
            }
            == src/homework/Twice/mistakes/two/expect.txt
            # Returns 2.
            zeroStaysZero: twice(0). A sum?
            == src/homework/Twice/mistakes/two/lesson01/homework/Twice.java
            package lesson01.homework;

            import java.util.concurrent.locks.LockSupport;

            /** Doubles. */
            final class Twice {

                private Twice() {}

                static int twice(int n) {
                    new Thread(Twice::stay).start();
                    return 2;
                }

                private static void stay() {
                    while (true) {
                        LockSupport.park();
                    }
                }
            }
            """;

    /** Deliberate faults: name, fault told, file, what to find there, replacement. */
    private static final String DRIFTS =
            """
            a task without a test % TwiceTest.java: expected this file, got none % \
            src/test/java/lesson01/homework/TwiceTest.java % ALL % NO FILE
            a test without a stub % Twice.java: expected this file, got none % \
            src/main/java/lesson01/homework/Twice.java % ALL % NO FILE
            a stub without a test or an answer % OnceTest.java: expected this file, got none % \
            src/main/java/lesson01/homework/Once.java % ALL % final class Once {}
            a folder of answers without a task % Once.java: expected this file, got none % \
            src/homework/Once/solution/lesson01/homework/Once.java % ALL % final class Once {}
            a task without a solution % solution/lesson01/homework/Twice.java: expected this % \
            SOLUTION % ALL % NO FILE
            a task without another solution % another/lesson01/homework/Twice.java: expected this % \
            ANOTHER % ALL % NO FILE
            a task without a mistake % expected at least one mistake, got none % \
            src/homework/Twice/mistakes % ALL % NO FILE
            a mistake without its expect.txt % two/expect.txt: expected this file, got none % \
            src/homework/Twice/mistakes/two/expect.txt % ALL % NO FILE
            a mistake without its source % mistakes/six/lesson01/homework/Twice.java: expected this % \
            src/homework/Twice/mistakes/six/expect.txt % ALL % # Returns 6.
            a file too many % notes.txt: expected no such file here, got one % \
            src/homework/Twice/solution/notes.txt % ALL % notes
            a copy of the solution % expected an answer of its own, got a copy of % \
            ANOTHER % n \\+ n; % 2 * n; // n + n
            a mistake that is a copy % expected an answer of its own, got a copy of % \
            SQUARE % n \\* n % 2*n
            an expect.txt without a sentence % expected a first line % \
            src/homework/Twice/mistakes/square/expect.txt % (?m)^# .* % oneIsTwo: twice
            an expect.txt without words % expected "test: words", got "oneIsTwo: " % \
            src/homework/Twice/mistakes/square/expect.txt % oneIsTwo: .* % oneIsTwo:\s
            an expect.txt without a test % expect.txt: expected at least one test, got none % \
            src/homework/Twice/mistakes/square/expect.txt % \\noneIsTwo.* %
            a test that does not exist % expected a test of TwiceTest, got "oneIsOne" % \
            src/homework/Twice/mistakes/square/expect.txt % oneIsTwo % oneIsOne
            no section Make % README.md: expected a section ## Make, got none % \
            README.md % Make % Modify
            no heading of the task % README.md: expected a heading ### Twice, got none % \
            README.md % Twice % Once
            a hint left out % README.md: expected a hint 3 for Twice, got none % \
            README.md % <summary>Hint 3 % <summary>Hint 4
            a hint that is named % README.md: expected hint 2 of oneIsTwo in the README % \
            README.md % <summary>Hint 2 % <summary>Hint 9
            a warning in a solution % expected no word of the compiler, got found raw type % \
            SOLUTION % return % java.util.List l = null; return
            a warning of Javadoc % expected no word of the compiler, got reference not found % \
            SQUARE % Doubles. % Doubles {@link Thrice}.
            a warning in a stub % src/main/java/lesson01/homework/Twice.java:10: expected no word % \
            src/main/java/lesson01/homework/Twice.java % throw % Thread.currentThread().getId(); int i = (int) 0; throw
            an error in a mistake % expected no word of the compiler, got incompatible types % \
            SQUARE % n \\* n % ""
            a stub that passes a test % Twice.java: expected zeroStaysZero not started, got passed % \
            src/main/java/lesson01/homework/Twice.java % throw % if (n == 0) return 0; throw
            a stub that fails a test % expected zeroStaysZero not started, got failed: twice(0) % \
            src/main/java/lesson01/homework/Twice.java % throw % if (n == 0) return 1; throw
            a stub with another error % expected oneIsTwo not started, got failed: java.lang.Ill % \
            src/main/java/lesson01/homework/Twice.java % new ToDo % new IllegalStateException
            a stub that does not say what % expected oneIsTwo not started, got aborted: not started: % \
            src/main/java/lesson01/homework/Twice.java % return n twice" % "
            a grader that is never strict % expected oneIsTwo failed with -Dhomework=strict % \
            src/test/java/lesson01/homework/Homework.java % "strict" % "Strict"
            no tests % TwiceTest.java: expected a test, got none % \
            src/test/java/lesson01/homework/TwiceTest.java % (?s)@Test(.*)@Test % $1
            a test that nobody needs % expected a mistake that zeroIsEven catches, got none % \
            src/test/java/lesson01/homework/TwiceTest.java % (?s)    @Test.*?}\\n % \
            $0@Test void zeroIsEven() { assertEquals(0, Twice.twice(0) % 2); }
            a disabled test % expected zeroStaysZero not started, got skipped % \
            src/test/java/lesson01/homework/TwiceTest.java % @Order\\(1\\) % \
            @org.junit.jupiter.api.Disabled
            a solution that fails % expected oneIsTwo passed in run 1 of 20, got failed: twice(1) % \
            SOLUTION % 2 \\* n % 3 * n
            a solution that fails in run 7 % expected oneIsTwo passed in run 7 of 20, got failed % \
            ANOTHER % return % int run = Integer.getInteger("run", 0) + 1; \
            System.setProperty("run", "" + run); if (run == 14) return 1; return
            a solution that is not started % expected oneIsTwo passed in run 1 of 20, got aborted % \
            SOLUTION % return % if (n == 1) throw new ToDo("later"); return
            a solution that ends the JVM % expected an end of all tests, got an end before it, in % \
            SOLUTION % return % if (n == 1) System.exit(0); return
            a mistake that passes % expected oneIsTwo failed, got passed % \
            SQUARE % n \\* n % n - -n
            a mistake that passes when it runs again % expected oneIsTwo failed, got passed % \
            SQUARE % return % String ran = System.setProperty("ran", "yes"); if (ran != null) \
            return n + n; return
            a mistake that fails in more tests % expected zeroStaysZero passed, got failed: twice(0) % \
            SQUARE % n \\* n % n * n + 3
            a mistake that is not started % expected oneIsTwo failed, got aborted % \
            SQUARE % return % if (n == 1) throw new ToDo("later"); return
            other words % expected oneIsTwo to say "twice(1). A sum?", got failed: twice(1). A pro % \
            src/homework/Twice/mistakes/square/expect.txt % A product % A sum
            a failure without a hint % expected oneIsTwo to end with "See hint N.", got failed: % \
            src/test/java/lesson01/homework/TwiceTest.java % See hint 2. %
            a mistake that hangs % expected an end of all tests, got 6 s of running, in oneIsTwo of run 1 % \
            SQUARE % return % while (n == 1) Thread.onSpinWait(); return
            """;

    /** Makes each fault in a copy, and tells whether all were caught. */
    private static boolean selfTest(Path work) throws Exception {
        Path copy = work.resolve("copy");
        Map<List<String>, Result> known = new ConcurrentHashMap<>();
        writeSound(copy);
        Graders sound = new Graders(copy, List.of(), TIMES, 2, WAIT_SECONDS, work, known);
        sound.prove(false);
        sound.printFaults();
        boolean caught = told("nothing where nothing is wrong", sound.faults.isEmpty());
        Graders missing = new Graders(copy, List.of("Thrice"), TIMES, 2, WAIT_SECONDS, work, known);
        missing.prove(false);
        caught &= told("the name of no task", !missing.faults.isEmpty());
        for (String drift : DRIFTS.split("\n")) {
            delete(copy);
            writeSound(copy);
            caught &= isCaught(copy, drift.split(" % ?", 5), work, known);
        }
        return caught;
    }

    private static void writeSound(Path copy) {
        Path lesson = copy.resolve("lesson01-create");
        for (String file : SOUND.replaceFirst("== ", "").split("\n== ")) {
            String[] parts = file.split("\n", 2);
            write(lesson.resolve(parts[0]), parts[1]);
        }
        for (String file :
                List.of(
                        "src/main/java/lesson01/homework/ToDo.java",
                        "src/test/java/lesson01/homework/Homework.java",
                        "src/test/resources/junit-platform.properties")) {
            write(lesson.resolve(file), read(Path.of("lesson01-create").resolve(file)));
        }
    }

    private static boolean isCaught(
            Path copy, String[] drift, Path work, Map<List<String>, Result> known)
            throws Exception {
        String answer = "src/homework/Twice/%s/lesson01/homework/Twice.java";
        String name =
                switch (drift[2]) {
                    case "SOLUTION" -> answer.formatted("solution");
                    case "ANOTHER" -> answer.formatted("another");
                    case "SQUARE" -> answer.formatted("mistakes/square");
                    default -> drift[2];
                };
        Path file = copy.resolve("lesson01-create").resolve(name);
        if (drift[4].equals("NO FILE")) {
            delete(file);
        } else if (drift[3].equals("ALL")) {
            write(file, drift[4] + "\n");
        } else {
            Matcher found = Pattern.compile(drift[3]).matcher(read(file));
            write(file, found.replaceFirst(drift[4]));
        }
        int wait = drift[0].endsWith("hangs") ? 3 : WAIT_SECONDS;
        Graders graders = new Graders(copy, List.of(), TIMES, 2, wait, work, known);
        graders.prove(false);
        boolean caught = graders.faults.stream().anyMatch(fault -> fault.contains(drift[1]));
        if (!caught) {
            graders.printFaults();
        }
        return told(drift[0], caught);
    }

    private static boolean told(String drift, boolean caught) {
        System.out.println((caught ? "caught: " : "MISSED: ") + drift);
        return caught;
    }

    // Files

    /** Leaves no JVM and no file behind, however this one ends. */
    private static void end(Path work) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        delete(work);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /** The names of the files with this ending, without it, or of the folders; sorted. */
    private static List<String> names(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> Files.isDirectory(path) == ending.isEmpty())
                    .map(Graders::name)
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> filesIn(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
