package course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The course in one folder, which is this checkout or a copy of it. */
public record Course(Path root) {

    /** The key of a {@code @ResourceLock} for what uses the lessons' own ports, 5002 to 5005. */
    public static final String PORTS = "the lessons' ports";

    /** The system property that names the root, where the working folder is not inside it. */
    public static final String ROOT = "course.root";

    /** Finds the course: the folder that the property {@link #ROOT} names, or the working one. */
    public static Course find() {
        String named = System.getProperty(ROOT);
        Path start = Path.of(named == null ? "" : named).toAbsolutePath().normalize();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("pom.xml")) && !lessons(folder).isEmpty()) {
                return new Course(folder);
            }
        }
        throw new IllegalStateException("no lessons in " + start + ", nor above it");
    }

    /** Returns the lessons in their order. */
    public List<Lesson> lessons() {
        return lessons(root);
    }

    private static List<Lesson> lessons(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Lesson::isLesson).sorted().map(Lesson::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the lesson whose folder begins with {@code name}, for example {@code lesson03}. */
    public Lesson lesson(String name) {
        List<Lesson> found = lessons().stream().filter(l -> l.name().startsWith(name)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("no lesson, or more than one, is " + name);
        }
        return found.get(0);
    }

    /** Returns the lesson with {@code number}, from 1. */
    public Lesson lesson(int number) {
        return lesson("lesson%02d".formatted(number));
    }

    /** Returns where the checks keep what they make: never committed, gone with `mvn clean`. */
    public Path target() {
        return root.resolve(".ci/target");
    }

    /** Returns {@code file} as it is called in messages: from the root on. */
    public String shown(Path file) {
        return root.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }
}
