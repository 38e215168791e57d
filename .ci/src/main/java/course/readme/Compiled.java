package course.readme;

import course.Folders;
import course.Lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/** The programs of a lesson, compiled into a folder of their own as they are now. */
public final class Compiled implements AutoCloseable {

    private final Lesson lesson;
    private final Path folder;
    private final URLClassLoader loader;

    /** Compiles all programs of {@code lesson}. */
    public Compiled(Lesson lesson) {
        this.lesson = lesson;
        try {
            folder = Files.createTempDirectory(lesson.packageName());
            if (!into(classes(), lesson)) {
                throw new AssertionError("does not compile: " + lesson.name());
            }
            loader = new URLClassLoader(new URL[] {classes().toUri().toURL()});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles all programs of {@code lesson} into {@code classes}, and returns whether it can. */
    public static boolean into(Path classes, Lesson lesson) {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn"));
        arguments.addAll(List.of("-encoding", "UTF-8", "-d", "" + classes));
        try (Stream<Path> all = Files.walk(lesson.mainSources())) {
            Files.createDirectories(classes);
            all.filter(f -> f.toString().endsWith(".java")).forEach(f -> arguments.add("" + f));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] words = arguments.toArray(String[]::new);
        return ToolProvider.getSystemJavaCompiler().run(null, null, null, words) == 0;
    }

    /** Returns a folder in which {@code java -cp target/classes} finds the programs. */
    public Path folder() {
        return folder;
    }

    /** Returns where the classes are. */
    public Path classes() {
        return folder.resolve("target/classes");
    }

    /** Loads a class of the lesson, for example {@code Server}. */
    public Class<?> load(String name) throws ClassNotFoundException {
        return loader.loadClass(lesson.packageName() + "." + name);
    }

    @Override
    public void close() {
        try {
            loader.close();
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
