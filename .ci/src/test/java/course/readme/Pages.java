package course.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import course.Course;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A test for each check of each page. {@code -Dpage=lesson03} and {@code -Dcheck=Excerpts} choose
 * some of them.
 */
final class Pages {

    /** Programs of one lesson share its port and its {@code target}: they run one by one. */
    private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

    private Pages() {}

    /** Returns the tests; the pages run at the same time or not, the tests of a page never. */
    static Stream<DynamicNode> tests(List<Check> checks, ExecutionMode pagesRun) {
        String pages = System.getProperty("page", "");
        String chosen = System.getProperty("check", "");
        return Readme.all(Course.find()).stream()
                .filter(page -> page.isNamed(pages))
                .map(
                        page ->
                                dynamicContainer(
                                        container ->
                                                container
                                                        .displayName(page.shown())
                                                        .executionMode(pagesRun)
                                                        .childExecutionMode(SAME_THREAD)
                                                        .children(tests(page, checks, chosen))));
    }

    private static Stream<DynamicNode> tests(Readme page, List<Check> checks, String chosen) {
        return checks.stream()
                .filter(check -> chosen.isEmpty() || check.name().equals(chosen))
                .map(check -> test(page, check));
    }

    private static DynamicNode test(Readme page, Check check) {
        return dynamicTest(
                check.name() + " of " + page.shown(),
                page.file().toUri(),
                () -> {
                    Faults faults = new Faults(page);
                    synchronized (LOCKS.computeIfAbsent(page.folder(), folder -> new Object())) {
                        check.look(page, faults);
                    }
                    assertTrue(faults.all().isEmpty(), String.join("\n", faults.all()));
                    assumeTrue(faults.skipped().isEmpty(), String.join("\n", faults.skipped()));
                });
    }
}
