package course.homework;

import course.Course;
import course.Folders;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Builds what a service needs to grade: {@code bash .ci/autograder DIR [lesson03 | Dialer ...]}
 * writes {@code DIR/gradescope.zip}, and {@code DIR/classroom50} with the files for an assignment.
 * They hold the tests and the grader, compiled, and no answers; a JDK is all that they need.
 */
public final class Autograder {

    private static final String SCRIPTS = ".ci/src/main/autograder";

    private Autograder() {}

    public static void main(String[] args) throws IOException {
        if (args.length == 0 || args[0].startsWith("-")) {
            System.err.println("usage: bash .ci/autograder DIR [lesson03 | Dialer ...]");
            System.exit(2);
        }
        Course course = Course.find();
        List<String> only = List.of(args).subList(1, args.length);
        if (Tasks.in(course, only).isEmpty()) {
            System.err.println("autograder: no lesson and no task is called " + only);
            System.exit(1);
        }
        Path folder = Path.of(args[0]).toAbsolutePath();
        build(course, folder, only);
        System.out.println("autograder: " + folder.resolve("gradescope.zip"));
        System.out.println("autograder: " + folder.resolve("classroom50"));
    }

    static void build(Course course, Path folder, List<String> only) throws IOException {
        Path scripts = course.root().resolve(SCRIPTS);
        Path classroom = folder.resolve("classroom50");
        Folders.delete(classroom);
        write(course, classroom, only);
        Files.copy(scripts.resolve("autograder.py"), classroom.resolve("autograder.py"));
        Path zip = folder.resolve("gradescope.zip");
        Files.deleteIfExists(zip);
        Map<String, String> create = Map.of("create", "true", "enablePosixFileAttributes", "true");
        try (FileSystem inside = FileSystems.newFileSystem(zip, create)) {
            Path root = inside.getPath("/");
            write(course, root, only);
            for (String script : List.of("setup.sh", "run_autograder")) {
                Path file = Files.copy(scripts.resolve(script), root.resolve(script));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** Writes the course's tests and stubs, the names of the tasks, and the grader. */
    private static void write(Course course, Path to, List<String> only) throws IOException {
        copy(course.root().resolve("pom.xml"), to.resolve("course/pom.xml"));
        for (Task task : Tasks.in(course, only)) {
            Path lesson = task.lesson().folder();
            Path resources = lesson.resolve("src/test/resources");
            for (Path from : List.of(task.stub().getParent(), task.test().getParent(), resources)) {
                for (Path file : Folders.files(from)) {
                    Path place = to.resolve("course/" + course.shown(file));
                    if (!Files.exists(place)) {
                        copy(file, place);
                    }
                }
            }
        }
        Files.writeString(to.resolve("tasks"), String.join(" ", only));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path file = Path.of(entry);
            if (Files.isRegularFile(file)) {
                copy(file, to.resolve("lib/" + file.getFileName()));
            }
        }
        Files.createDirectories(to.resolve("lib"));
        Path classes = Path.of(Jvms.source(Autograder.class));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(to.resolve("lib/course.jar")))) {
            for (Path file : Folders.files(classes)) {
                jar.putNextEntry(new JarEntry(("" + classes.relativize(file)).replace('\\', '/')));
                Files.copy(file, jar);
            }
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
