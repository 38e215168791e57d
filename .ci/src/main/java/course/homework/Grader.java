package course.homework;

import course.Folders;
import course.Jdk;
import course.homework.child.Job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Grades answers that nobody has looked at. Of each submission only the files of the tasks are
 * taken. They are compiled in one JVM and run in another, each with the course's own tests, within
 * bounds of time, memory and output.
 */
final class Grader implements AutoCloseable {

    /** How much longer than the course's own files an answer may take, on a busy machine, too. */
    private static final int SLOWER = 8;

    private static final int LEAST = 60; // seconds, for the compiler
    private static final int LONGEST = 600; // and for the course's own files

    private final Path work;
    private final Jvms jvms;
    private final Cage cage;
    private final int slower;
    private int seconds;
    private int compileSeconds;
    private final List<Frame> frames = new ArrayList<>();
    private final Deque<Worker> compilers = new ConcurrentLinkedDeque<>();
    private final BlockingQueue<Integer> slots = new LinkedBlockingQueue<>();

    /**
     * Compiles the tests of the tasks, and runs them with the stubs.
     *
     * @param cage what the answers run in
     * @param seconds how long all tests of one answer may take, and its compilation; more where the
     *     stub takes long
     * @throws IllegalStateException if the course itself is not as it should be
     */
    Grader(List<Task> tasks, Cage cage, int seconds) throws IOException, InterruptedException {
        this(tasks, cage, seconds, SLOWER);
    }

    /** As above; where the stub takes long, an answer may take so many times as long. */
    Grader(List<Task> tasks, Cage cage, int seconds, int slower)
            throws IOException, InterruptedException {
        this.slower = slower;
        this.cage = cage;
        this.seconds = seconds;
        compileSeconds = Math.max(seconds, LEAST);
        work = Files.createTempDirectory("grade").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        if (work.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        jvms = new Jvms(work);
        for (Task task : tasks) {
            frames.add(frame(task));
        }
    }

    private Frame frame(Task task) throws IOException, InterruptedException {
        Path classes = Files.createDirectories(work.resolve("tests").resolve(task.name()));
        List<Path> sources = Frame.sources(task);
        long start = System.nanoTime();
        List<String> wrong = compile(task.stub(), sources, classes, LONGEST);
        double took = (System.nanoTime() - start) / 1e9;
        compileSeconds = Math.max(compileSeconds, (int) (SLOWER * took));
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    "the course does not compile: " + task.name() + ", " + wrong.get(0));
        }
        Path resources = task.lesson().folder().resolve("src/test/resources");
        List<String> path = List.of("" + classes, "" + resources);
        Job job = new Job(task.testClass(), 1, false, path);
        Result result = jvms.run(job, LONGEST);
        seconds = Math.max(seconds, (int) (slower * result.seconds()));
        List<String> tests =
                result.outcomes().stream()
                        .filter(outcome -> !outcome.state().equals("skipped"))
                        .map(Outcome::test)
                        .distinct()
                        .toList();
        boolean isSound = result.outcomes().stream().noneMatch(Outcome::passed);
        if (tests.isEmpty() || !result.isWhole() || !isSound) {
            throw new IllegalStateException(
                    "the stub of " + task.name() + " must not pass: " + result);
        }
        Frame.finish(task, classes);
        return new Frame(task, sources, classes, tests);
    }

    /**
     * Grades all tasks of all submissions, so many at the same time.
     *
     * @param progress is told each row when it is there
     * @return the rows, in the order of the submissions and the tasks
     */
    List<Row> grade(List<Submission> submissions, int sideBySide, Consumer<Row> progress)
            throws Exception {
        slots.clear();
        for (int slot = 0; slot < sideBySide; slot++) {
            slots.add(slot);
        }
        ExecutorService pool = Executors.newFixedThreadPool(sideBySide);
        try {
            List<Future<Row>> rows = new ArrayList<>();
            for (Submission submission : submissions) {
                for (Frame frame : frames) {
                    rows.add(
                            pool.submit(
                                    () -> {
                                        Row row = rowOf(submission, frame);
                                        progress.accept(row);
                                        return row;
                                    }));
                }
            }
            List<Row> all = new ArrayList<>();
            for (Future<Row> row : rows) {
                all.add(row.get());
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    private Row rowOf(Submission submission, Frame frame) throws Exception {
        try {
            return row(submission, frame);
        } catch (IOException | UncheckedIOException e) { // one that cannot be read stops no other
            return Row.broken(submission.student(), frame, "cannot be read: " + e, "no result");
        }
    }

    private Row row(Submission submission, Frame frame) throws Exception {
        String student = submission.student();
        Path file = submission.answer(frame.task());
        if (file == null) {
            return Row.broken(
                    student, frame, "no file", "no file " + frame.task().name() + ".java");
        }
        if (Files.size(file) > Submission.LARGEST) {
            return Row.broken(student, frame, "larger than 1 MB", "no result");
        }
        Path folder = Files.createTempDirectory(work, "answer");
        int slot = slots.take();
        try {
            if (work.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Path classes = Files.createDirectory(folder.resolve("classes"));
            Path source = folder.resolve("src").resolve(frame.task().name() + ".java");
            Files.createDirectory(source.getParent());
            Files.copy(file, source);
            List<String> wrong = compile(source, frame.sources(), classes, compileSeconds);
            if (!wrong.isEmpty()) {
                String state = "does not compile: " + wrong.get(0);
                return Row.broken(
                        student, frame, state, "does not compile: " + String.join("; ", wrong));
            }
            return Row.of(student, frame, run(frame, classes, slot, folder));
        } finally {
            slots.add(slot);
            Folders.delete(folder);
        }
    }

    /**
     * Compiles a task's file with its tests, in a JVM that is used again if it comes to an end.
     * Returns what the compiler says, each beginning with its line.
     */
    private List<String> compile(Path source, List<Path> tests, Path classes, int seconds)
            throws IOException, InterruptedException {
        Worker compiler = compilers.poll();
        if (compiler == null) {
            compiler = compiler();
        }
        List<Path> sources = new ArrayList<>(List.of(source));
        sources.addAll(tests);
        Result result = compiler.ask(CompileChild.line(sources, jvms.jars(), classes), seconds);
        if (!result.isWhole()) {
            compiler.close();
            return List.of("the compiler has " + result.broken());
        }
        compilers.push(compiler);
        String own = "" + source.getFileName();
        return result.outcomes().stream()
                .sorted(Comparator.comparing(said -> !said.test().equals(own)))
                .map(
                        said ->
                                (said.test().equals(own) ? "" : said.test() + " ")
                                        + "line "
                                        + said.run()
                                        + ": "
                                        + said.message())
                .toList();
    }

    private Worker compiler() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Jdk.program("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CompileChild.class.getName());
        return new Worker(builder, process -> process::destroyForcibly);
    }

    private Result run(Frame frame, Path classes, int slot, Path folder) throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        List<String> java = jvms.command("-XX:-UsePerfData", "-Djava.io.tmpdir=" + home);
        List<String> path = List.of("" + frame.classes(), "" + classes);
        Job job = new Job(frame.task().testClass(), 1, false, path);
        try (Worker worker = cage.start(java, slot, home)) {
            return worker.run(job, seconds);
        }
    }

    @Override
    public void close() {
        compilers.forEach(Worker::close);
        Folders.delete(work);
    }
}
