package lesson04.homework;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What {@link ChatRoom} promises, with guests over loopback. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
final class ChatRoomTest {

    /** How long a test waits for anything before it fails. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** How long it waits where a test before has waited in vain for the same. */
    private static final Duration LITTLE_PATIENCE = Duration.ofMillis(500);

    /** The class of the answer. */
    private static final String ANSWER = ChatRoom.class.getName();

    /** The longest line, in bytes, with its line feed. */
    private static final int MAX_LINE = 1_024;

    /** How many lines may wait for a guest. */
    private static final int MAX_WAITING = 100;

    /** A small buffer of the kernel's. */
    private static final int LITTLE_BYTES = 8_192;

    /** More guests than a pool of threads may have been made for. */
    private static final int MANY_GUESTS = 30;

    /** More lines of 1,000 bytes than may wait in the room and fit into small buffers. */
    private static final int MANY_LINES = 300;

    /**
     * Whether {@code join} has hung: then no test waits for it again, for it would take minutes.
     */
    private static boolean joinHangs;

    /** How long a test waits for the count of guests. */
    private static Duration countPatience = PATIENCE;

    /** How long a test waits for a close when the guest has seen the end. */
    private static Duration closePatience = PATIENCE;

    /** Whether a guest who does not read has held up the others, in this test or one before. */
    private static boolean heldUp;

    private final List<Socket> sockets = new ArrayList<>();
    private ChatRoom room;

    @BeforeEach
    void open() {
        room = new ChatRoom();
    }

