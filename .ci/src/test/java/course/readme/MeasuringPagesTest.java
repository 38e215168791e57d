package course.readme;

import course.readme.checks.All;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

import java.util.stream.Stream;

/** The Labs print what the pages show, in shape: nothing else runs while they measure. */
@Isolated
final class MeasuringPagesTest {

    @TestFactory
    Stream<DynamicNode> pages() {
        return Pages.tests(All.MEASURING, ExecutionMode.SAME_THREAD);
    }
}
