package course.readme;

import course.Course;
import course.readme.checks.All;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.util.stream.Stream;

/** What the pages show is what the programs print, and ask of the kernel. */
@ResourceLock(value = Course.PORTS, mode = ResourceAccessMode.READ) // each lesson has its own
@Order(3)
final class RunningPagesTest {

    @TestFactory
    Stream<DynamicNode> pages() {
        return Pages.tests(All.RUNNING, ExecutionMode.CONCURRENT);
    }
}
