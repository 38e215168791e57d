package course.homework;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A task of a lesson, and where its files are. */
record Task(Path lesson, String name) {

    /** The package of the lesson, {@code lesson03}. */
    String number() {
        return lesson.getFileName().toString().substring(0, 8);
    }

    /** A file of the homework's package, below a source path of the lesson. */
    Path in(String sources, String file) {
        return lesson.resolve(sources).resolve(number()).resolve("homework").resolve(file);
    }

    Path stub() {
        return in("src/main/java", name + ".java");
    }

    Path test() {
        return in("src/test/java", name + "Test.java");
    }

    String testClass() {
        return number() + ".homework." + name + "Test";
    }

    Path answers() {
        return lesson.resolve("src/homework").resolve(name);
    }

    Path solution(String idea) {
        return answers().resolve("solutions").resolve(idea).resolve(name + ".java");
    }

    /** The ideas of the solutions, in the order of the alphabet. */
    List<String> solutions() {
        return Folders.names(answers().resolve("solutions"), Files::isDirectory);
    }

    /** The files of the mistakes, in the order of their names. */
    List<Path> mistakes() {
        Path folder = answers().resolve("mistakes");
        return Folders.names(folder, Files::isRegularFile).stream().map(folder::resolve).toList();
    }

    /** The stub, the solutions, and the mistakes. */
    Stream<Path> files() {
        return Stream.of(
                        Stream.of(stub()),
                        solutions().stream().map(this::solution),
                        mistakes().stream())
                .flatMap(files -> files);
    }
}
