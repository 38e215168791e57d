package course.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import course.Course;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A test for each check of each page. {@code -Dpage=lesson03} and {@code -Dcheck=Excerpts} choose
 * some of them.
 */
final class Pages {

    private Pages() {}

    /**
     * Returns the tests. Those of one folder run one after another, because the programs of a
     * lesson share its port and its {@code target}. The last lessons take longest: they begin.
     */
    static Stream<DynamicNode> tests(List<Check> checks, ExecutionMode foldersRun) {
        String pages = System.getProperty("page", "");
        String chosen = System.getProperty("check", "");
        return Readme.all(Course.find()).stream()
                .filter(page -> page.isNamed(pages))
                .collect(groupingBy(Readme::folder, () -> new TreeMap<>(reverseOrder()), toList()))
                .values()
                .stream()
                .map(folder -> folder.stream().flatMap(page -> tests(page, checks, chosen)))
                .map(tests -> inOrder(tests, foldersRun));
    }

    private static DynamicNode inOrder(Stream<DynamicNode> tests, ExecutionMode foldersRun) {
        return dynamicContainer(
                container ->
                        container
                                .displayName("pages of a folder")
                                .executionMode(foldersRun)
                                .childExecutionMode(SAME_THREAD)
                                .children(tests));
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
                    check.look(page, faults);
                    assertTrue(faults.all().isEmpty(), String.join("\n", faults.all()));
                    assumeTrue(faults.skipped().isEmpty(), String.join("\n", faults.skipped()));
                });
    }
}
