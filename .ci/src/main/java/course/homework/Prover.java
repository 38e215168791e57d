package course.homework;

import course.Folders;
import course.homework.child.Job;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;

/** Compiles answers of the course's own and runs their tests, in JVMs that serve many of them. */
final class Prover implements AutoCloseable {

    /** A task with its stub, compiled; what the compiler says is a fault. */
    record Base(Path classes, boolean isSound) {}

    private final Path work;
    private final Javac javac = new Javac();
    private final Jvms jvms;
    private final Deque<Worker> free = new ConcurrentLinkedDeque<>();
    private final Map<List<String>, Base> bases = new HashMap<>();
    private final Map<List<String>, Result> known = new ConcurrentHashMap<>();

    Prover() throws IOException {
        work = Files.createTempDirectory("homework").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        jvms = new Jvms(work);
    }

    /** Compiles a task with its stub; once, if the compiler says nothing. */
    synchronized Base base(Task task, Faults faults) throws IOException {
        List<Path> sources = Frame.sources(task);
        sources.add(task.stub());
        List<String> key = texts(sources);
        Base base = bases.get(key);
        if (base == null) {
            Path classes = Files.createTempDirectory(work, "base");
            List<Javac.Said> said = javac.compile(sources, jvms.jars(), classes, Javac.STRICT);
            said.forEach(word -> tell(word, word.source(), faults));
            base = new Base(classes, said.isEmpty());
            if (base.isSound) {
                bases.put(key, base);
                if (!Files.exists(work.resolve("classes.jsa"))) {
                    archive(task, base);
                }
            }
        }
        return base;
    }

    private static List<String> texts(List<Path> files) {
        return files.stream().map(Folders::read).collect(Collectors.toCollection(ArrayList::new));
    }

    private void archive(Task task, Base base) throws IOException {
        try {
            jvms.run(job(task, 1, false, List.of(base.classes)), 60);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void tell(Javac.Said said, Path file, Faults faults) {
        String got = "line " + said.line() + ": " + said.message();
        faults.add(file, "no word of the compiler", got);
    }

    private static Job job(Task task, int runs, boolean strictAtLast, List<Path> folders) {
        List<String> path = new ArrayList<>(folders.stream().map(Path::toString).toList());
        path.add("" + task.lesson().folder().resolve("src/test/resources"));
        return new Job(task.testClass(), runs, strictAtLast, path);
    }

    /** Returns what each test says that it proves. */
    Map<String, List<String>> quotes(Task task, Faults faults) throws Exception {
        URL[] path = {base(task, faults).classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
            return Contract.quotes(Class.forName(task.testClass(), false, loader));
        }
    }

    /** Runs the tests of an answer, unless the same sources have run before. */
    Result run(Answer answer, int runs, int seconds, Faults faults) throws Exception {
        Task task = answer.task();
        List<String> key = texts(Frame.sources(task));
        key.addAll(answer.lines());
        key.add(runs + " " + answer.isStub());
        Result before = known.get(key);
        if (before != null) {
            return before;
        }
        Base base = base(task, faults);
        if (!base.isSound) {
            return Result.broken("the stub does not compile");
        }
        Path folder = Files.createTempDirectory(work, "answer");
        try {
            List<Path> path = new ArrayList<>(List.of(folder, base.classes));
            int words = answer.isStub() ? 0 : compile(answer, base, folder, faults);
            if (words > 0) {
                return Result.broken("does not compile");
            }
            Result result = run(job(task, runs, answer.isStub(), path), seconds);
            known.put(key, result);
            return result;
        } finally {
            Folders.delete(folder);
        }
    }

    /**
     * A mistake has the stub's signatures, or its tests fail; a solution shows that the test also
     * compiles with it.
     */
    private int compile(Answer answer, Base base, Path folder, Faults faults) {
        Path source = folder.resolve("src").resolve(answer.task().name() + ".java");
        Folders.write(source, answer.lines());
        List<Path> sources = new ArrayList<>(List.of(source));
        List<Path> path = new ArrayList<>(jvms.jars());
        if (answer.isMistake()) {
            path.add(0, base.classes);
        } else {
            sources.addAll(Frame.sources(answer.task()));
        }
        List<Javac.Said> said = javac.compile(sources, path, folder, Javac.STRICT);
        said.forEach(
                word ->
                        tell(
                                word,
                                source.equals(word.source()) ? answer.file() : word.source(),
                                faults));
        return said.size();
    }

    /** Runs a job in a JVM that nothing was left in. */
    private Result run(Job job, int seconds) throws Exception {
        Worker worker = free.poll();
        if (worker == null) {
            worker = jvms.start();
        }
        Result result = worker.run(job, seconds);
        if (worker.isClean()) {
            free.push(worker);
        } else {
            worker.close();
        }
        return result;
    }

    @Override
    public void close() {
        free.forEach(Worker::close);
        Folders.delete(work);
    }
}
