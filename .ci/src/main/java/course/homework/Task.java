package course.homework;

import course.Folders;
import course.Lesson;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A task of a lesson, and where its files are. */
record Task(Lesson lesson, String name) {

    /** The words by which a person asks for it. */
    List<String> names() {
        return List.of(name, lesson.packageName(), lesson.name());
    }

    Path stub() {
        return lesson.stub(name);
    }

    Path test() {
        return lesson.grader(name);
    }

    /** The package of stub and test. */
    String packageName() {
        return lesson.packageName() + ".homework";
    }

    String testClass() {
        return packageName() + "." + name + "Test";
    }

    Path answers() {
        return lesson.homework().resolve(name);
    }

    Path solution(String idea) {
        return answers().resolve("solutions").resolve(idea).resolve(name + ".java");
    }

    /** The ideas of the solutions, in the order of the alphabet. */
    List<String> solutions() {
        return Folders.names(answers().resolve("solutions"), Files::isDirectory);
    }

    /** Whether a solution or a mistake has this name. */
    boolean hasAnswer(String name) {
        return solutions().contains(name)
                || mistakes().stream().anyMatch(file -> Mistake.name(file).equals(name));
    }

    /** The files of the mistakes, in the order of their names. */
    List<Path> mistakes() {
        Path folder = answers().resolve("mistakes");
        return Folders.names(folder, Files::isRegularFile).stream().map(folder::resolve).toList();
    }
}
