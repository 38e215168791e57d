package lesson03;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** The Lab measures what it prints, and concludes from what it has measured. */
class LabTest {

    private static final Lab.Row FIRST = new Lab.Row(1, 1, "connected", 40);
    private static final Lab.Row SECOND = new Lab.Row(1, 2, "connected", 50);
    private static final Lab.Row THIRD = new Lab.Row(1, 3, "timed out", 200_000);
    private static final List<Lab.Row> SLOW =
            List.of(new Lab.Row(5, 1, "connected", 40), new Lab.Row(5, 2, "connected", 999_960));
    private static final List<Lab.Row> FAST =
            List.of(new Lab.Row(9, 1, "connected", 40), new Lab.Row(9, 2, "connected", 60));

    @Test
    @EnabledOnOs(OS.LINUX)
    void oneMoreThanTheBacklogConnectsAndTheNextTimesOut() throws Exception {
        List<Lab.Row> rows = Lab.measure(false, 1, 3, 200);
        assertEquals(
                List.of("1 connected", "2 connected", "3 timed out"),
                rows.stream().map(row -> row.caller() + " " + row.outcome()).toList());
        assertTrue(rows.get(2).micros() > 190_000, rows.toString());
    }

    @Test
    void allConnectToAServerThatAcceptsWithRoomForAll() throws Exception {
        List<Lab.Row> rows = Lab.measure(true, 20, 10, 4_000);
        assertEquals(10, rows.size());
        for (Lab.Row row : rows) {
            assertEquals("20 connected", row.backlog() + " " + row.outcome());
            assertTrue(row.micros() > 0, row.toString());
        }
    }

    @Test
    void measureEndsItsServer() throws Exception {
        Lab.measure(true, 20, 3, 4_000);
        assertTrue(
                Thread.getAllStackTraces().values().stream()
                        .flatMap(Stream::of)
                        .noneMatch(frame -> frame.getClassName().equals("lesson03.Lab")));
    }

    @Test
    void conclusionIsComputedFromTheRows() {
        assertEquals(
                "With backlog 1, 2 callers connected to nobody, and 1 of 3 timed out. In the crowd"
                        + " a call took 10000.0 times as long with backlog 5 as with 9.",
                Lab.conclusion(List.of(FIRST, SECOND, THIRD), List.of(SLOW, FAST)));
    }

    @Test
    void conclusionCountsNoMoreThanTheCallers() {
        String so = Lab.conclusion(List.of(FIRST), List.of(SLOW, FAST));
        assertTrue(so.startsWith("With backlog 1, 1 callers connected to nobody, and 0 of 1"), so);
    }

    @Test
    void conclusionDiffersWhenTheQueueIsLonger() {
        Lab.Row third = new Lab.Row(1, 3, "connected", 50);
        assertDiffers("With backlog 1, 3 callers connected", List.of(FIRST, SECOND, third), FAST);
    }

    @Test
    void conclusionDiffersWhenAFullQueueRefuses() {
        Lab.Row third = new Lab.Row(1, 3, "refused", 50);
        String sentence = "With backlog 1, 2 callers connected to nobody, and 0 of 3 timed out.";
        assertDiffers(sentence, List.of(FIRST, SECOND, third), FAST);
    }

    @Test
    void conclusionDiffersWhenTheShortQueueIsNotSlow() {
        List<Lab.Row> same = List.of(new Lab.Row(5, 1, "connected", 75));
        String so = Lab.conclusion(List.of(FIRST, SECOND, THIRD), List.of(same, FAST));
        assertTrue(so.contains("differs: In the crowd a call took 1.5 times as long"), so);
    }

    @Test
    void printsItsSectionsInAsciiOfAtMost80Columns() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            Lab.introduce();
            Lab.print(List.of(FIRST, SECOND, THIRD), List.of(SLOW, FAST));
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
                        "",
                        "  caller  outcome    microseconds",
                        "       1  connected            40  #",
                        "       2  connected            50  #",
                        "       3  timed out        200000  #{30}",
                        "",
                        "  backlog  connected  waited  callers/s  seconds",
                        "        5          2       1          2     1.00  #{30}",
                        "        9          2       0      20000     0.00  #",
                        "",
                        "  so        .+",
                        ">> the rest of it >>"),
                lines);
        lines.forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
    }

    /** The sentence about the queue differs from the course, the one about the crowd does not. */
    private static void assertDiffers(String sentence, List<Lab.Row> rows, List<Lab.Row> crowd) {
        String so = Lab.conclusion(rows, List.of(SLOW, crowd));
        assertTrue(so.startsWith("differs: " + sentence), so);
        assertEquals(0, so.lastIndexOf("differs: "), so);
    }
}
