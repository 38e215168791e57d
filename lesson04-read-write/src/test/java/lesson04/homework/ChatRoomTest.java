package lesson04.homework;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@link ChatRoom} promises, with guests over loopback. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(2)
@Timeout(30) // seconds, for a slow machine: each wait in here is shorter
final class ChatRoomTest {

    private static final String TO_ALL =
            "A line of one guest goes to every other guest in the room, byte for byte and whole,"
                    + " and not back to its sender.";
    private static final String ORDER =
            "Each guest hears the lines of another in the order in which they were sent.";
    private static final String JOIN =
            "join returns at once. From then on guests counts the guest, who hears what the others"
                    + " say, but nothing from before.";
    private static final String ANY_NUMBER =
            "Any number of guests may be in a room, and two rooms share nothing.";
    private static final String SILENT =
            "A guest may be silent for as long as they like, whatever timeout their socket came"
                    + " with.";
    private static final String LEAVES =
            "A guest leaves when their stream ends, or when readLine or a write to them fails.";
    private static final String LET_GO =
            "When a guest leaves, the room closes their socket, no longer counts them, and keeps"
                    + " no thread for them.";
    private static final String OTHERS =
            "Whatever one guest does, the others hear each other as before.";
    private static final String CLOSE =
            "close makes all guests leave and ends the threads of the room. A second call does"
                    + " nothing.";
    private static final String CLOSED =
            "When a guest joins a closed room, join closes their socket and throws an"
                    + " IOException.";
    private static final String SLOW =
            "The room keeps at least MAX_WAITING lines for a guest who reads too slowly, or not at"
                    + " all, and at most twice as many. When there is no room for another line, the"
                    + " guest leaves. Until then they miss no line.";

    private static final String EVERY = "Is a line passed on to every other guest?";
    private static final String SEVERAL = "Can one read() bring more than one line?";
    private static final String HELD_UP = "Does a guest who does not read hold up the others?";
    private static final String FORGETS = "Who forgets a guest who has left, and how often?";
    private static final String CLOSES = "Who closes the socket of a guest who has left?";

    /** The longest line, in bytes, with its line feed. */
    private static final int MAX_LINE = 1_024;

    /** How many lines may wait for a guest. */
    private static final int MAX_WAITING = 100;

    /** More guests than pools of threads are often made for. */
    private static final int MANY = 102;

    /** Whether a guest who does not read has held up the others, in this test or one before. */
    private static boolean heldUp;

