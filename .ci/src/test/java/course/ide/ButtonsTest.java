package course.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.Course;
import course.Lesson;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The run buttons in the checkout are those of the lessons: `bash .ci/java course.ide.Buttons`. */
final class ButtonsTest {

    private final Course course = Course.find();
    private final Map<Path, String> files = Buttons.files(course);

    @Test
    void eachFileSaysWhatTheLessonsAre() throws IOException {
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Path path = course.root().resolve(file.getKey());
            assertEquals(file.getValue(), Files.readString(path), file.getKey().toString());
        }
    }

    @Test
    void noFileIsLeftFromAnEarlierProgram() throws IOException {
        try (Stream<Path> present = Files.list(course.root().resolve(".run"))) {
            Set<Path> names =
                    present.map(path -> course.root().relativize(path))
                            .collect(Collectors.toCollection(TreeSet::new));
            Set<Path> made = new TreeSet<>(files.keySet());
            made.remove(Path.of(".vscode/launch.json"));
            assertEquals(made, names);
        }
    }

    @Test
    void eachButtonStartsAProgramThatHasAMain() throws IOException {
        for (Lesson lesson : course.lessons()) {
            for (String program : Buttons.PROGRAMS) {
                String source = Files.readString(lesson.source(program));
                assertTrue(
                        source.contains("public static void main(String[] args)"),
                        lesson.source(program) + " has no main");
            }
        }
    }
}
