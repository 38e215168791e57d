package lesson02.homework;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/**
 * Tells the states of a task apart: not started, begun, wrong, done. A test that meets a {@link
 * ToDo} is <i>not started</i>: aborted. A test that meets an error of the answer is wrong, and the
 * others go on. After the last test {@link Summary} tells the states.
 *
 * <p>With {@code -Dhomework} what is wrong is aborted, too, so that nothing hides the summary. With
 * {@code -Dhomework=strict} everything that does not pass has failed.
 */
final class Homework implements InvocationInterceptor, TestWatcher {

    /** Asked before any class of an answer is loaded, which could change it. */
    private static final String MODE = System.getProperty("homework");

    private static final boolean IS_STRICT = "strict".equals(MODE);
    private static final String NOT_STARTED = "not started: ";

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> call,
            ReflectiveInvocationContext<Constructor<T>> of,
            ExtensionContext context)
            throws Throwable {
        summary(context); // which takes over standard error
        return judged(call);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> call, ReflectiveInvocationContext<Method> of, ExtensionContext context)
            throws Throwable {
        judged(call);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> call, ReflectiveInvocationContext<Method> of, ExtensionContext context)
            throws Throwable {
        judged(call);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> call, ReflectiveInvocationContext<Method> of, ExtensionContext context)
            throws Throwable {
        judged(call);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> call, ReflectiveInvocationContext<Method> of, ExtensionContext context)
            throws Throwable {
        judged(call);
    }

    private static <T> T judged(Invocation<T> call) throws Throwable {
        try {
            return call.proceed();
        } catch (Throwable failure) { // whatever an answer throws
            throw judged(failure);
        }
    }

    private static Throwable judged(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ToDo) {
                String reason = NOT_STARTED + cause.getMessage();
                Throwable told =
                        IS_STRICT ? new AssertionError(reason) : new TestAbortedException(reason);
                told.setStackTrace(new StackTraceElement[0]); // the stub says where
                return told;
            }
        }
        if (failure instanceof TestAbortedException) {
            return IS_STRICT ? new AssertionError("aborted: " + failure.getMessage()) : failure;
        }
        // JUnit would end all tests where it meets an OutOfMemoryError.
        boolean isOfAnswer = failure instanceof Error && !(failure instanceof AssertionError);
        Throwable told = isOfAnswer ? new AssertionError(told((Error) failure), failure) : failure;
        return MODE == null || IS_STRICT ? told : new Wrong(told);
    }

    /** A test that has failed, and is told by the summary alone. */
    private static final class Wrong extends TestAbortedException {

        private static final long serialVersionUID = 1;

        Wrong(Throwable failure) {
            super("wrong: " + failure.getMessage(), failure);
        }
    }

    private static String told(Error error) {
        boolean inStatic = error instanceof ExceptionInInitializerError && error.getCause() != null;
        Throwable thrown = inStatic ? error.getCause() : error;
        String question = "Who throws an Error, and why?";
        if (error instanceof OutOfMemoryError) {
            question = "How much memory does the answer ask for?";
        } else if (error instanceof StackOverflowError) {
            question = "Does a method call itself without an end?";
        } else if (error instanceof LinkageError) {
            question = "Do the static fields of a class fail to begin?";
        }
        return thrown + Tried.lineIn(thrown.getStackTrace()) + ". " + question;
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        task(context).done();
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        ended(context, cause instanceof Wrong ? cause.getCause() : cause);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        ended(context, cause);
    }

    private static void ended(ExtensionContext context, Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        if (said.startsWith(NOT_STARTED)) {
            task(context).missing(said.substring(NOT_STARTED.length()));
        } else if (cause instanceof AssertionError) {
            task(context).wrong(context.getRequiredTestMethod(), said);
        } else if (!(cause instanceof TestAbortedException)) {
            String thrown = cause + Tried.lineIn(cause.getStackTrace());
            task(context).wrong(context.getRequiredTestMethod(), thrown);
        }
    }

    private static Summary.Task task(ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName().replaceFirst("Test$", "");
        Stage stage = context.getRequiredTestMethod().getAnnotation(Stage.class);
        return summary(context).task(name, stage == null ? null : stage.value());
    }

    private static Summary summary(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(Homework.class))
                .computeIfAbsent(Summary.class, key -> new Summary(), Summary.class);
    }
}
