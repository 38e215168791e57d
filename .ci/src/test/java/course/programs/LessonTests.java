package course.programs;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the tests of a lesson as {@code mvn verify} does, in a process that anything can start. It
 * says of each test that failed or was left out why, and ends with status 0 if none failed.
 */
public final class LessonTests implements TestExecutionListener {

    /** What its own lines begin with: the tests print, too. */
    static final String FAILED = "failed: ";

    static final String LEFT_OUT = "left out: ";

    private final PrintStream out = System.out; // tests set another
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    /** Runs the tests in the folder of compiled classes that the argument names. */
    public static void main(String[] args) {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(
                                DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(args[0]))))
                        .build();
        LessonTests tests = new LessonTests();
        LauncherFactory.create().execute(request, tests);
        tests.out.println(tests.passed + " passed, " + tests.failed + " failed");
        System.exit(tests.failed.get() == 0 && tests.passed.get() > 0 ? 0 : 1);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print(LEFT_OUT, test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String why = result.getThrowable().map(Throwable::toString).orElse("");
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            failed.incrementAndGet();
            print(FAILED, test, why);
        } else if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            if (!why.contains("not started: ")) { // homework, on any machine
                print(LEFT_OUT, test, why.replaceFirst(".*Assumption failed: ", ""));
            }
        } else if (test.isTest()) {
            passed.incrementAndGet();
        }
    }

    private void print(String outcome, TestIdentifier test, String why) {
        out.println(outcome + name(test) + ": " + why);
    }

    private static String name(TestIdentifier test) {
        String one = test.getDisplayName().startsWith("[") ? " " + test.getDisplayName() : "";
        return test.getSource().orElse(null) instanceof MethodSource method
                ? method.getClassName() + "." + method.getMethodName() + one
                : test.getDisplayName();
    }
}
