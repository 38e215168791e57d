package lesson03.homework;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class DoormanTest {

    private static final String SERVE =
            "Only serve accepts clients, with ServerSocket.accept, until the listener is closed,"
                    + " whoever closes it.";
    private static final String RETURNS =
            "When the listener is closed, serve returns at once, without an exception.";
    private static final String NUMBERS =
            "Each doorman numbers its clients 1, 2, 3 and so on, in the order in which they were"
                    + " accepted, and shares nothing with other doormen.";
    private static final String THREADS =
            "The handler is called at once for each client, however many there are, in a thread"
                    + " that talks to no other client until the handler returns.";
    private static final String SOCKET =
            "The handler gets the socket that accept has returned, with no setting changed.";
    private static final String ENDS =
            "When answer returns, or throws an exception, the connection of its client is closed,"
                    + " and no other client is affected.";
    private static final String FAILS =
            "When accept throws an IOException and the listener is open, serve calls it again"
                    + " within 100 ms, and skips no number.";
    private static final String CLOSE =
            "close closes the listener and the connections of all clients, even if clients are"
                    + " accepted, or leave, while it runs.";
    private static final String NO_WAIT = "Neither serve nor close waits for a handler.";
    private static final String TWICE =
            "A second close does nothing, and a doorman that is closed before it serves accepts no"
                    + " client.";
    private static final String NO_THREAD =
            "When a client has left, the doorman keeps no reference to its socket, and its thread"
                    + " ends or is used again. When serve and all handlers have returned, no thread"
                    + " is left.";

    private static final String WHO_CLOSES = "Who closes the connection when answer has ended?";
    private static final String HANDED = "Is each client handed to a thread of its own?";
    private static final String WHEN = "Which thread takes the number, and when?";

    private final List<TestDoor> doors = new ArrayList<>();

    @AfterEach
    void closeDoors() throws IOException {
        for (TestDoor door : doors) {
            door.close();
        }
    }

    private TestDoor door(Tried tried, TestClient... clients) throws Exception {
        TestDoor door = new TestDoor(tried, clients);
        doors.add(door);
        return door;
    }

    @Test
    @Order(1)
    @Proves(NUMBERS)
    void givesTheFirstClientNumber1() throws Exception {
        Tried tried = Tried.to("a client of a real listener");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 50, loopback)) {
            @SuppressWarnings("resource") // not closed here: that is tested later
            Doorman doorman =
                    new Doorman(listener, (number, it) -> it.getOutputStream().write(number));
            Thread server = new Thread(doorman::serve);
            server.setDaemon(true);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            server.setUncaughtExceptionHandler(
                    (thread, failure) -> {
                        thrown.set(failure);
                        TestDoor.closeQuietly(listener); // ends the client's wait
                    });
            server.start();
            int number = TestDoor.read((InetSocketAddress) listener.getLocalSocketAddress());
            if (thrown.get() instanceof ToDo toDo) {
                throw toDo;
            }
            String cause = "Which thread takes the number, and who calls the handler?";
            tried.check(number == 1, "the number 1", number < 0 ? "none" : number, cause, 1);
        }
    }

    @Test
    @Order(2)
    @Proves(ENDS)
    void closesTheConnectionWhenTheHandlerReturns() throws Exception {
        Tried tried = Tried.to("a client whose handler returns");
        TestDoor door = door(tried).serve();
        TestClient client = door.add(new TestClient(it -> {}));
        door.checkAnswered(tried, client, HANDED, 1);
        door.checkClosed(tried, client, WHO_CLOSES, 1);
    }

    @Test
    @Order(3)
    @Proves(SOCKET)
    void changesNoOption() throws Exception {
        Tried tried = Tried.to("a client who stays");
        AtomicReference<String> options = new AtomicReference<>();
        CountDownLatch asked = new CountDownLatch(1);
        TestDoor door = door(tried).serve();
        door.add(
                new TestClient(
                        client -> {
                            options.set(TestClient.options(client));
                            asked.countDown();
                            TestClient.UNTIL_IT_LEAVES.with(client);
                        }));
        boolean handed = door.inTime(asked);
        tried.check(handed, "the socket that accept returned", "another one", HANDED, 1);
        try (Socket fresh = new Socket()) {
            String cause = "Which option was set, and why?";
            tried.same(TestClient.options(fresh), options.get(), cause, 1);
        }
    }

    @Test
    @Order(4)
    @Proves(THREADS)
    void aSecondClientNeedNotWaitForTheFirst() throws Exception {
        Tried tried = Tried.to("two clients who stay");
        TestDoor door = door(tried).serve();
        for (TestClient client : door.add(2, TestClient.UNTIL_IT_LEAVES)) {
            door.checkAnswered(tried, client, HANDED, 1);
        }
    }

    @Test
    @Order(5)
    @Proves(SERVE)
    void acceptsNobodyBeforeServe() throws Exception {
        Tried tried = Tried.to("a client who waits when the doorman is made");
        TestDoor door = door(tried, new TestClient());
        door.awaitStarted();
        int accepts = door.listener.accepts();
        String cause = "What does the constructor do besides keeping its arguments?";
        tried.check(accepts == 0, "no accept before serve()", accepts, cause, 1);
    }

    @Test
    @Order(6)
    @Proves(SERVE)
    void serveStaysUntilTheListenerIsClosed() throws Exception {
        Tried tried = Tried.to("a client who stays");
        TestDoor door = door(tried).serve();
        door.checkAnswered(tried, door.add(new TestClient()), HANDED, 1);
        String cause = "Which thread calls accept?";
        tried.check(!door.endsWithin(100), "serve() to stay", "its end", cause, 1);
    }

    @Test
    @Order(7)
    @Proves(NUMBERS)
    void eachDoormanCountsForItself() throws Exception {
        Tried tried = Tried.to("two doormen, each with a client");
        for (int i = 0; i < 2; i++) {
            TestDoor door = door(tried).serve();
            String cause = "What does the count begin with, and is there a static field?";
            door.checkNumber(tried, door.add(new TestClient()), 1, cause, 1);
        }
    }

    @Test
    @Order(8)
    @Proves(NUMBERS)
    void numbersFollowTheOrderOfAcceptance() throws Exception {
        Tried tried = Tried.to("30 clients who wait when serve() begins, and stay");
        TestDoor door = door(tried);
        List<TestClient> clients = door.add(30, TestClient.UNTIL_IT_LEAVES);
        door.serve();
        for (int i = 0; i < clients.size(); i++) {
            door.checkNumber(tried, clients.get(i), i + 1, WHEN, 3);
        }
    }

    @Test
    @Order(9)
    @Proves(NUMBERS)
    void noNumberComesTwice() throws Exception {
        Tried tried = Tried.to("a second client, after the first has left");
        TestDoor door = door(tried).serve();
        TestClient first = door.add(new TestClient());
        door.checkAnswered(tried, first, HANDED, 1);
        first.leave();
        door.awaitLeft(first);
        String cause = "Is it the number of those who are here, or of all who came?";
        door.checkNumber(tried, door.add(new TestClient()), 2, cause, 1);
    }

    @Test
    @Order(10)
    @Proves(ENDS)
    void closesTheConnectionWhenTheHandlerThrows() throws Exception {
        for (Exception failure : TestClient.failures()) {
            Tried tried = Tried.to("a client whose handler throws %s", failure);
            TestDoor door = door(tried).serve();
            TestClient client = door.add(new TestClient(TestClient.failing(failure)));
            door.checkAnswered(tried, client, HANDED, 1);
            door.checkClosed(tried, client, "What runs when answer throws?", 2);
        }
    }

    @Test
    @Order(11)
    @Proves(ENDS)
    void aHandlersFailureDisturbsNobodyElse() throws Exception {
        for (Exception failure : TestClient.failures()) {
            Tried tried = Tried.to("a client who stays, one whose handler throws %s", failure);
            TestDoor door = door(tried).serve();
            TestClient stays = door.add(new TestClient());
            TestClient fails = door.add(new TestClient(TestClient.failing(failure)));
            door.checkAnswered(tried, fails, HANDED, 1);
            door.awaitLeft(fails);
            boolean closed = stays.isClosed();
            String cause = "Which conversations may a handler's failure end?";
            tried.check(!closed, "the other to stay", "its connection closed", cause, 2);
            door.checkAnswered(tried, door.add(new TestClient()), cause, 2);
        }
    }

    @Test
    @Order(12)
    @Proves(FAILS)
    void goesOnAfterAFailedAccept() throws Exception {
        for (IOException failure : TestListener.failures()) {
            Tried tried = Tried.to("a client, after accept has thrown %s", failure);
            TestDoor door = door(tried);
            door.listener.fail(failure);
            TestClient client = door.add(new TestClient());
            door.serve();
            door.checkAnswered(tried, client, "Which failure is the end of serve()?", 2);
        }
    }

    @Test
    @Order(13)
    @Proves(FAILS)
    void aFailedAcceptTakesNoNumber() throws Exception {
        Tried tried = Tried.to("a client, after accept has failed three times");
        TestDoor door = door(tried);
        door.listener.fail(TestListener.failures().toArray(new IOException[0]));
        TestClient client = door.add(new TestClient());
        door.serve();
        door.checkNumber(tried, client, 1, "Is the number taken before somebody has come?", 2);
    }

    /** The shortest of the last three rests counts: a busy machine makes one longer, hardly all. */
    @Test
    @Order(14)
    @Proves(FAILS)
    void restsBrieflyAfterEachFailedAccept() throws Exception {
        Tried tried = Tried.to("accept fails 12 times");
        TestDoor door = door(tried);
        for (int i = 0; i < 4; i++) {
            door.listener.fail(TestListener.failures().toArray(new IOException[0]));
        }
        door.serve();
        for (int failure = 1; failure <= 12; failure++) {
            door.checkAccepts(tried, failure + 1, "How often may an accept fail?", 2);
            long millis = door.listener.shortestRest();
            String cause = "How long does serve() rest after a failure?";
            tried.check(millis < 500, "the next accept within 100 ms", millis + " ms", cause, 2);
        }
    }

    @Test
    @Order(15)
    @Proves({THREADS, NUMBERS})
    void manyTalkAtTheSameTime() throws Exception {
        TestDoor door = door(Tried.to("a doorman"));
        List<TestClient> clients = door.add(260, TestClient.UNTIL_IT_LEAVES);
        door.serve();
        for (int i = 0; i < clients.size(); i++) {
            Tried tried = Tried.to("client %d of 260, who all stay", i + 1);
            door.checkAnswered(tried, clients.get(i), "Is there a thread for each of them?", 1);
            int number = clients.get(i).number;
            boolean fits = number > 0 || i < 100; // which one it is: that has tests of its own
            tried.check(fits, "a number above 0", number, "How far does the count go?", 1);
        }
    }

    @Test
    @Order(16)
    @Proves({RETURNS, CLOSE})
    void closeEndsServe() throws Exception {
        Tried tried = Tried.to("closed while accept waits for a client");
        TestDoor door = door(tried).serve();
        door.checkAccepts(tried);
        door.close(tried, "What ends an accept that waits?", 2);
        boolean closed = door.listener.isClosed();
        tried.check(closed, "the listener closed", "it open", "What ends an accept that waits?", 2);
        door.checkServeEnds(tried, "What ends an accept that waits?", 2);
    }

    /** The shortest of three ends is measured: a busy machine makes one longer, hardly all. */
    @Test
    @Order(17)
    @Proves({SERVE, RETURNS})
    void serveEndsWhenSomebodyElseClosesTheListener() throws Exception {
        Tried tried = Tried.to("the listener closed while accept waits, not by the doorman");
        String cause = "Who knows whether the listener is closed, and does serve() pause then?";
        long shortest = Long.MAX_VALUE;
        for (int round = 1; round <= 3 && shortest > 500; round++) {
            TestDoor door = door(tried).serve();
            door.checkAccepts(tried);
            long begin = System.nanoTime();
            door.listener.close();
            door.checkServeEnds(tried, cause, 2);
            shortest = Math.min(shortest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
        tried.check(shortest <= 500, "serve() to return at once", shortest + " ms", cause, 2);
    }

    @Test
    @Order(18)
    @Proves(NO_WAIT)
    void serveDoesNotWaitForAHandler() throws Exception {
        Tried tried = Tried.to("the listener closed while a handler is busy with something else");
        TestDoor door = door(tried).serve();
        door.checkAnswered(tried, door.add(new TestClient(TestClient.BUSY)), HANDED, 1);
        door.listener.close();
        door.checkServeEnds(tried, "What does serve() wait for?", 2);
    }

    @Test
    @Order(19)
    @Proves(NO_WAIT)
    void closeDoesNotWaitForAHandler() throws Exception {
        Tried tried = Tried.to("closed while a handler is busy with something else");
        TestDoor door = door(tried).serve();
        door.checkAnswered(tried, door.add(new TestClient(TestClient.BUSY)), HANDED, 1);
        door.close(tried, "What does close() wait for?", 2);
    }

    @Test
    @Order(20)
    @Proves(CLOSE)
    void closeCutsOffConversations() throws Exception {
        for (String before : List.of("", ", after somebody else has closed the listener")) {
            Tried tried = Tried.to("closed while three clients talk%s", before);
            TestDoor door = door(tried).serve();
            List<TestClient> clients = door.add(3, TestClient.BUSY);
            for (TestClient client : clients) {
                door.checkAnswered(tried, client, HANDED, 1);
            }
            if (!before.isEmpty()) {
                door.listener.close();
            }
            door.close(tried, "What does close() do besides closing sockets?", 2);
            for (TestClient client : clients) {
                door.checkClosed(tried, client, "Who knows the connections that are open?", 3);
            }
        }
    }

    @Test
    @Order(21)
    @Proves(TWICE)
    void mayBeClosedTwice() throws Exception {
        Tried tried = Tried.to("closed twice");
        TestDoor door = door(tried).serve();
        door.checkAnswered(tried, door.add(new TestClient()), HANDED, 1);
        door.close(tried, "What does close() do besides closing sockets?", 2);
        door.close(tried, "What has the first close() left to do?", 2);
    }

    @Test
    @Order(22)
    @Proves(TWICE)
    void acceptsNobodyIfItIsClosedBefore() throws Exception {
        Tried tried = Tried.to("closed, and then serve() called, while a client waits");
        TestDoor door = door(tried);
        door.close(tried, "What if serve() has not been called yet?", 2);
        TestClient client = door.add(new TestClient());
        door.serve();
        door.checkServeEnds(tried, "Does serve() forget that the doorman is closed?", 2);
        boolean answered = client.answered.getCount() == 0;
        tried.check(!answered, "no answer", "one", "When does serve() look at the listener?", 2);
    }

    @Test
    @Order(23)
    @Proves(NUMBERS)
    void twoDoormenShareNothing() throws Exception {
        Tried tried = Tried.to("two doormen, each with a client, and one of them closed");
        TestDoor one = door(tried).serve();
        TestDoor other = door(tried).serve();
        TestClient client = one.add(new TestClient());
        one.checkAnswered(tried, client, HANDED, 1);
        other.checkAnswered(tried, other.add(new TestClient()), HANDED, 1);
        other.close(tried, "What does close() wait for?", 2);
        boolean closed = client.isClosed();
        String cause = "Is there a static field?";
        tried.check(!closed, "the other's client to stay", "its connection closed", cause, 1);
        one.checkAnswered(tried, one.add(new TestClient()), cause, 1);
    }

    @Test
    @Order(24)
    @Proves(NO_THREAD)
    void threadsDoNotPileUp() throws Exception {
        Tried tried = Tried.to("20 clients, one after another, who have left");
        TestDoor door = door(tried).serve();
        for (int i = 0; i < 20; i++) {
            TestClient client = door.add(new TestClient());
            door.checkAnswered(tried, client, HANDED, 1);
            client.leave();
            door.checkClosed(tried, client, WHO_CLOSES, 1);
        }
        int threads = door.newThreads(9);
        String cause = "What does a thread do when its client has left?";
        tried.check(threads < 10, "no thread for each of them", threads + " threads", cause, 1);
    }

    @Test
    @Order(25)
    @Proves({NO_THREAD, SERVE})
    void noThreadIsLeft() throws Exception {
        for (String closer : List.of("the doorman", "somebody else")) {
            Tried tried = Tried.to("one client leaves, %s closes, and one more leaves", closer);
            TestDoor door = door(tried).serve();
            List<TestClient> clients = door.add(2, TestClient.BUSY);
            for (TestClient client : clients) {
                door.checkAnswered(tried, client, HANDED, 1);
            }
            clients.get(0).leave();
            door.awaitLeft(clients.get(0));
            if (closer.equals("the doorman")) {
                door.close(tried, "What does close() wait for?", 2);
            } else {
                door.listener.close();
            }
            clients.get(1).leave();
            int threads = door.newThreads(0);
            tried.check(threads == 0, "no thread soon", threads, "Who ends your threads?", 2);
        }
    }

    @Test
    @Order(26)
    @Proves(NO_THREAD)
    void keepsNobodyWhoHasLeft() throws Exception {
        Tried tried = Tried.to("20 clients, one after another; every second handler throws");
        TestDoor door = door(tried).serve();
        List<WeakReference<TestClient>> gone = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            gone.add(door.cameAndLeft(tried, TestClient.UNTIL_IT_LEAVES));
            gone.add(door.cameAndLeft(tried, TestClient.failing(new IOException("by plan"))));
        }
        int kept = door.kept(gone, 9);
        String cause = "Who takes a client who has left off the list?";
        tried.check(kept < 10, "no socket of theirs kept", kept + " kept", cause, 3);
    }

    @Test
    @Order(27)
    @Proves(CLOSE)
    void clientsMayLeaveWhileCloseRuns() throws Exception {
        Tried tried = Tried.to("closed, and clients leave while the first connection is closed");
        TestDoor door = door(tried).serve();
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) { // one by one: they come without a race
            TestClient client = door.add(new TestClient());
            door.checkAnswered(tried, client, HANDED, 1);
            clients.add(client);
        }
        AtomicBoolean first = new AtomicBoolean(true);
        for (TestClient client : clients) {
            client.whenClosed =
                    () -> {
                        if (first.getAndSet(false)) {
                            TestDoor.leave(clients, client);
                        }
                    };
        }
        String cause = "Who changes the collection while close() goes through it?";
        door.close(tried, cause, 3);
        for (TestClient client : clients) {
            door.checkClosed(tried, client, cause, 3);
        }
    }

    @Test
    @Order(28)
    @Proves(CLOSE)
    void closesAClientWhoIsAcceptedWhenItHasEnded() throws Exception {
        Tried tried = Tried.to("closed between the end of the wait in accept and its return");
        TestDoor door = door(tried);
        door.listener.held = new CountDownLatch(1);
        TestClient client = door.add(new TestClient());
        door.serve();
        door.checkTaken(tried);
        door.close(tried, "What does close() wait for?", 2);
        door.listener.held.countDown();
        String cause = "Who closes a connection that close() could not know yet?";
        door.checkClosed(tried, client, cause, 3);
    }

    @Test
    @Order(29)
    @Proves(CLOSE)
    void closesAClientWhoIsAcceptedWhileItRuns() throws Exception {
        Tried tried = Tried.to("closed, and accept returns while the first connection is closed");
        TestDoor door = door(tried).serve();
        TestClient first = door.add(new TestClient());
        door.checkAnswered(tried, first, HANDED, 1);
        door.listener.held = new CountDownLatch(1);
        TestClient second = door.add(new TestClient());
        door.checkTaken(tried);
        first.whenClosed =
                () -> {
                    door.listener.held.countDown();
                    TestDoor.awaitBriefly(second.answered);
                };
        door.close(tried, "What does close() wait for?", 2);
        String cause = "What if a client comes after the loop over the connections, or during it?";
        door.checkClosed(tried, second, cause, 3);
    }
}
