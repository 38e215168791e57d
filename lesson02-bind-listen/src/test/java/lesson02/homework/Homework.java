package lesson02.homework;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells the three states of a task apart. A test that meets a {@link ToDo} is <i>not started</i>:
 * aborted, or failed with {@code -Dhomework=strict}. After the last test it prints where each task
 * stands, and what to do next.
 */
final class Homework
        implements TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                TestWatcher {

    private static final String NOT_STARTED = "not started: ";

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        throw judged(failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(
            ExtensionContext context, Throwable failure) throws Throwable {
        throw judged(failure);
    }

    private static Throwable judged(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ToDo) {
                String reason = NOT_STARTED + cause.getMessage();
                return "strict".equals(System.getProperty("homework"))
                        ? new AssertionError(reason)
                        : new TestAbortedException(reason);
            }
        }
        return failure;
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        task(context).done++;
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        task(context).missing(cause.getMessage());
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        Task task = task(context);
        if (String.valueOf(cause.getMessage()).startsWith(NOT_STARTED)) {
            task.missing(cause.getMessage());
        } else if (task.wrong++ == 0) {
            task.firstWrong = context.getRequiredTestMethod().getName();
            task.message = told(cause);
        }
    }

    /** What a failure says; where an answer threw it, with the line that did. */
    private static String told(Throwable failure) {
        if (failure instanceof AssertionError) {
            return failure.getMessage();
        }
        String homework = Homework.class.getPackageName() + ".";
        return Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(homework))
                .findFirst()
                .map(frame -> failure + ", at " + frame)
                .orElse(failure.toString());
    }

    private static Task task(ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName().replaceFirst("Test$", "");
        return context.getRoot()
                .getStore(Namespace.create(Homework.class))
                .computeIfAbsent(Summary.class, key -> new Summary(), Summary.class)
                .tasks
                .computeIfAbsent(name, key -> new Task());
    }

    /** How the tests of one task ended. */
    private static final class Task {
        int done;
        int wrong;
        int notStarted;
        String firstWrong;
        String message;
        String firstMissing;

        void missing(String reason) {
            if (notStarted++ == 0) {
                firstMissing = String.valueOf(reason).replaceFirst(NOT_STARTED, "");
            }
        }

        String state() {
            return wrong > 0
                    ? "wrong"
                    : notStarted == 0 ? "done" : done == 0 ? "not started" : "begun";
        }

        /** What is wrong comes first, and what is not started last. */
        int urgency() {
            return List.of("wrong", "begun", "not started").indexOf(state());
        }

        String next(String name) {
            return switch (state()) {
                case "wrong" ->
                        "make the test " + firstWrong + " of " + name + " pass:\n  " + message;
                case "begun" -> "in " + name + ".java this is missing: " + firstMissing;
                default -> "open " + name + ".java in src/main/java; its comments say what to do";
            };
        }
    }

    /** The tasks in the order of their tests; JUnit closes it after the last one. */
    private static final class Summary implements AutoCloseable {
        final Map<String, Task> tasks = new LinkedHashMap<>();

        @Override
        public void close() {
            System.out.println("homework of " + Homework.class.getPackageName().split("[.]")[0]);
            tasks.forEach(
                    (name, task) ->
                            System.out.printf(
                                    "  %-16s  %-11s  %2d of %2d tests%n",
                                    name,
                                    task.state(),
                                    task.done,
                                    task.done + task.wrong + task.notStarted));
            System.out.println(
                    tasks.entrySet().stream()
                            .filter(entry -> !entry.getValue().state().equals("done"))
                            .min(Comparator.comparing(entry -> entry.getValue().urgency()))
                            .map(entry -> "next: " + entry.getValue().next(entry.getKey()))
                            .orElse("next: all is done here"));
        }
    }
}
