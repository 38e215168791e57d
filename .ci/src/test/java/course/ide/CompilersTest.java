package course.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.Course;
import course.Lesson;

import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * What an IDE shows beside the lines: the Eclipse compiler has nothing to say of any lesson, alone
 * and all together, and their Javadoc renders.
 */
final class CompilersTest {

    private static final Course COURSE = Course.find();

    static Stream<Lesson> lessons() {
        return COURSE.lessons().stream();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void theEclipseCompilerHasNothingToSayOfALesson(Lesson lesson) {
        assertEquals("", eclipse(List.of(lesson)));
    }

    @Test
    void norOfAllLessonsTogether() {
        assertEquals("", eclipse(COURSE.lessons()));
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void theJavadocOfALessonRenders(Lesson lesson, @TempDir Path made) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-quiet",
                                "-package",
                                "-Xdoclint:all,-missing",
                                "-Werror",
                                "-d",
                                made.toString()));
        try (Stream<Path> sources = Files.walk(lesson.mainSources())) {
            sources.map(Path::toString).filter(s -> s.endsWith(".java")).forEach(arguments::add);
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status =
                ToolProvider.findFirst("javadoc")
                        .orElseThrow()
                        .run(out, out, arguments.toArray(String[]::new));
        assertEquals("", said.toString());
        assertEquals(0, status);
    }

    /** With the warnings that Eclipse shows unless it is told otherwise, leaks among them. */
    private static String eclipse(List<Lesson> lessons) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--release",
                                "17",
                                "-proc:none",
                                "-d",
                                "none",
                                "-cp",
                                System.getProperty("java.class.path")));
        for (Lesson lesson : lessons) {
            arguments.add(lesson.mainSources().toString());
            arguments.add(lesson.testSources().toString());
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        BatchCompiler.compile(arguments.toArray(String[]::new), out, out, null);
        return said.toString();
    }
}
