package lesson03.homework;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A doorman at work: its listener, its clients, and the thread in which it serves. */
final class TestDoor implements Closeable {

    /**
     * How long something may take that needs no time, in seconds; less after a wait that was in
     * vain, because the answer is wrong then.
     */
    private static int patience = 4;

    /** Who waits for another thread in a plan goes on after so many milliseconds. */
    private static final int PLAN_MILLIS = 300;

    final TestListener listener = new TestListener();
    final Doorman doorman;

    private final Set<Thread> before = threads();
    private final List<TestClient> clients = new CopyOnWriteArrayList<>();
    private FutureTask<Void> serve;

    /**
     * Makes a doorman, for some seconds at most: one that accepts in its constructor does not end.
     */
    TestDoor(Tried tried, TestClient... waiting) throws Exception {
        for (TestClient client : waiting) {
            add(client);
        }
        doorman =
                tried.within(
                        patience,
                        () -> new Doorman(listener, TestDoor::answer),
                        "an end of the constructor",
                        "What does it wait for?",
                        1);
    }

    private static void answer(int number, Socket socket) throws IOException {
        if (socket instanceof TestClient client) {
            client.number = number;
            client.thread = Thread.currentThread();
            client.answered.countDown();
            client.talk.with(client);
        }
    }

    /** Lets {@code client} wait to be accepted. */
    TestClient add(TestClient client) {
        clients.add(client);
        listener.add(client);
        return client;
    }

