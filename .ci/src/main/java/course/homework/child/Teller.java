package course.homework.child;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.opentest4j.TestAbortedException;

import java.io.PrintStream;

/** Prints a line for each test that starts and for all that ends. */
final class Teller {

    private static final int LONGEST = 4_000; // characters of a message

    private final String secret;
    private final PrintStream out;

    Teller(String secret, PrintStream out) {
        this.secret = secret;
        this.out = out;
    }

    void end(String how) {
        out.println(secret + "\tend\t" + how);
    }

    TestExecutionListener ofRun(int run) {
        return new TestExecutionListener() {

            @Override
            public void executionStarted(TestIdentifier test) {
                if (test.isTest()) {
                    tell(run, test, "started", "");
                }
            }

            @Override
            public void executionSkipped(TestIdentifier test, String reason) {
                tell(run, test, "skipped", reason);
            }

            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String state =
                        switch (result.getStatus()) {
                            case SUCCESSFUL -> "passed";
                            case ABORTED -> "aborted";
                            case FAILED -> "failed";
                        };
                if (test.isTest() || !state.equals("passed")) {
                    tell(run, test, state, result.getThrowable().map(Teller::message).orElse(""));
                }
            }
        };
    }

    /** What a student reads; JUnit names no exception that fails or aborts on purpose. */
    private static String message(Throwable failure) {
        boolean onPurpose =
                failure instanceof AssertionError || failure instanceof TestAbortedException;
        return onPurpose ? "" + failure.getMessage() : "" + failure;
    }

    private void tell(int run, TestIdentifier test, String state, String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        String shown = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
        out.println(String.join("\t", secret, "" + run, name(test), state, shown));
    }

    private static String name(TestIdentifier test) {
        Object source = test.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            return method.getMethodName();
        }
        return source instanceof ClassSource type
                ? "class " + type.getClassName()
                : test.getDisplayName();
    }
}
