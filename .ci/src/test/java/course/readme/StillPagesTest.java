package course.readme;

import course.readme.checks.All;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.stream.Stream;

/** What the pages say is in the sources. */
final class StillPagesTest {

    @TestFactory
    Stream<DynamicNode> pages() {
        return Pages.tests(All.STILL, ExecutionMode.CONCURRENT);
    }
}
