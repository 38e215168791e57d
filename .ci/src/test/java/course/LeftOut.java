package course;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says aloud which checks are left out on this machine, and why: Maven only counts them. */
public final class LeftOut implements TestExecutionListener {

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            print(test, result.getThrowable().map(Throwable::getMessage).orElse(""));
        }
    }

    private static void print(TestIdentifier test, String why) {
        String reason = why.replaceFirst("^Assumption failed: ", "");
        System.out.println("left out: " + name(test) + ": " + reason);
    }

    private static String name(TestIdentifier test) {
        String one = test.getDisplayName().startsWith("[") ? " " + test.getDisplayName() : "";
        return test.getSource().orElse(null) instanceof MethodSource method
                ? method.getClassName() + "." + method.getMethodName() + one
                : test.getDisplayName();
    }
}
