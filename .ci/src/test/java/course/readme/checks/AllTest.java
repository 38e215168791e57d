package course.readme.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.Course;
import course.Folders;
import course.readme.Check;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** No check is forgotten: each is one of {@link All}, and some test of this package makes it. */
final class AllTest {

    private static final Path SOURCES = Course.find().root().resolve(".ci/src");

    private static List<Path> sources(String of) {
        return Folders.files(SOURCES.resolve(of + "/java/course/readme/checks"));
    }

    @Test
    void eachCheckIsListedAndTested() {
        List<String> written =
                sources("main").stream()
                        .filter(file -> Folders.read(file).contains(" implements Check {"))
                        .map(file -> ("" + file.getFileName()).replace(".java", ""))
                        .toList();
        assertEquals(written, All.checks().stream().map(Check::name).sorted().toList());
        String tests = sources("test").stream().map(Folders::read).collect(Collectors.joining());
        for (String check : written) {
            assertTrue(tests.contains("new " + check + "()"), "no test of " + check);
        }
    }
}
