package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import course.Course;
import course.Folders;
import course.Lesson;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

final class SubmissionTest {

    private static final String PATH = "lesson03-x/src/main/java/lesson03/homework/Dialer.java";

    @TempDir Path folder;

    private final Task task =
            new Task(
                    new Lesson(new Course(Path.of("/course")).root().resolve("lesson03-x")),
                    "Dialer");

    private String found() {
        Path answer = new Submission("ann", folder).answer(task);
        return answer == null ? null : folder.relativize(answer).toString().replace('\\', '/');
    }

    private void write(String file) {
        Folders.write(folder.resolve(file), "");
    }

    @Test
    void aCloneAnUnpackedZipAndTheFileAloneWillDo() {
        assertNull(found());
        write("Dialer.java");
        assertEquals("Dialer.java", found());
        write("course-main/" + PATH);
        assertEquals("course-main/" + PATH, found());
        write(PATH);
        assertEquals(PATH, found());
    }

    @Test
    void filesOfOtherPlacesAreNoAnswers() {
        write("target/Dialer.java");
        write(".git/Dialer.java");
        write("lesson03-x/src/homework/Dialer/solutions/a/Dialer.java");
        write("Dialer.java.txt");
        assertNull(found());
    }

    @Test
    void noLinkIsFollowed() throws Exception {
        Path other =
                Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-other"));
        Folders.write(other.resolve("Dialer.java"), "");
        Files.createSymbolicLink(folder.resolve("src"), other);
        Files.createSymbolicLink(folder.resolve("Dialer.java"), other.resolve("Dialer.java"));
        assertNull(found());
        Folders.delete(other);
    }

    @Test
    void eachFolderIsAStudent() {
        write("bob/Dialer.java");
        write("ann/Dialer.java");
        write(".git/config");
        write("notes.txt");
        assertEquals(
                "[ann, bob]",
                "" + Submission.in(folder).stream().map(Submission::student).toList());
    }
}
