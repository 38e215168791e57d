package course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One lesson: a folder, for example {@code lesson03-connect-accept}, and what stands where. */
public record Lesson(Path folder) {

    static boolean isLesson(Path folder) {
        return folder.getFileName().toString().matches("lesson\\d\\d-.*");
    }

    /** Returns the folder's name. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** Returns the name of the Java package, for example {@code lesson03}. */
    public String packageName() {
        return name().substring(0, "lesson00".length());
    }

    /** Returns the number, from 1. */
    public int number() {
        return Integer.parseInt(name().substring("lesson".length(), "lesson00".length()));
    }

    /** Returns the port of its server; lesson 1 has none. */
    public int port() {
        return 5000 + number();
    }

    /** Returns the source of a program, for example {@code Server}. */
    public Path source(String name) {
        return mainSources().resolve(packageName()).resolve(name + ".java");
    }

    /** Returns the source of a test, for example {@code FactsTest}. */
    public Path test(String name) {
        return testSources().resolve(packageName()).resolve(name + ".java");
    }

    /** Returns where the packages of the programs begin. */
    public Path mainSources() {
        return folder.resolve("src/main/java");
    }

    /** Returns where the packages of the tests begin. */
    public Path testSources() {
        return folder.resolve("src/test/java");
    }

    /** Returns where Maven puts the compiled programs. */
    public Path classes() {
        return folder.resolve("target/classes");
    }

    /** Returns where Maven puts the compiled tests. */
    public Path testClasses() {
        return folder.resolve("target/test-classes");
    }

    /** Returns where the answers and the mistakes of the homework stand; students have none. */
    public Path homework() {
        return folder.resolve("src/homework");
    }

    /** Returns the names of the homework tasks, for example {@code Dialer}. */
    public List<String> tasks() {
        return Folders.names(homework(), Files::isDirectory);
    }

    /** Returns the file that a student fills in. */
    public Path stub(String task) {
        return mainSources().resolve(packageName()).resolve("homework").resolve(task + ".java");
    }

    /** Returns the test of a task. */
    public Path grader(String task) {
        String file = task + "Test.java";
        return testSources().resolve(packageName()).resolve("homework").resolve(file);
    }
}
