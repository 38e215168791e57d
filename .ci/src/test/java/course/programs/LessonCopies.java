package course.programs;

import course.Course;
import course.Jdk;
import course.Lesson;
import course.process.Command;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The compiled lessons and the JUnit that runs their tests, in a folder with blanks and umlauts in
 * its name that every user may read.
 */
record LessonCopies(Path root) {

    private static final String LIBRARIES = "junit-|opentest4j-|apiguardian-|jspecify-";

    static LessonCopies of(Course course) throws IOException {
        LessonCopies copies =
                new LessonCopies(Files.createTempDirectory("k\u00f6nnte \u00fcberall "));
        for (Lesson lesson : course.lessons()) {
            for (Path classes : List.of(lesson.classes(), lesson.testClasses())) {
                copy(classes, copies.root.resolve(course.root().relativize(classes)));
            }
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (jar.getFileName().toString().matches("(" + LIBRARIES + ").*")) {
                copy(jar, copies.root.resolve("lib").resolve(jar.getFileName()));
            }
        }
        String runner = LessonTests.class.getName().replace('.', '/') + ".class";
        try (var bytes = LessonTests.class.getClassLoader().getResourceAsStream(runner)) {
            Path file = copies.root.resolve("lib").resolve(runner);
            Files.createDirectories(file.getParent());
            Files.copy(bytes, file);
        }
        copies.openToEveryUser();
        return copies;
    }

    private void openToEveryUser() throws IOException {
        for (Path path : walk(root)) {
            path.toFile().setReadable(true, false);
            path.toFile().setExecutable(true, false);
        }
    }

    List<Lesson> lessons() {
        return new Course(root).lessons();
    }

    /** Returns the command that starts Java in the folder of {@code lesson}, without a class. */
    Command java(Lesson lesson, String... options) {
        List<String> entries = new ArrayList<>();
        for (Path path : List.of(lesson.testClasses(), lesson.classes(), root.resolve("lib"))) {
            entries.add("" + path);
        }
        entries.add(root.resolve("lib") + File.separator + "*"); // the jars
        String path = entries.stream().collect(Collectors.joining(File.pathSeparator));
        return Command.of(lesson.folder(), Jdk.program("java"))
                .with(options)
                .with("-XX:TieredStopAtLevel=1", "-cp", path);
    }

    void delete() throws IOException {
        for (Path path : walk(root)) {
            Files.delete(path);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path path : walk(from)) {
            Path target = to.resolve("" + from.relativize(path));
            if (Files.isRegularFile(path)) {
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    /** Returns what is in a folder, each entry before the folder that holds it. */
    private static List<Path> walk(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
