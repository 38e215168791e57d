package course.homework;

import course.Folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an answer to a task is compiled with and runs in: the course's own test and its helpers.
 *
 * @param sources theirs, without the stub
 * @param classes theirs: they come before an answer's, so that none takes their place
 * @param tests the names of the tests, in their order, as the stub's run has shown
 */
record Frame(Task task, List<Path> sources, Path classes, List<String> tests) {

    /** The test, its helpers, and what else the homework of the lesson has but for the stub. */
    static List<Path> sources(Task task) {
        List<Path> sources = new ArrayList<>();
        for (Path file : Folders.files(task.stub().getParent())) {
            if (!file.equals(task.stub())) {
                sources.add(file);
            }
        }
        for (Path file : Folders.files(task.test().getParent())) {
            if (!file.toString().endsWith("Test.java")) {
                sources.add(file);
            }
        }
        sources.add(task.test());
        return sources;
    }

    /** Takes the stub's classes away from {@code classes}, and adds the settings of JUnit. */
    static void finish(Task task, Path classes) throws IOException {
        String stub = task.name();
        for (Path file : Folders.files(classes)) {
            if (("" + file.getFileName()).matches(stub + "([$].*)?[.]class")) {
                Files.delete(file);
            }
        }
        Path resources = task.lesson().folder().resolve("src/test/resources");
        for (Path file : Folders.files(resources)) {
            Files.copy(file, classes.resolve("" + resources.relativize(file)));
        }
    }
}
