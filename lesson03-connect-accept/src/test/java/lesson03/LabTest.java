package lesson03;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** The Lab measures what it prints, and concludes from what it has measured. */
class LabTest {

    private static final Lab.Row FIRST = new Lab.Row(1, Lab.CONNECTED, 40);
    private static final Lab.Row SECOND = new Lab.Row(2, Lab.CONNECTED, 50);
    private static final Lab.Row THIRD = new Lab.Row(3, Lab.TIMED_OUT, 200_000);
    private static final Lab.Crowd SLOW =
            new Lab.Crowd(5, List.of(FIRST, new Lab.Row(2, Lab.CONNECTED, 999_960)));
    private static final Lab.Crowd FAST =
            new Lab.Crowd(9, List.of(FIRST, new Lab.Row(2, Lab.CONNECTED, 60)));

    @Test
    @EnabledOnOs(OS.LINUX)
    void oneMoreThanTheBacklogConnectsAndTheNextTimesOut() throws Exception {
        List<Lab.Row> rows = Lab.fill(1, 3);
        assertEquals(
                List.of("1 connected", "2 connected", "3 timed out"),
                rows.stream().map(row -> row.client() + " " + row.outcome()).toList());
        long micros = rows.get(2).micros();
        assertTrue(190_000 < micros && micros < 5_000_000, rows.toString());
    }

    @Test
    void allConnectToAServerThatAcceptsWithRoomForAll() throws Exception {
        Lab.Crowd crowd = Lab.crowd(20, 10);
        assertEquals(20, crowd.backlog());
        assertEquals(10, crowd.rows().size());
        for (Lab.Row row : crowd.rows()) {
            assertEquals(Lab.CONNECTED, row.outcome());
            assertTrue(row.micros() > 0, row.toString());
        }
    }

    @Test
    void crowdEndsItsServer() throws Exception {
        Lab.crowd(20, 3);
        assertTrue(
                Thread.getAllStackTraces().values().stream()
                        .flatMap(Stream::of)
                        .noneMatch(frame -> frame.getClassName().equals("lesson03.Lab")));
    }

    /** The changes that the Lab proposes, and some that a reader may try. Java takes 50 for 0. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    @EnabledOnOs(OS.LINUX)
    void anotherBacklogIsNotScolded(int backlog) throws Exception {
        String so = Lab.conclusion(backlog, Lab.fill(backlog, 3));
        assertFalse(so.contains("differs"), so);
    }

    @Test
    void queueIsCountedFromTheRows() {
        assertEquals(
                "With backlog 1, 2 of 3 clients connected although nobody accepted, and 1 timed"
                        + " out.",
                Lab.conclusion(1, List.of(FIRST, SECOND, THIRD)));
    }

    @Test
    void queueHoldsNoMoreThanTheClients() {
        assertTrue(Lab.conclusion(1, List.of(FIRST)).startsWith("With backlog 1, 1 of 1 clients"));
    }

    @Test
    void queueDiffersWhenItIsLonger() {
        Lab.Row third = new Lab.Row(3, Lab.CONNECTED, 50);
        assertTrue(
                Lab.conclusion(1, List.of(FIRST, SECOND, third))
                        .startsWith("differs: With backlog 1, 3 of 3 clients"));
    }

    @Test
    void queueDiffersWhenItIsShorter() {
        assertTrue(
                Lab.conclusion(1, List.of(FIRST, THIRD, THIRD))
                        .startsWith("differs: With backlog 1, 1 of 3 clients"));
    }

    @Test
    void queueDiffersWhenItRefuses() {
        Lab.Row third = new Lab.Row(3, Lab.REFUSED, 50);
        assertTrue(
                Lab.conclusion(1, List.of(FIRST, SECOND, third))
                        .startsWith("differs: With backlog 1, 2 of 3 clients"));
    }

    @Test
    void crowdIsMeasuredFromTheRows() {
        assertEquals(
                "In the crowd a connect took 10000.0 times as long with backlog 5 as with 9.",
                Lab.conclusion(List.of(SLOW, FAST)));
    }

    /** A crowd may be cut off when its time is over: each of its clients counts. */
    @Test
    void crowdDiffersWhenTheShortQueueIsNotSlow() {
        Lab.Crowd same = new Lab.Crowd(5, List.of(new Lab.Row(1, Lab.CONNECTED, 75)));
        assertEquals(
                "differs: In the crowd a connect took 1.5 times as long with backlog 5 as with 9.",
                Lab.conclusion(List.of(same, FAST)));
    }

    @Test
    void printsItsSectionsInAsciiOfAtMost80Columns() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            Lab.introduce();
            Lab.print(1, List.of(FIRST, SECOND, THIRD), List.of(SLOW, FAST));
        } finally {
            System.setOut(out);
        }
        List<String> lines = printed.toString(UTF_8).lines().toList();
        assertLinesMatch(
                List.of(
                        "Lab 3: .+",
                        "  does      .+",
                        "            .+",
                        "  predict   .+\\?",
                        "  change    .+, and run again",
                        "",
                        "  client  outcome    microseconds",
                        "       1  connected            40  #",
                        "       2  connected            50  #",
                        "       3  timed out        200000  #{30}",
                        "",
                        "  backlog  clients  dropped at first  seconds",
                        "        5        2                 1     1.00  #{30}",
                        "        9        2                 0     0.00  #",
                        "",
                        "  so        .+",
                        ">> the rest of it >>"),
                lines);
        lines.forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
    }
}
