package course.homework;

import course.Folders;
import course.Jdk;
import course.homework.child.Child;
import course.homework.child.Job;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the JVMs in which tests run. They have copies of what they need, in one folder: JUnit, the
 * child's few classes, and an archive of what they load, with which they start a third faster.
 */
final class Jvms {

    private static final String JUNIT = "(junit-|opentest4j|apiguardian|jspecify).*[.]jar";

    private final Path work;
    private final Path archive;
    private final List<Path> jars = new ArrayList<>();

    Jvms(Path work) {
        this.work = work;
        archive = work.resolve("classes.jsa");
        try {
            Path own = Path.of(source(Child.class));
            for (Path entry : entries()) {
                jars.add(Files.copy(entry, work.resolve(entry.getFileName())));
            }
            jars.add(jarOf(own));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jars of JUnit on the class path of this JVM. */
    static List<Path> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> ("" + entry.getFileName()).matches(JUNIT))
                .toList();
    }

    static URI source(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No archive takes classes of a folder. */
    private Path jarOf(Path classes) throws IOException {
        Path jar = work.resolve("child.jar");
        if (Files.isRegularFile(classes)) {
            return Files.copy(classes, jar);
        }
        Path from = classes.resolve("course/homework/child");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : Folders.files(from)) {
                out.putNextEntry(new JarEntry("course/homework/child/" + file.getFileName()));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    /** The jars of JUnit, for the compiler. */
    List<Path> jars() {
        return jars;
    }

    /** Runs a trusted job in a JVM of its own, and writes the archive if there is none. */
    Result run(Job job, int seconds) throws IOException, InterruptedException {
        boolean first = !Files.exists(archive);
        Worker worker = first ? start("-XX:ArchiveClassesAtExit=" + archive) : start();
        try {
            Result result = worker.run(job, seconds);
            worker.finish();
            return result;
        } finally {
            worker.close();
        }
    }

    /** Starts a JVM in the work folder; {@code more} are options. */
    Worker start(String... more) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(more)).directory(work.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return new Worker(builder, process -> process::destroyForcibly);
    }

    /** The words that start a child. */
    List<String> command(String... more) {
        List<String> words = new ArrayList<>(List.of(Jdk.program("java")));
        if (Files.exists(archive)) {
            words.add("-XX:SharedArchiveFile=" + archive);
        }
        words.addAll(List.of(more));
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        String path =
                jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return Stream.concat(words.stream(), Stream.of("-cp", path, Child.class.getName()))
                .toList();
    }
}