    List<TestClient> add(int count, TestClient.Talk talk) {
        List<TestClient> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(add(new TestClient(talk)));
        }
        return added;
    }

    /** Calls serve() in a thread of its own. */
    TestDoor serve() {
        serve =
                new FutureTask<>(
                        () -> {
                            doorman.serve();
                            return null;
                        });
        start(serve, "serves");
        return this;
    }

    private static long end() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    }

    /** Notes that the wait until {@code end} was in vain, if it was. */
    private static boolean isOver(long end) {
        boolean isOver = System.nanoTime() > end;
        if (isOver) {
            patience = 2;
        }
        return isOver;
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns whether {@code latch} is down in time; a method that is not started ends the wait.
     */
    boolean inTime(CountDownLatch latch) throws InterruptedException {
        long end = end();
        while (!latch.await(1, TimeUnit.MILLISECONDS)) {
            if (failure() instanceof ToDo toDo) {
                throw toDo;
            } else if (isOver(end)) {
                return false;
            }
        }
        return true;
    }

    void checkAccepts(Tried tried) throws InterruptedException {
        boolean accepts = inTime(listener.waiting);
        tried.check(accepts, "accept called", "no call", "What does serve() begin with?", 1);
    }

    /** Checks that accept is called for the {@code count}th time, soon. */
    void checkAccepts(Tried tried, int count, String cause, int hint) throws InterruptedException {
        long end = end();
        while (listener.accepts() < count && !isOver(end)) {
            if (failure() instanceof ToDo toDo) {
                throw toDo;
            }
            LockSupport.parkNanos(1_000_000);
        }
        int got = listener.accepts();
        tried.check(got >= count, "the next accept", say(got + " calls"), cause, hint);
    }

    /** Checks that an accept that is held has taken its client off the queue. */
    void checkTaken(Tried tried) throws InterruptedException {
        boolean taken = inTime(listener.taken);
        tried.check(taken, "accept called", "no call", "What does serve() wait for?", 2);
    }

    void checkAnswered(Tried tried, TestClient client, String cause, int hint)
            throws InterruptedException {
        boolean answered = inTime(client.answered);
        tried.check(answered, "an answer", say("none"), cause, hint);
    }

    void checkNumber(Tried tried, TestClient client, int number, String cause, int hint)
            throws InterruptedException {
        checkAnswered(tried, client, "Is each client handed to a thread, with its number?", 1);
        tried.check(client.number == number, "the number " + number, client.number, cause, hint);
    }

    void checkClosed(Tried tried, TestClient client, String cause, int hint)
            throws InterruptedException {
        boolean closed = inTime(client.closed);
        tried.check(closed, "its connection closed", say("it open"), cause, hint);
    }

    void checkServeEnds(Tried tried, String cause, int hint) throws InterruptedException {
        try {
            serve.get(patience, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            String end = Tried.say("no end in %d s", patience);
            patience = 2;
            tried.fail("serve() to return", end, cause, hint);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            String question = "Which exception is the end, and no failure?";
            tried.fail("serve() to return", e.getCause(), question, 2);
        }
    }

    /** Calls close(), which is to end by itself and without an exception. */
    void close(Tried tried, String cause, int hint) {
        long end = end();
        try {
            Exception thrown =
                    tried.thrownWithin(
                            patience,
                            () -> {
                                doorman.close();
                                return null;
                            },
                            "close() to return",
                            cause,
                            hint);
            tried.check(thrown == null, "close() to return", thrown, cause, hint);
        } finally {
            isOver(end);
        }
    }

    /** Returns whether serve() has ended, after so many milliseconds at most. */
    boolean endsWithin(int millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!serve.isDone() && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000);
        }
        return serve.isDone();
    }

    /** Waits until a client's conversation is over, whether its connection is closed or not. */
    void awaitLeft(TestClient client) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (client.closed.getCount() > 0 && client.thread.isAlive() && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** Lets a client come and leave, and keeps nothing of it. */
    WeakReference<TestClient> cameAndLeft(Tried tried, TestClient.Talk talk)
            throws InterruptedException {
        TestClient client = add(new TestClient(talk));
        checkAnswered(tried, client, "Does serve() go on when a conversation has ended?", 2);
        client.leave();
        awaitLeft(client);
        clients.remove(client);
        return new WeakReference<>(client);
    }

    /** Lets all {@code clients} leave but one, as planned, until their connections are closed. */
    static void leave(List<TestClient> clients, TestClient but) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PLAN_MILLIS);
        clients.stream().filter(client -> client != but).forEach(TestClient::leave);
        clients.stream()
                .filter(client -> client != but)
                .forEach(client -> awaitUntil(end, client.closed));
    }

    /** Returns how many of {@code gone} are still in memory, when {@code most} remain. */
    int kept(List<WeakReference<TestClient>> gone, int most) {
        long end = end();
        while (true) {
            System.gc();
            int kept = (int) gone.stream().filter(it -> it.get() != null).count();
            if (kept <= most || isOver(end)) {
                return kept;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private Throwable failure() throws InterruptedException {
        try {
            if (serve != null && serve.isDone()) {
                serve.get();
            }
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Adds to {@code got} how serve() is. */
    private String say(String got) throws InterruptedException {
        Throwable failure = failure();
        if (failure != null) {
            String line = Tried.lineIn(failure.getStackTrace());
            return got + "; serve() has thrown " + failure + line;
        }
        return got
                + (serve == null || !serve.isDone()
                        ? "; serve() still runs"
                        : "; serve() has returned");
    }

    /** Returns the byte that a client of {@code address} gets, or -1 if it gets none. */
    static int read(InetSocketAddress address) {
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            client.setSoTimeout(patience * 1_000);
            return client.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }

    static void closeQuietly(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            // As closed as it gets.
        }
    }

    /** Waits, as planned, until {@code latch} is down, whoever interrupts. */
    static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits, as planned, until {@code latch} is down, but not for ever: locks may be held. */
    static void awaitBriefly(CountDownLatch latch) {
        awaitUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PLAN_MILLIS), latch);
    }

    private static void awaitUntil(long end, CountDownLatch latch) {
        while (latch.getCount() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        ThreadGroup here = Thread.currentThread().getThreadGroup();
        threads.removeIf(thread -> thread.getThreadGroup() != here);
        return threads;
    }

    /** Returns how many threads are new since the doorman was made, when {@code most} remain. */
    int newThreads(int most) {
        Set<Thread> threads = threads();
        threads.removeAll(before);
        long end = end();
        while (threads.size() > most && !isOver(end)) {
            LockSupport.parkNanos(1_000_000);
            threads.removeIf(thread -> !thread.isAlive());
        }
        return threads.size();
    }

    /** Waits until each thread that the doorman has started waits or has ended. */
    void awaitStarted() {
        long end = end();
        Set<Thread> threads = threads();
        threads.removeAll(before);
        while (System.nanoTime() < end
                && threads.stream().anyMatch(it -> it.getState() == Thread.State.RUNNABLE)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Ends all that the test has left. */
    @Override
    public void close() throws IOException {
        listener.close();
        if (listener.held != null) {
            listener.held.countDown();
        }
        for (TestClient client : clients) {
            client.leave();
            client.close();
        }
        start(
                () -> {
                    try {
                        doorman.close(); // in a thread that nobody waits for
                    } catch (IOException | RuntimeException | ToDo e) {
                        // It is not asked for.
                    }
                },
                "closes");
    }
}
