package lesson03.homework;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A call of {@link Dialer#connect} in a thread of its own. */
final class TestCall {

    final Thread thread;
    private volatile Object outcome;

    private TestCall(Dialer dialer) {
        thread = new Thread(() -> outcome = outcomeOf(dialer), "dials");
        thread.setDaemon(true);
    }

    static TestCall start(Dialer dialer) {
        TestCall call = new TestCall(dialer);
        call.thread.start();
        return call;
    }

    private static Object outcomeOf(Dialer dialer) {
        try {
            return dialer.connect(TestedDialer.NOWHERE);
        } catch (Throwable e) { // whatever an answer declares, and a ToDo
            return e;
        }
    }

    /** Returns the socket, or the exception; null if there is neither in so many milliseconds. */
    Object outcomeWithin(int millis) throws InterruptedException {
        thread.join(millis);
        if (outcome instanceof Error error) {
            throw error;
        }
        return outcome;
    }

    /**
     * Waits until the call has ended, or has made an attempt and its thread waits: it pauses, then,
     * because what is planned does not wait. There are 2 s for the attempt, and half a second more
     * for an answer that does not sleep in a pause.
     */
    void awaitPause(TestSockets sockets) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (thread.isAlive() && sockets.attempts.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000);
        }
        end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        while (thread.isAlive() && !waits() && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000);
        }
    }

    private boolean waits() {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
}
