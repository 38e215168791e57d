package lesson04.homework;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A call in a thread of its own. */
final class TestCall {

    /** How long a thread waits, in milliseconds, until it is taken for one that waits long. */
    private static final int LONG_MILLIS = 50;

    private final FutureTask<?> task;
    private final Thread thread;

    TestCall(Callable<?> call) {
        task = new FutureTask<>(call);
        thread = new Thread(task, "homework");
        thread.setDaemon(true);
        thread.start();
    }

    boolean isDone() {
        return task.isDone();
    }

    /** Waits until the call has returned, or is seen to wait for something. */
    void awaitDoneOrWaiting() {
        int waiting = 0;
        while (waiting < LONG_MILLIS && !isDone()) {
            LockSupport.parkNanos(1_000_000);
            waiting = thread.getState() == Thread.State.RUNNABLE ? 0 : waiting + 1;
        }
    }

    /** Returns what the call has thrown, or null. */
    Throwable thrown() {
        try {
            task.get(TestGuest.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            e.setStackTrace(thread.getStackTrace());
            return e;
        }
    }
}
