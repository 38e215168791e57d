package lesson03.homework;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class DoormanTest {

    /** What {@link #read} returns besides bytes. */
    private static final int END = -1;

    private static final int NOTHING = -2;

    /** How many callers talk at the same time. */
    private static final int MANY = 150;

    /** How many callers have their numbers told. */
    private static final int FEW = 30;

    /** Says the caller's number, as one byte. */
    private static final Doorman.Handler SAYS_THE_NUMBER =
            (number, caller) -> caller.getOutputStream().write(number);

    /** Says the caller's number, and then what the caller says, until the caller has ended. */
    private final Doorman.Handler echoes =
            (number, caller) -> {
                talker = Thread.currentThread();
                caller.getOutputStream().write(number);
                caller.getInputStream().transferTo(caller.getOutputStream());
            };

    /** What is closed after the test, whatever became of it. */
    private final ConcurrentLinkedQueue<Closeable> toClose = new ConcurrentLinkedQueue<>();

    private Listener listener;
    private FutureTask<Void> serve;

    /** The thread in which serve() runs. */
    private volatile Thread server;

    /** The thread of the latest conversation. */
    private volatile Thread talker;

    /** What serve() has thrown, if it is not started. */
    private volatile ToDo toDo;

    @AfterEach
    void closeSockets() throws IOException {
        for (Closeable end : toClose) {
            end.close();
        }
    }

    @Test
    @Order(1)
    void givesTheFirstCallerNumber1() throws IOException {
        open(SAYS_THE_NUMBER);
        checkNumber("one caller", call(), 1);
    }

    @Test
    @Order(2)
    void hangsUpWhenTheHandlerReturns() throws IOException {
        open(SAYS_THE_NUMBER);
        Socket caller = call();
        checkNumber("one caller, whose handler returns", caller, 1);
        String question = "Who closes it when answer has returned? See hint 1.";
        checkHungUp("one caller, whose handler has returned", caller, question);
    }

    @Test
    @Order(3)
    void manyTalkAtTheSameTime() throws IOException {
        Doorman doorman = make(echoes);
        List<Socket> callers = callers(MANY);
        serve(doorman);
        for (int number = 1; number <= MANY; number++) {
            checkNumber(
                    "caller " + number + " of " + MANY + ", who all stay",
                    callers.get(number - 1),
                    number,
                    "Is each caller handed to a thread, and is there one for each? See hint 1.",
                    "Which thread takes the number, and when? See hint 3.");
        }
    }

    @Test
    @Order(4)
    void numbersFollowTheOrderOfAcceptance() throws IOException {
        Doorman doorman = make(echoes);
        List<Socket> callers = callers(FEW);
        serve(doorman);
        List<String> answers = new ArrayList<>();
        boolean inOrder = true;
        for (Socket caller : callers) {
            int answer = read(caller);
            answers.add(said(answer));
            inOrder &= answer == answers.size();
            if (answer == NOTHING) {
                break; // one wait is enough
            }
        }
        check(
                inOrder,
                "%1$d callers in the queue before serve(), who all stay; expected the numbers 1 to"
                        + " %1$d in this order; got %2$s; %3$s."
                        + " Which thread takes the number, and when? See hint 3.",
                FEW,
                answers,
                stateOfServe());
    }

    @Test
    @Order(5)
    void noNumberComesTwice() throws IOException {
        open(echoes);
        Socket first = call();
        checkNumber("the first caller", first, 1);
        leave(first);
        checkNumber(
                "the second caller, after the first has left",
                call(),
                2,
                "Is each caller handed to a thread, with its number? See hint 1.",
                "Is it the number of those who are here, or of all who came? See hint 3.");
    }

    @Test
    @Order(6)
    void hangsUpWhenTheHandlerThrows() throws IOException {
        AtomicInteger conversations = new AtomicInteger();
        open(
                (number, caller) -> {
                    if (conversations.incrementAndGet() == 1) {
                        throw new IOException("the handler's failure");
                    }
                    throw new IllegalStateException("the handler's failure");
                });
        String question = "What runs when answer throws? See hint 2.";
        checkHungUp("a caller whose handler throws IOException", call(), question);
        checkHungUp("a caller whose handler throws IllegalStateException", call(), question);
        check(
                conversations.get() == 2,
                "two callers, whose handlers throw; expected both to be led to one; got %s; %s. %s",
                conversations,
                stateOfServe(),
                "Has somebody closed the listener? See hint 2.");
    }

    @Test
    @Order(7)
    void aHandlersFailureEndsItsOwnConversationOnly() throws IOException {
        AtomicInteger conversations = new AtomicInteger();
        open(
                (number, caller) -> {
                    int conversation = conversations.incrementAndGet();
                    echoes.answer(number, caller);
                    if (conversation == 1) {
                        throw new IOException("the handler's failure");
                    } else if (conversation == 2) {
                        throw new IllegalStateException("the handler's failure");
                    }
                });
        String question = "Whom does a handler's failure concern? See hint 2.";
        for (String exception : List.of("IOException", "IllegalStateException")) {
            Socket fails = call(question);
            checkAnswered("a caller whose handler will throw " + exception, fails, question);
            leave(fails); // and its handler throws
        }
        checkAnswered("a caller who comes after two handlers threw", call(question), question);
    }

    @Test
    @Order(8)
    void anAcceptThatFailsIsFollowedByTheNext() throws IOException {
        Doorman doorman = make(SAYS_THE_NUMBER);
        listener.failures = 8; // a rest of 100 ms after each is no matter, one of 1 s is
        serve(doorman);
        checkNumber(
                "a caller, after accept has failed 8 times",
                call(),
                1,
                "Does serve() go on then, after 100 ms at most? See hint 2.",
                "Is a number taken only when a caller has come? See hint 2.");
    }

    @Test
    @Order(9)
    void closeEndsServe() throws IOException {
        Doorman doorman = open(SAYS_THE_NUMBER);
        String tried = "closed while accept waits for a caller";
        await(listener.entered, tried, "serve() to call accept");
        check(
                listener.acceptor == server,
                "serve() called; expected it to call accept in the same thread; got another; %s."
                        + " Does serve() return before the listener is closed? See hint 1.",
                stateOfServe());
        close(tried, doorman);
        checkServeEnds(tried, "What ends an accept that waits? See hint 2.");
    }

    @Test
    @Order(10)
    void serveEndsWhenSomebodyElseClosesTheListener() throws IOException {
        open(SAYS_THE_NUMBER);
        String tried = "the listener closed, not by the doorman";
        await(listener.entered, tried, "serve() to call accept");
        listener.close();
        checkServeEnds(tried, "Who knows whether the listener is closed? See hint 2.");
    }

    @Test
    @Order(11)
    void closeCutsOffConversations() throws IOException {
        Doorman doorman = open(echoes);
        Socket caller = call();
        checkNumber("one caller, who stays", caller, 1);
        close("closed while a caller talks", doorman);
        String question = "Who knows the connections that are open? See hint 3.";
        checkHungUp("closed while a caller talks", caller, question);
    }

    @Test
    @Order(12)
    void nobodyWaitsForHandlers() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        toClose.add(end::countDown);
        Doorman doorman =
                open(
                        (number, caller) -> {
                            talker = Thread.currentThread();
                            caller.getOutputStream().write(number);
                            uninterruptibly(end);
                        });
        checkNumber("one caller", call(), 1);
        check(
                talker != server,
                "one caller; expected a thread for the handler; got the one that serve() runs in."
                        + " What does serve() wait for? See hint 2.");
        await(listener.enteredAgain, "one caller, who stays", "serve() to call accept again");
        String tried = "closed while a handler is busy with something else";
        close(tried, doorman);
        checkServeEnds(tried, "What does serve() wait for? See hint 2.");
    }

    @Test
    @Order(13)
    void closeCutsOffACallerWhoIsBeingAccepted() throws IOException {
        Doorman doorman = make(echoes);
        listener.dawdles = true;
        serve(doorman);
        Socket caller = call();
        String tried = "closed between the moment a caller is accepted and the end of accept";
        await(listener.dawdling, tried, "serve() to call accept");
        close(tried, doorman);
        listener.closed();
        String question = "Who closes a connection that close() could not know yet? See hint 3.";
        checkHungUp(tried, caller, question);
    }

    /** A listening socket that notes calls, and fails or dawdles if it is told to. */
    private final class Listener extends ServerSocket {

        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch enteredAgain = new CountDownLatch(2);
        final CountDownLatch dawdling = new CountDownLatch(1);
        final CountDownLatch closeCalled = new CountDownLatch(1);
        final CountDownLatch closeReturned = new CountDownLatch(1);

        /** Whom the test has let in already, for serve() to accept. */
        final ConcurrentLinkedQueue<Socket> queue = new ConcurrentLinkedQueue<>();

        volatile Thread acceptor;
        volatile int failures;
        volatile boolean dawdles;

        Listener() throws IOException {
            super(0, 50, InetAddress.getLoopbackAddress());
        }

        @Override
        public Socket accept() throws IOException {
            acceptor = Thread.currentThread();
            entered.countDown();
            enteredAgain.countDown();
            if (failures > 0) {
                failures--;
                throw new SocketException("this accept fails, by plan");
            }
            Socket connection = queue.poll();
            if (connection == null) {
                connection = next();
            }
            if (dawdles) {
                dawdle();
            }
            return connection;
        }

        /** As super.accept, but says the same of a listener that was closed before or meanwhile. */
        Socket next() throws IOException {
            Socket connection = new Socket();
            implAccept(connection);
            toClose.add(connection);
            return connection;
        }

        /**
         * A named pause: until the doorman's close has returned, which may wait for this accept and
         * then takes a little longer.
         */
        private void dawdle() {
            dawdling.countDown();
            try {
                closeCalled.await(); // at the latest after the test
                closeReturned.await(700, MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            closeCalled.countDown();
            super.close();
        }

        /** Ends a dawdling accept: the doorman's close has returned. */
        void closed() {
            closeReturned.countDown();
            closeCalled.countDown(); // also where the doorman forgot it
        }
    }

    /** Makes a doorman who serves, in a thread of its own. */
    private Doorman open(Doorman.Handler handler) throws IOException {
        Doorman doorman = make(handler);
        serve(doorman);
        return doorman;
    }

    private Doorman make(Doorman.Handler handler) throws IOException {
        listener = new Listener();
        toClose.add(listener);
        return new Doorman(listener, handler);
    }

    private void serve(Doorman doorman) {
        serve =
                start(
                        () -> {
                            server = Thread.currentThread();
                            try {
                                doorman.serve();
                                return null;
                            } catch (ToDo e) {
                                toDo = e;
                                closeSockets(); // nobody will be answered: no need to wait
                                listener.entered.countDown();
                                listener.dawdling.countDown();
                                throw e;
                            }
                        });
        // Whatever the test has left open: in a thread that nobody waits for.
        toClose.add(() -> start(close(doorman)));
    }

    private static Callable<Void> close(Doorman doorman) {
        return () -> {
            doorman.close();
            return null;
        };
    }

    private static FutureTask<Void> start(Callable<Void> task) {
        FutureTask<Void> future = new FutureTask<>(task);
        Thread thread = new Thread(future);
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    /** Returns callers whom the test lets in, one by one: serve() accepts them in this order. */
    private List<Socket> callers(int count) throws IOException {
        List<Socket> callers = new ArrayList<>();
        while (callers.size() < count) {
            callers.add(call());
            listener.queue.add(listener.next());
        }
        return callers;
    }

    private Socket call() throws IOException {
        return call("Has somebody closed the listener? See hint 2.");
    }

    private Socket call(String question) throws IOException {
        Socket caller = new Socket();
        toClose.add(caller);
        try {
            caller.connect(listener.getLocalSocketAddress(), 4_000);
        } catch (IOException e) {
            String message = "called the doorman; expected to get through; got %s; %s. %s";
            throw failure(message.formatted(e, stateOfServe(), question));
        }
        caller.setSoTimeout(4_000);
        return caller;
    }

    /** Returns the next byte from the doorman, END if hung up, NOTHING if there is none in 4 s. */
    private static int read(Socket caller) {
        try {
            return caller.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return NOTHING;
        } catch (IOException e) {
            return END;
        }
    }

    /**
     * Hangs up, and waits until the doorman has done so too, or the conversation's thread has
     * ended: whether the doorman hangs up is another test's matter.
     */
    private void leave(Socket caller) throws IOException {
        Thread conversation = talker;
        caller.shutdownOutput();
        start(
                () -> {
                    conversation.join();
                    caller.close(); // ends read
                    return null;
                });
        read(caller);
    }

    private void checkAnswered(String tried, Socket caller, String question) {
        int number = read(caller);
        check(
                number >= 0,
                "%s; expected to be answered; got %s; %s. %s",
                tried,
                said(number),
                stateOfServe(),
                question);
    }

    private void checkNumber(String tried, Socket caller, int expected) {
        checkNumber(
                tried,
                caller,
                expected,
                "Is each caller handed to a thread, with its number? See hint 1.",
                "Which thread takes the number, and when? See hint 3.");
    }

    private void checkNumber(
            String tried, Socket caller, int expected, String ifNone, String ifWrong) {
        int number = read(caller);
        check(
                number == expected,
                "%s; expected the number %d; got %s; %s. %s",
                tried,
                expected,
                said(number),
                stateOfServe(),
                number < 0 ? ifNone : ifWrong);
    }

    /** Reads what there is to the end, which must come. */
    private void checkHungUp(String tried, Socket caller, String question) {
        int end = read(caller);
        while (end >= 0) {
            end = read(caller);
        }
        check(
                end == END,
                "%s; expected the connection to be closed; got %s; %s. %s",
                tried,
                said(end),
                stateOfServe(),
                question);
    }

    private static String said(int read) {
        return read == NOTHING
                ? "nothing in 4 s"
                : read == END ? "a closed connection" : String.valueOf(read);
    }

    /** Calls close() and waits for its end, 4 s at most. */
    private void close(String tried, Doorman doorman) {
        FutureTask<Void> close = start(close(doorman));
        try {
            close.get(4, SECONDS);
        } catch (TimeoutException e) {
            String message = "%s; expected close() to end; got no end in 4 s.";
            throw failure(message.formatted(tried) + " What does close() wait for? See hint 2.");
        } catch (ExecutionException e) {
            String message = "%s; expected close() to return; got %s.";
            throw new AssertionError(
                    message.formatted(tried, told(e.getCause()))
                            + " Which exception is the answer to what? See hint 2.",
                    e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void checkServeEnds(String tried, String question) {
        try {
            serve.get(4, SECONDS);
        } catch (TimeoutException e) {
            throw failure(tried + "; expected serve() to return; got no end in 4 s. " + question);
        } catch (ExecutionException e) {
            String message =
                    "%s; expected serve() to return; got %s."
                            + " Which exception is the end, and no failure? See hint 2.";
            throw failure(message.formatted(tried, told(e.getCause())));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void await(CountDownLatch latch, String tried, String expected) {
        try {
            check(
                    latch.await(4, SECONDS) && toDo == null,
                    "%s; expected %s; got no call in 4 s; %s."
                            + " Does serve() accept in a loop? See hint 1.",
                    tried,
                    expected,
                    stateOfServe());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void uninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // This handler minds nobody.
            }
        }
    }

    private String stateOfServe() {
        Throwable failure = failureOfServe();
        return failure != null
                ? "serve() has thrown " + told(failure)
                : serve != null && serve.isDone() ? "serve() has returned" : "serve() still runs";
    }

    /** Says what was thrown, and from which line of the answer. */
    private static String told(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> "Doorman.java".equals(frame.getFileName()))
                .findFirst()
                .map(frame -> thrown + ", at Doorman.java:" + frame.getLineNumber())
                .orElse(thrown.toString());
    }

    private Throwable failureOfServe() {
        if (serve == null || !serve.isDone()) {
            return null;
        }
        try {
            serve.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void check(boolean holds, String message, Object... values) {
        if (!holds) {
            throw failure(message.formatted(values));
        }
    }

    /** Returns the failure of a test; what serve() has thrown is its cause. */
    private AssertionError failure(String message) {
        return new AssertionError(message, toDo != null ? toDo : failureOfServe());
    }
}