    /** Ends the threads of the room, right or wrong: each waits for a socket, or for the room. */
    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        if (room != null) {
            Thread closing = new Thread(() -> closeQuietly(room));
            closing.setDaemon(true);
            closing.start();
        }
    }

    private static void closeQuietly(ChatRoom room) {
        try {
            room.close();
        } catch (ToDo e) {
            // Each test says by itself what is not started.
        }
    }

    @Test
    @Order(1)
    void aLineGoesToAllTheOthers() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest cid = join("cid");
        bob.say("hello\n");
        cid.hears("hello\n", "Is the line passed on to those who came later? See hint 1.");
        ann.hears("hello\n", "Is the line passed on to those who came before? See hint 1.");
    }

    @Test
    @Order(2)
    void nobodyHearsHimself() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        ann.say("one\n");
        bob.hears("one\n", "Is the line passed on to every other guest? See hint 1.");
        ann.awaitTaken();
        bob.say("two\n");
        ann.hears("two\n", "Does the line also go back to the one who said it? See hint 1.");
    }

    @Test
    @Order(3)
    void severalLinesComeAtOnce() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        ann.say("one\ntwo\n\nfour\n");
        for (String line : List.of("one\n", "two\n", "\n", "four\n")) {
            bob.hears(line, "Can one read() bring more than one line? See hint 2.");
        }
    }

    @Test
    @Order(4)
    void aLineComesByteByByte() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest cid = join("cid");
        for (char letter : "hello, all".toCharArray()) {
            ann.say(String.valueOf(letter));
            ann.awaitTaken();
            bob.say("meanwhile\n");
            cid.hears("meanwhile\n", "Can one read() bring less than a line? See hint 2.");
        }
        ann.say("\n");
        cid.hears("hello, all\n", "Can one read() bring less than a line? See hint 2.");
    }

    @Test
    @Order(5)
    void linesComeInRandomPieces() throws IOException {
        int seed = 4;
        Random random = new Random(seed);
        Guest ann = join("ann");
        Guest bob = join("bob");
        ann.socket.setTcpNoDelay(true);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add(i + "x".repeat(random.nextInt(300)) + "\n");
        }
        String all = String.join("", lines);
        for (int at = 0, end; at < all.length(); at = end) {
            end = Math.min(all.length(), at + 1 + random.nextInt(200));
            ann.say(all.substring(at, end));
        }
        for (String line : lines) {
            bob.hears(
                    line,
                    "Can one read() bring the end of a line and the start of the next, in random"
                            + " pieces (seed "
                            + seed
                            + ")? See hint 2.");
        }
    }

    @Test
    @Order(6)
    void bytesPassAsTheyAre() throws IOException {
        StringBuilder line = new StringBuilder();
        for (char value = 0; value < 256; value++) {
            line.append(value == '\n' ? "" : value);
        }
        line.append("\r\n");
        Guest ann = join("ann");
        Guest bob = join("bob");
        ann.say(line.toString());
        bob.hears(
                line.toString(),
                "Is the line made a text on its way, or its \\r taken off? See hint 2.");
    }

    @Test
    @Order(7)
    void halfALineIsNotMixedWithAnother() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest cid = join("cid");
        ann.say("one\ntw");
        cid.hears("one\n", "Can one read() bring more than one line? See hint 2.");
        ann.awaitTaken();
        bob.say("three\n");
        cid.hears(
                "three\n",
                "Is half a line passed on before its line feed has come, or kept where another"
                        + " guest's bytes go, too? See hint 2.");
        ann.say("o\n");
        cid.hears("two\n", "Is each guest's half line kept for him? See hint 2.");
    }

    @Test
    @Order(8)
    void guestsComeAndGoAtAnyTime() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        ann.say("one\n");
        bob.hears("one\n", "Is the line passed on to every other guest? See hint 1.");
        ann.say("two\n");
        bob.hears("two\n", "Is the line passed on to every other guest? See hint 1.");
        Guest cid = join("cid");
        ann.say("three\n");
        bob.hears("three\n", "Is the line passed on to every other guest? See hint 1.");
        cid.hearsFirst("three\n", "two\n");
        bob.socket.shutdownOutput();
        awaitGuests(2, "bob has ended his stream", "Who forgets a guest who left? See hint 3.");
        cid.say("four\n");
        ann.hears("four\n", "Does it still work when somebody has left? See hint 3.");
        cid.awaitTaken();
        ann.say("five\n");
        cid.hears("five\n", "Are the guests still told apart when one has left? See hint 3.");
        Guest dan = join("dan");
        cid.say("six\n");
        ann.hears("six\n", "Does it still work when somebody has left? See hint 3.");
        dan.hearsFirst("six\n", "four\n", "five\n");
    }

    @Test
    @Order(9)
    void whoEndsHisStreamIsHungUpOn() throws IOException {
        Guest ann = join("ann");
        join("bob");
        ann.socket.shutdownOutput();
        ann.isHungUpOn(
                "ended her stream", "Who closes the socket of a guest who left? See hint 3.");
    }

    @Test
    @Order(10)
    void whoHasLeftIsForgotten() throws IOException {
        awaitGuests(0, "nobody has joined", "Is everybody who joined counted once? See hint 3.");
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest cid = join("cid");
        assertGuests(
                3, "three have joined", "Is a guest in the room when join() returns? See hint 3.");
        ann.socket.shutdownOutput();
        awaitGuests(2, "ann has ended her stream", "Who forgets a guest who left? See hint 3.");
        bob.socket.close();
        awaitGuests(1, "bob has closed", "Who forgets a guest who left? See hint 3.");
        cid.reset();
        awaitGuests(0, "cid's connection was reset", "Is a reset a way to leave? See hint 3.");
    }

    @Test
    @Order(11)
    void aCutLastLineIsNotPassedOn() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest cid = join("cid");
        ann.say("whole\ncut");
        ann.socket.shutdownOutput();
        bob.hears("whole\n", "Can one read() bring more than one line? See hint 2.");
        ann.isHungUpOn(
                "ended her stream", "Who closes the socket of a guest who left? See hint 3.");
        cid.say("next\n");
        bob.hears("next\n", "Is what comes after the last line feed a line? See hint 2.");
    }

    @Test
    @Order(12)
    void theLongestLineIsPassedOn() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        String line = "x".repeat(MAX_LINE - 1) + "\n";
        ann.say(line);
        bob.hears(line, "Is a line of exactly MAX_LINE bytes refused? See hint 2.");
        ann.say("short\n");
        bob.hears("short\n", "Do the bytes of one line count for the next? See hint 2.");
    }

    @Test
    @Order(13)
    void whoSaysTooLongALineIsHungUpOn() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest cid = join("cid");
        ann.say("short\n");
        bob.hears("short\n", "Is the line passed on to every other guest? See hint 1.");
        ann.say("x".repeat(MAX_LINE) + "\n");
        ann.isHungUpOn(
                "said a line of " + (MAX_LINE + 1) + " bytes",
                "Is there a limit, and is the line feed counted, too? See hint 2.");
        cid.say("next\n");
        bob.hears("next\n", "Is a part of a line that is too long passed on? See hint 2.");
    }

    @Test
    @Order(14)
    void whoNeverEndsALineIsHungUpOn() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest cid = join("cid");
        Guest dan = join("dan");
        dan.say("x".repeat(2 * MAX_LINE));
        dan.isHungUpOn(
                "said " + 2 * MAX_LINE + " bytes without a line feed",
                "Is the length looked at only when the line feed comes? See hint 2.");
        ann.say("x".repeat(MAX_LINE));
        ann.isHungUpOn(
                "said " + MAX_LINE + " bytes without a line feed, and then nothing",
                "Is it certain by now that the line is too long? See hint 2.");
        cid.say("next\n");
        bob.hears("next\n", "Is a part of a line that is too long passed on? See hint 2.");
    }

    @Test
    @Order(15)
    void aResetHurtsNobodyElse() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest cid = join("cid");
        cid.reset();
        for (int i = 0; i < 10; i++) {
            ann.say(i + " from ann\n");
            bob.hears(
                    i + " from ann\n",
                    "Does a failure of one guest's socket end another's conversation?"
                            + " See hint 3.");
            bob.say(i + " from bob\n");
            ann.hears(
                    i + " from bob\n",
                    "Does a failure of one guest's socket end another's conversation?"
                            + " See hint 3.");
        }
    }

    @Test
    @Order(16)
    void aHundredLinesMayWait() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest slow = join("slow", LITTLE_BYTES);
        converse(ann, bob, MAX_WAITING);
        for (int i = 0; i < MAX_WAITING; i++) {
            slow.hears(
                    line(i),
                    "He began to read only now: do "
                            + MAX_WAITING
                            + " lines wait for him, the first one first? See hint 2.");
        }
    }

    @Test
    @Order(17)
    void whoNeverReadsHoldsUpNobodyAndIsHungUpOn() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        Guest slow = join("slow", LITTLE_BYTES);
        converse(ann, bob, MANY_LINES);
        String tried = "slow began to read when ann had said " + MANY_LINES + " lines";
        for (int i = 0; i < MANY_LINES; i++) {
            String got = slow.next();
            if (!got.endsWith("\n") && !slow.waitedInVain()) {
                slow.isClosed("did not read " + MANY_LINES + " lines");
                return; // the end, maybe inside a line
            }
            if (!got.equals(line(i))) {
                fail(
                        failure(
                                tried,
                                words(line(i)) + ", or the end",
                                slow.words(got),
                                "Is a line left out where too many wait, and nobody hung up on?"
                                        + " See hint 2."));
            }
        }
        fail(
                failure(
                        tried,
                        "the first of them, then the end",
                        "all of them",
                        "Is there no limit to how many lines wait for a guest? See hint 2."));
    }

    @Test
    @Order(18)
    void severalWhoNeverReadHoldUpNobody() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        List<Guest> stuck = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Guest guest = meet("stuck " + i, 0);
            guest.roomsEnd.stick();
            letIn(guest);
            stuck.add(guest);
        }
        converse(ann, bob, 2 * MAX_WAITING + 2);
        for (Guest guest : stuck) {
            guest.isHungUpOn(
                    "did not read " + (2 * MAX_WAITING + 2) + " lines",
                    "Is there a limit to how many lines wait for a guest? See hint 2.");
        }
    }

    @Test
    @Order(19)
    void whoIsSilentMayStay() throws IOException {
        Guest ann = meet("ann", 0);
        ann.roomsEnd.hurry();
        letIn(ann);
        Guest bob = join("bob");
        ann.awaitTaken();
        String cause = "Is a timeout of a read taken for a leave? See hint 3.";
        if (ann.roomsEnd.isClosed()) {
            String tried = "ann said nothing for as long as the room's setSoTimeout() allows";
            fail(failure(tried, "her still in the room", "her hung up on", cause));
        }
        ann.say("hello\n");
        bob.hears("hello\n", cause);
    }

    @Test
    @Order(20)
    void thereIsRoomForMany() throws IOException {
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < MANY_GUESTS; i++) {
            guests.add(join("guest " + i));
        }
        Guest first = guests.get(0);
        Guest last = guests.get(MANY_GUESTS - 1);
        String cause =
                "Is each of " + MANY_GUESTS + " guests read from, and written to? See hint 1.";
        first.say("one\n");
        last.hears("one\n", cause);
        last.say("two\n");
        String got = first.next();
        if (got.equals("one\n")) {
            got = first.next(); // that nobody hears himself is another test
        }
        first.compare("two\n", got, cause);
    }

    @Test
    @Order(21)
    void whoIsGoneBeforeHeJoinsIsNotCounted() throws IOException {
        Guest ann = meet("ann", 0);
        ann.roomsEnd.close();
        letInOrNot(ann);
        Guest bob = meet("bob", 0);
        bob.reset();
        letInOrNot(bob);
        awaitGuests(
                0,
                "ann's socket was closed, and bob's reset, before they joined",
                "Who forgets a guest where join() throws? See hint 3.");
    }

    @Test
    @Order(22)
    void closeHangsUpOnAll() throws IOException {
        Guest ann = join("ann");
        Guest bob = join("bob");
        ann.say("one\n");
        bob.hears("one\n", "Is the line passed on to every other guest? See hint 1.");
        closeRoom();
        ann.isHungUpOn(
                "is in a room that was closed", "Does close() close every socket? See hint 3.");
        bob.isHungUpOn(
                "is in a room that was closed", "Does close() close every socket? See hint 3.");
        awaitGuests(0, "the room was closed", "Are all forgotten? See hint 3.");
        closeRoom();
    }

    @Test
    @Order(23)
    void aClosedRoomLetsNobodyIn() throws IOException {
        closeRoom();
        Guest ann = meet("ann", 0);
        boolean refused = false;
        try {
            enter(ann);
        } catch (IOException e) {
            refused = true;
        }
        if (!refused) {
            fail(
                    failure(
                            "ann joined a room that was closed",
                            "an IOException",
                            "no exception",
                            "Does join() know that the room is closed? See hint 3."));
        }
        ann.isHungUpOn(
                "joined a room that was closed",
                "Who closes the socket of a guest who may not come in? See hint 3.");
    }

    @Test
    @Order(24)
    void whoJoinsWhileTheRoomClosesIsHungUpOn() throws IOException {
        Guest ann = meet("ann", 0);
        ann.roomsEnd.hold();
        Call joining = new Call(() -> room.join(ann.roomsEnd));
        ann.roomsEnd.awaitHeld(joining);
        Call closing = new Call(() -> room.close());
        closing.awaitDoneOrWaiting();
        ann.roomsEnd.release();
        String cause = "Does a lock hold both the look at closed and the add? See hint 3.";
        for (Call call : List.of(joining, closing)) {
            Throwable thrown = call.thrown();
            if (thrown != null && !(call == joining && thrown instanceof IOException)) {
                String tried = "ann joined while another thread closed the room";
                String expected = "both to return, or join() to throw an IOException";
                fail(failure(tried, expected, thrown + at(thrown), cause), thrown);
            }
        }
        ann.isHungUpOn("joined while another thread closed the room", cause);
        awaitGuests(0, "ann had joined while another thread closed the room", cause);
    }

    /** Lets {@code speaker} say so many lines, and {@code hearer} hear each before the next. */
    private static void converse(Guest speaker, Guest hearer, int lines) throws IOException {
        hearer.waitAtMost(heldUp ? LITTLE_PATIENCE : PATIENCE);
        heldUp = true; // until all of them are heard
        for (int i = 0; i < lines; i++) {
            speaker.say(line(i));
            hearer.hears(line(i), "Does a guest who does not read hold up the others? See hint 1.");
        }
        heldUp = false;
    }

    /** Returns a line of 1,000 bytes that says its number. */
    private static String line(int number) {
        String start = "line " + number + " ";
        return start + "x".repeat(999 - start.length()) + "\n";
    }

    /** Lets a guest in, who has joined when this returns. */
    private Guest join(String name) throws IOException {
        return join(name, 0);
    }

    /** Lets a guest in. The kernel keeps about {@code bytes} for him, both ways; 0 is as usual. */
    private Guest join(String name, int bytes) throws IOException {
        Guest guest = meet(name, bytes);
        letIn(guest);
        if (isEmpty()) {
            fail(
                    failure(
                            name + " has joined",
                            "at least 1 guest",
                            "0",
                            "Is a guest in the room when join() returns? See hint 1."));
        }
        return guest;
    }

    /** Whether nobody is in the room; not, as long as guests() is not started. */
    private boolean isEmpty() {
        try {
            return room.guests() == 0;
        } catch (ToDo e) {
            return false;
        }
    }

    /** Returns a guest who is connected, and not yet in the room. */
    private Guest meet(String name, int bytes) throws IOException {
        Socket[] ends = connect(bytes);
        return new Guest(name, ends[0], (RoomsEnd) ends[1]);
    }

    /** Lets a guest in who is gone: {@code join} may throw, or not. */
    private void letInOrNot(Guest guest) {
        try {
            enter(guest);
        } catch (IOException e) {
            // That is one of two right answers.
        }
    }

    private void letIn(Guest guest) {
        try {
            enter(guest);
        } catch (IOException e) {
            fail(
                    failure(
                            guest.name + " joined",
                            "no exception",
                            e + at(e),
                            "Is the room open, and the socket untouched? See hint 1."),
                    e);
        }
    }

    private void enter(Guest guest) throws IOException {
        String tried = guest.name + " joined";
        String expected = "join() to return at once";
        String cause = "Does join() itself read what the guest says? See hint 1.";
        if (joinHangs) {
            fail(failure(tried, expected, "nothing in a test before", cause));
        }
        try {
            inTime(() -> room.join(guest.roomsEnd), tried, expected, cause);
        } catch (AssertionFailedError e) {
            joinHangs = true;
            throw e;
        }
    }

    /** Returns both ends of a new connection: the guest's, and the one for the room. */
    private Socket[] connect(int bytes) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        try (ServerSocket listener = new RoomsDoor()) {
            if (bytes > 0) {
                socket.setReceiveBufferSize(bytes);
                listener.setReceiveBufferSize(bytes); // the accepted socket's, too
            }
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.connect(listener.getLocalSocketAddress());
            Socket end = listener.accept();
            sockets.add(end);
            if (bytes > 0) {
                end.setSendBufferSize(bytes);
            }
            return new Socket[] {socket, end};
        }
    }

    private void closeRoom() {
        inTime(
                () -> room.close(),
                "closed the room",
                "close() to return",
                "Does close() wait for what only a closed socket can end? See hint 3.");
    }

    /** Fails unless {@code call} returns soon. */
    private static void inTime(Executable call, String tried, String expected, String cause) {
        try {
            assertTimeoutPreemptively(PATIENCE, call);
        } catch (AssertionFailedError e) {
            Throwable hung = e.getCause() == null ? e : e.getCause();
            fail(failure(tried, expected, "nothing" + within(PATIENCE) + at(hung), cause), hung);
        }
    }

    private static String within(Duration patience) {
        return " within " + patience.toString().replaceAll("PT(.*)S", "$1 s");
    }

    /** Returns the line of the answer that threw {@code thrown}, or waited. */
    private static String at(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().split("[$]")[0].equals(ANSWER))
                .findFirst()
                .map(frame -> ", at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    /** Fails unless the room counts {@code count} guests now. */
    private void assertGuests(int count, String when, String cause) {
        int got = room.guests();
        if (got != count) {
            fail(failure("counted when " + when, count + " guests", String.valueOf(got), cause));
        }
    }

    /** Fails unless the room counts {@code count} guests soon. Nothing but the count tells when. */
    private void awaitGuests(int count, String when, String cause) {
        long end = System.nanoTime() + countPatience.toNanos();
        countPatience = LITTLE_PATIENCE; // until it is right
        while (room.guests() != count && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertGuests(count, when, cause);
        countPatience = PATIENCE;
    }

    private static String failure(String tried, String expected, String got, String cause) {
        return String.format("%s; expected %s; got %s. %s", tried, expected, got, cause);
    }

    /** Returns {@code text} as it may stand in a message: what cannot be printed is escaped. */
    private static String words(String text) {
        StringBuilder words = new StringBuilder("\"");
        for (char letter : text.toCharArray()) {
            words.append(
                    letter == '\n'
                            ? "\\n"
                            : letter < ' ' || letter > '~'
                                    ? String.format("\\x%02x", (int) letter)
                                    : String.valueOf(letter));
        }
        int length = words.length();
        return length <= 40
                ? words + "\""
                : words.substring(0, 20)
                        + "..."
                        + words.substring(length - 10)
                        + "\" ("
                        + text.length()
                        + " bytes)";
    }

    /** A call in a thread of its own. */
    private static final class Call {

        /** How long a thread waits, in milliseconds, until it is taken for one that waits long. */
        private static final int LONG = 200;

        private final FutureTask<?> task;
        private final Thread thread;

        Call(Executable call) {
            task =
                    new FutureTask<>(
                            () -> {
                                try {
                                    call.execute();
                                } catch (Throwable e) {
                                    throw new ExecutionException(e);
                                }
                                return null;
                            });
            thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        }

        boolean isDone() {
            return task.isDone();
        }

        /** Waits until the call has returned, or is seen to wait for something. */
        void awaitDoneOrWaiting() {
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (int waiting = 0; waiting < LONG && !isDone() && System.nanoTime() < end; ) {
                LockSupport.parkNanos(1_000_000);
                waiting = thread.getState() == Thread.State.RUNNABLE ? 0 : waiting + 1;
            }
        }

        /** Returns what the call has thrown, or null. */
        Throwable thrown() {
            try {
                task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return null;
            } catch (ExecutionException e) {
                return e.getCause().getCause();
            } catch (InterruptedException | TimeoutException e) {
                e.setStackTrace(thread.getStackTrace());
                return e;
            }
        }
    }

    /** Makes the room's ends of connections. */
    private static final class RoomsDoor extends ServerSocket {

        RoomsDoor() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            Socket end = new RoomsEnd();
            implAccept(end);
            return end;
        }
    }

    /** The room's end of a connection, which notes what the room does with it. */
    private static final class RoomsEnd extends Socket {

        private long taken;
        private long asked = -1; // how many bytes had been taken when the room last asked
        private boolean asksOtherwise;
        private boolean hurries;
        private boolean stuck;
        private boolean held;
        private boolean holds;
        private boolean closed;

        /** Lets who asks for a stream wait for {@link #release}. */
        synchronized void hold() {
            held = true;
        }

        synchronized void release() {
            held = false;
            notifyAll();
        }

        /** Waits until somebody is held, or {@code joining} has returned without it. */
        void awaitHeld(Call joining) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!holdsSomebody() && !joining.isDone() && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        private synchronized boolean holdsSomebody() {
            return holds;
        }

        private synchronized void awaitReleased() {
            holds = held;
            awaitWithoutEnd(() -> !held);
        }

        /** Lets the time of the first read that has a timeout be over at once. */
        synchronized void hurry() {
            hurries = true;
        }

        /** Lets each write wait until the close, as if the guest never read. */
        synchronized void stick() {
            stuck = true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            awaitReleased();
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    pass();
                    ask();
                    int next = super.read();
                    take(next == -1 ? 0 : 1);
                    return next;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    pass();
                    ask();
                    int count = super.read(buffer, offset, length);
                    take(Math.max(0, count));
                    return count;
                }

                @Override
                public int available() throws IOException {
                    ask();
                    return super.available();
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            awaitReleased();
            OutputStream out = super.getOutputStream();
            return new FilterOutputStream(out) {
                @Override
                public void write(int value) throws IOException {
                    awaitClosedIfStuck();
                    out.write(value);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    awaitClosedIfStuck();
                    out.write(bytes, offset, length);
                }
            };
        }

        @Override
        public void close() throws IOException {
            super.close();
            synchronized (this) {
                closed = true;
                notifyAll();
            }
        }

        private synchronized void ask() {
            asked = taken;
            notifyAll();
        }

        private synchronized void take(int count) {
            taken += count;
        }

        /** Lets the time of a read pass, if it has one, and this is to be in a hurry. */
        private synchronized void pass() throws IOException {
            if (hurries && getSoTimeout() > 0) {
                hurries = false;
                throw new SocketTimeoutException("Read timed out");
            }
        }

        private synchronized void awaitClosedIfStuck() {
            awaitWithoutEnd(() -> !stuck || closed);
        }

        /** Waits, with the lock, until {@code done}; no interrupt ends it. */
        private void awaitWithoutEnd(BooleanSupplier done) {
            boolean interrupted = false;
            while (!done.getAsBoolean()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits until the room asks after {@code count} bytes; never again if it does not. */
        synchronized void awaitAsked(int count) {
            asksOtherwise =
                    asksOtherwise || !await(PATIENCE.toNanos(), () -> asked >= count || closed);
        }

        /** Returns whether the room closes this soon. */
        synchronized boolean isClosedSoon(long nanos) {
            return await(nanos, () -> closed) || isClosed();
        }

        /** Waits, with the lock, until {@code done}; returns whether it came to that in time. */
        private boolean await(long nanos, BooleanSupplier done) {
            long end = System.nanoTime() + nanos;
            while (!done.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e); // nobody does
                }
            }
            return true;
        }
    }

    /** A guest as he sees it: his end of the connection. */
    private static final class Guest {

        final String name;
        final Socket socket;
        private final RoomsEnd roomsEnd;
        private final InputStream in;
        private Duration patience;
        private int said;

        /** How the stream ended, or the wait for it. */
        private String end;

        private boolean waitedInVain;

        Guest(String name, Socket socket, RoomsEnd roomsEnd) throws IOException {
            this.name = name;
            this.socket = socket;
            this.roomsEnd = roomsEnd;
            in = new BufferedInputStream(socket.getInputStream());
            waitAtMost(PATIENCE);
        }

        /** Waits at most so long for each line from now on. */
        void waitAtMost(Duration patience) throws IOException {
            socket.setSoTimeout((int) patience.toMillis());
            this.patience = patience;
        }

        /** Writes {@code text} in one go, a byte for each letter. */
        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            said += text.length();
        }

        /** Waits until the room has dealt with what he has said: it asks for more. */
        void awaitTaken() {
            roomsEnd.awaitAsked(said);
        }

        /** Ends the connection at once, both ways. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Returns the next line with its line feed, or what came of it before the end. */
        String next() {
            StringBuilder line = new StringBuilder();
            try {
                for (int next; (next = in.read()) != -1; ) {
                    line.append((char) next);
                    if (next == '\n') {
                        return line.toString();
                    }
                }
                end = "the end of the stream";
            } catch (SocketTimeoutException e) {
                end = "nothing more" + within(patience);
                waitedInVain = true;
            } catch (IOException e) {
                end = e.toString();
            }
            return line.toString();
        }

        /** Fails unless {@code line} comes next, or after what may be passed on as he joins. */
        void hearsFirst(String line, String... asHeJoins) {
            String got = next();
            while (List.of(asHeJoins).contains(got)) {
                got = next();
            }
            compare(line, got, "Is a guest told what was said before he came? See hint 1.");
        }

        /** Fails unless {@code line} comes next. */
        void hears(String line, String cause) {
            compare(line, next(), cause);
        }

        private void compare(String line, String got, String cause) {
            if (!got.equals(line)) {
                String tried = name + " waited for the next line";
                fail(failure(tried, ChatRoomTest.words(line), words(got), cause));
            }
        }

        /** Says in words what {@link #next} has returned, and how the stream ended if it did. */
        String words(String got) {
            if (got.endsWith("\n")) {
                return ChatRoomTest.words(got);
            }
            return got.isEmpty() ? end : ChatRoomTest.words(got) + ", then " + end;
        }

        /** Returns whether what {@link #next} has returned is no line, and yet not the end. */
        boolean waitedInVain() {
            return waitedInVain;
        }

        /** Fails unless the stream ends, or is reset, whatever comes before. */
        void isHungUpOn(String when, String cause) {
            String got = next();
            while (got.endsWith("\n")) {
                got = next();
            }
            if (waitedInVain()) {
                fail(failure(name + " " + when, "to be hung up on", end, cause));
            }
            isClosed(when);
        }

        /** Fails unless the room closes its end soon: the guest may see the end before that. */
        void isClosed(String when) {
            if (!roomsEnd.isClosedSoon(closePatience.toNanos())) {
                closePatience = LITTLE_PATIENCE;
                fail(
                        failure(
                                name + " " + when,
                                "the room to close its socket",
                                end + ", and the socket is still open",
                                "Does shutdownOutput() close a socket, or only say the end?"
                                        + " See hint 3."));
            }
        }
    }
}