    private TestRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new TestRoom();
    }

    @AfterEach
    void end() throws IOException {
        if (room != null) {
            room.end();
        }
    }

    @Test
    @Order(1)
    @Stage("lines to all")
    @Proves({TO_ALL, JOIN})
    void aLineGoesToAllTheOthers() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        TestGuest cid = room.join("cid");
        bob.say("hello\n");
        ann.hears("hello\n", "Is a line passed on to those who came before?", 1);
        cid.hears("hello\n", "Is a line passed on to those who came later?", 1);
    }

    @Test
    @Order(2)
    @Proves(TO_ALL)
    void nobodyHearsTheirOwnLine() throws Exception {
        TestGuest ann = room.join("ann");
        ann.say("alone\n");
        ann.awaitTaken();
        TestGuest bob = room.join("bob");
        ann.say("one\n");
        bob.hearsAfter("alone\n", "one\n", EVERY, 1); // it may still be on its way
        ann.awaitTaken();
        bob.say("two\n");
        ann.hears("two\n", "Does a line also go back to its sender?", 1);
    }

    @Test
    @Order(3)
    @Proves({TO_ALL, ORDER})
    void severalLinesComeAtOnceAndKeepTheirOrder() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        bob.roomsEnd.holdOneWrite();
        ann.say("one\ntwo\n\nfour\n");
        for (String line : List.of("one\n", "two\n", "\n", "four\n")) {
            String cause = "Can one read() bring several lines, and can one overtake another?";
            bob.hears(line, cause, 2);
        }
    }

    @Test
    @Order(4)
    @Proves({TO_ALL, OTHERS})
    void aLineComesInPieces() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        TestGuest cid = room.join("cid");
        ann.say("one\nt\rw");
        cid.hears("one\n", SEVERAL, 2);
        ann.awaitTaken();
        bob.say("three\n");
        cid.hears("three\n", "Is half a line passed on before its line feed has come?", 2);
        ann.say("o\n");
        cid.hears("t\rwo\n", "Is each guest's half line kept for that guest?", 2);
    }

    @Test
    @Order(5)
    @Proves(TO_ALL)
    void bytesPassAsTheyAre() throws Exception {
        StringBuilder line = new StringBuilder();
        for (char value = 0; value < 256; value++) {
            line.append(value == '\n' ? "" : value);
        }
        line.append("\r\n");
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        ann.say(line.toString());
        bob.hears(line.toString(), "Is a line turned into text, or its \\r removed?", 2);
    }

    @Test
    @Order(6)
    @Proves(JOIN)
    void aGuestIsInTheRoomWhenJoinReturns() throws Exception {
        TestGuest ann = room.meet("ann");
        ann.roomsEnd.hold(); // whatever the room's own threads do comes later
        TestCall joining = new TestCall(() -> room.enterAndCount(ann));
        ann.roomsEnd.awaitHeld(joining);
        joining.awaitDoneOrWaiting();
        int early = joining.isDone() ? room.guests() : 1;
        ann.roomsEnd.release();
        Throwable thrown = joining.thrown();
        if (thrown instanceof AssertionError hangs) {
            throw hangs;
        }
        Tried tried = Tried.to("ann joined an empty room, and join returned");
        tried.check(thrown == null, "no exception", thrown, "Who throws here, and why?", 1);
        String cause = "Is the guest counted before join returns?";
        tried.same(1, early == 1 ? room.guests() : early, cause, 1);
        for (int i = 2; i <= 30; i++) { // a thread of the room may be faster, but not each time
            Tried.to("guest %d joined, and join returned", i)
                    .same(i, room.enterAndCount(room.meet("a guest")), cause, 1);
        }
    }

    @Test
    @Order(7)
    @Proves(JOIN)
    void whoComesLateIsNotToldThePast() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        for (String line : List.of("one\n", "two\n")) {
            ann.say(line);
            bob.hears(line, EVERY, 1);
        }
        TestGuest cid = room.join("cid");
        ann.say("three\n");
        String cause = "Is a guest told what was said before?";
        cid.hearsAfter("two\n", "three\n", cause, 1); // it may still be on its way
    }

    @Test
    @Order(8)
    @Proves(ANY_NUMBER)
    void thereIsRoomForMany() throws Exception {
        List<TestGuest> guests = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            TestGuest guest = room.meet(Tried.say("guest %d", i));
            if (i <= 2) {
                guest.roomsEnd.comesFrom(i); // two machines, and on both the same port
            }
            guests.add(guest);
        }
        room.enter(guests.toArray(new TestGuest[0]));
        String cause = "Is each of many guests read from, and written to?";
        TestGuest last = guests.get(MANY - 1);
        last.say("one\n");
        for (TestGuest guest : guests.subList(0, MANY - 1)) {
            guest.hears("one\n", cause, 1);
        }
        guests.get(0).say("two\n");
        guests.get(1).hears("two\n", "Are two guests taken for one: by what are they known?", 1);
        last.hearsAfter("one\n", "two\n", cause, 1);
    }

    @Test
    @Order(9)
    @Proves(ANY_NUMBER)
    void twoRoomsHaveNothingInCommon() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        TestRoom other = new TestRoom();
        try {
            TestGuest cid = other.join("cid");
            TestGuest dan = other.join("dan");
            other.assertGuests(2, "two are here, and two in another room", "Is a field static?", 1);
            cid.say("in the other room\n");
            dan.hears("in the other room\n", EVERY, 1);
            cid.awaitTaken();
            other.close();
        } finally {
            other.end();
        }
        ann.say("in this room\n");
        bob.hears("in this room\n", "Do two rooms share a static field?", 1);
    }

    @Test
    @Order(10)
    @Proves(SILENT)
    void aSilentGuestMayStay() throws Exception {
        for (int timeout : new int[] {0, 300_000}) {
            TestGuest ann = room.meet("ann");
            ann.roomsEnd.setSoTimeout(timeout); // milliseconds
            ann.roomsEnd.hurry(0);
            room.enter(ann);
            TestGuest bob = room.join("bob");
            ann.awaitTaken();
            String cause =
                    timeout == 0
                            ? "Does the room set a timeout, and take it for the end?"
                            : "What if the socket came with a setSoTimeout of 5 minutes?";
            Tried.to("ann was silent for as long as her socket's timeout allows")
                    .check(
                            !ann.roomsEnd.isClosed(),
                            "her still in the room",
                            "her socket closed",
                            cause,
                            3);
            ann.say("hello\n");
            bob.hears("hello\n", cause, 3);
            ann.awaitTaken();
            ann.roomsEnd.hurry("hello\nhe".length());
            ann.say("he");
            ann.awaitTaken();
            ann.say("llo\n");
            bob.hears("hello\n", "Is half a line lost when a read times out?", 3);
        }
    }

    @Test
    @Order(11)
    @Stage("leaving")
    @Proves({LEAVES, LET_GO})
    void whoEndsTheStreamLeaves() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        TestGuest cid = room.join("cid");
        room.assertGuests(3, "three had joined", "Is everybody counted once?", 1);
        ann.say("half a line");
        ann.socket.shutdownOutput();
        ann.isLetGo("ended her stream", CLOSES, 3);
        room.assertGuests(2, "ann had ended her stream", FORGETS, 3);
        cid.say("next\n");
        bob.hears("next\n", "Is a line passed on whose line feed never came?", 2);
        bob.socket.close();
        room.assertGuests(1, "bob had closed his socket, too", FORGETS, 3);
    }

    @Test
    @Order(12)
    @Proves({LEAVES, LET_GO})
    void whoIsResetLeaves() throws Exception {
        TestGuest ann = room.join("ann");
        ann.reset();
        String cause = "Is an exception of read() a way to leave?";
        room.assertGuests(0, "ann's connection was reset", cause, 3);
        ann.isClosed("reset her connection", cause);
    }

    @Test
    @Order(13)
    @Proves(LEAVES)
    void whoSaysTooLongALineLeaves() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        TestGuest cid = room.join("cid");
        String longest = "x".repeat(MAX_LINE - 1) + "\n";
        ann.say(longest);
        bob.hears(longest, "Is a line of exactly MAX_LINE bytes refused?", 2);
        ann.say("x".repeat(MAX_LINE));
        String cause = "What happens when readLine throws?";
        ann.isLetGo(Tried.say("wrote %d bytes without a line feed", MAX_LINE), cause, 3);
        cid.say("next\n");
        bob.hears("next\n", "Is a part of a line that is too long passed on?", 2);
    }

    @Test
    @Order(14)
    @Proves({LEAVES, OTHERS})
    void whoCannotBeWrittenToLeaves() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.meet("bob");
        bob.roomsEnd.breakWrites();
        room.enter(bob);
        TestGuest cid = room.join("cid");
        for (String line : List.of("one\n", "two\n", "three\n")) {
            ann.say(line);
            cid.hears(line, ann, EVERY, 3);
        }
        String cause = "What happens when a write to a guest fails?";
        bob.isLetGo("could not be written to", cause, 3);
        room.assertGuests(2, "a write to bob had failed", cause, 3);
    }

    @Test
    @Order(15)
    @Proves({ORDER, OTHERS})
    void theOthersGoOn() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        TestGuest cid = room.join("cid");
        TestGuest dan = room.join("dan");
        bob.socket.close();
        room.assertGuests(3, "bob had closed his socket", FORGETS, 3);
        for (String line : List.of("one\n", "two\n")) {
            String cause = "Are guests told apart by their place in a list?";
            cid.say(line);
            ann.hears(line, cause, 3);
            dan.hears(line, cause, 3);
            cid.awaitTaken();
        }
        ann.say("three\n");
        cid.hears("three\n", "Are guests told apart by their place in a list?", 3);
    }

    @Test
    @Order(16)
    @Proves(LET_GO)
    void whoLeavesTakesTheirThreadsAlong() throws Exception {
        TestGuest ann = room.join("ann");
        int guests = 10;
        for (int i = 1; i <= guests; i++) {
            TestGuest guest = room.join("a guest");
            ann.say("hello\n");
            guest.hears("hello\n", EVERY, 1);
            guest.socket.close();
            room.assertGuests(1, "a guest had left", FORGETS, 3);
            room.awaitThreadsAtWork(3, 100); // a pool may have its threads back
        }
        room.assertThreads(
                guests - 1,
                Tried.say("%d guests had joined and left, and one stayed", guests),
                "What ends the thread, or the pool, that you made for a guest?");
        room.assertGuests(1, "all threads had ended", "Is a leave counted twice?", 3);
    }

    @Test
    @Order(17)
    @Proves({CLOSE, LET_GO})
    void closeMakesAllLeave() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        ann.say("one\n");
        bob.hears("one\n", EVERY, 1);
        room.close();
        ann.isLetGo("was in a room that was closed", "Does close() close every socket?", 3);
        bob.isLetGo("was in a room that was closed", "Does close() close every socket?", 3);
        room.assertGuests(0, "the room was closed", FORGETS, 3);
        room.assertThreadsAtWork(0, "the room was closed", "What ends the threads of the room?");
        room.close();
    }

    @Test
    @Order(18)
    @Proves(CLOSED)
    void aClosedRoomLetsNobodyIn() throws Exception {
        room.close();
        TestGuest ann = room.meet("ann");
        Object got = room.enterOrNot(ann);
        Tried.to("ann joined a room that was closed")
                .check(
                        got instanceof IOException,
                        "an IOException",
                        got == null ? "no exception" : got,
                        "Does join() know that the room is closed?",
                        3);
        ann.isLetGo("joined a closed room", "Who closes the socket of a guest kept out?", 3);
        room.assertGuests(0, "ann was kept out", FORGETS, 3);
    }

    @Test
    @Order(19)
    @Stage("slow readers")
    @Proves({SLOW, OTHERS})
    void aHundredLinesWait() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        TestGuest slow = room.stuck("slow");
        converse(ann, bob, MAX_WAITING);
        slow.roomsEnd.flow();
        for (int i = 1; i <= MAX_WAITING; i++) {
            String line = Tried.say("line %d\n", i);
            slow.hears(line, "Do 100 lines wait, the oldest first?", 2);
        }
    }

    @Test
    @Order(20)
    @Proves({SLOW, OTHERS})
    void whoNeverReadsLeaves() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        TestGuest slow = room.stuck("slow");
        converse(ann, bob, 2 * MAX_WAITING + 2);
        slow.isLetGo(
                Tried.say("did not read %d lines", 2 * MAX_WAITING + 2),
                "Is there a limit to the lines that wait, and what happens beyond it?",
                2);
        room.assertGuests(2, "slow had not read", FORGETS, 3);
    }

    @Test
    @Order(21)
    @Proves({SLOW, OTHERS})
    void severalWhoNeverReadHoldUpNobody() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest bob = room.join("bob");
        for (int i = 1; i <= 8; i++) {
            room.stuck(Tried.say("slow %d", i));
        }
        String last = converse(ann, bob, 2 * MAX_WAITING + 2);
        TestGuest cid = room.join("cid");
        ann.say("welcome\n");
        cid.hearsAfter(last, "welcome\n", HELD_UP, 1); // it may still be on its way
    }

    @Test
    @Order(22)
    @Proves({CLOSE, LET_GO})
    void closeAlsoMakesThoseLeaveWhoDoNotRead() throws Exception {
        TestGuest ann = room.join("ann");
        TestGuest slow = room.stuck("slow");
        ann.say("one\n");
        slow.roomsEnd.awaitStuck();
        room.close();
        String cause = "Which call ends a write that waits?";
        slow.isLetGo("did not read, and was in a room that was closed", cause, 3);
        room.assertGuests(0, "the room was closed", FORGETS, 3);
        room.assertThreadsAtWork(0, "the room was closed", "What ends the threads of the room?");
    }

    /**
     * Lets {@code speaker} say so many lines, and {@code hearer} hear each before the next. Returns
     * the last.
     */
    private static String converse(TestGuest speaker, TestGuest hearer, int lines)
            throws IOException {
        hearer.waitAtMost(heldUp ? TestGuest.LITTLE_MILLIS : TestGuest.PATIENCE_MILLIS);
        heldUp = true; // until all of them are heard
        String line = "";
        for (int i = 1; i <= lines; i++) {
            line = Tried.say("line %d\n", i);
            speaker.say(line);
            hearer.hears(line, speaker, HELD_UP, 1);
        }
        heldUp = false;
        return line;
    }
}
