package lesson01.homework;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A piece of work in a daemon thread of its own. */
final class TestThread<T> extends FutureTask<T> {

    private final Thread thread = new Thread(this, "homework");

    private volatile boolean hasBegun;

    private TestThread(Callable<T> work) {
        super(work);
        thread.setDaemon(true);
    }

    @Override
    public void run() {
        hasBegun = true;
        super.run();
    }

    static <T> TestThread<T> start(Callable<T> work) {
        TestThread<T> started = new TestThread<>(work);
        started.thread.start();
        return started;
    }

    /** Does {@code work} in a thread that has ended when this returns. */
    static <T> T ended(Callable<T> work) throws Exception {
        TestThread<T> started = start(work);
        started.thread.join();
        return started.result();
    }

    /**
     * Starts {@code work}, and returns when it waits, in Java or for the system, or has ended, or
     * goes in circles. A right answer passes at whatever moment this returns; it is here so that a
     * wrong one does not.
     */
    static <T> TestThread<T> untilItWaits(Callable<T> work) {
        TestThread<T> started = start(work);
        int seen = 0;
        while (seen < 3 && started.cpuMillis() < 100) {
            LockSupport.parkNanos(MILLISECONDS.toNanos(1));
            seen = started.hasBegun && started.waits() ? seen + 1 : 0;
        }
        return started;
    }

    private long cpuMillis() {
        return NANOSECONDS.toMillis(
                ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()));
    }

    /** Has ended, or waits in Java, or in a call of the system that reads or writes. */
    private boolean waits() {
        StackTraceElement[] stack = thread.getStackTrace();
        boolean isLoading =
                Arrays.stream(stack).anyMatch(at -> at.getClassName().contains("ClassLoader"));
        boolean isInSystem =
                stack.length > 0
                        && stack[0].isNativeMethod()
                        && stack[0].getClassName().startsWith("sun.nio");
        return !isLoading && (isInSystem || thread.getState() != Thread.State.RUNNABLE);
    }

    boolean endsWithinMillis(int millis) throws Exception {
        try {
            get(millis, MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // result() tells
        }
    }

    /** Returns the result when there is one, or throws what the work has thrown. */
    T result() throws Exception {
        try {
            return get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    /** Returns {@code good} if all do, else the first trouble: others may wait for ever. */
    @SafeVarargs
    static String firstTrouble(String good, TestThread<String>... threads) throws Exception {
        while (true) {
            boolean areDone = true;
            for (TestThread<String> started : threads) {
                if (started.isDone() && !good.equals(started.result())) {
                    return started.result();
                }
                areDone &= started.isDone();
            }
            if (areDone) {
                return good;
            }
            Thread.sleep(1);
        }
    }
}
