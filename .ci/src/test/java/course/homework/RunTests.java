package course.homework;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs a test class as Maven does, and prints how many tests failed and were aborted. */
final class RunTests {

    private RunTests() {}

    public static void main(String[] args) {
        SummaryGeneratingListener counts = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(args[0]))
                                .build(),
                        counts);
        long failed = counts.getSummary().getTestsFailedCount();
        long aborted = counts.getSummary().getTestsAbortedCount();
        System.out.println(failed + " failed, " + aborted + " aborted");
        System.exit(0);
    }
}
