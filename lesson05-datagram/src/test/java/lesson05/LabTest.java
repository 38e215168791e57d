package lesson05;

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

/** The Lab measures what it prints, and concludes from what it has measured. */
class LabTest {

    private static final Lab.Row SHORT = new Lab.Row(1, 50, 0, 20);
    private static final Lab.Row LONG = new Lab.Row(100, 50, 0, 4);
    private static final Lab.Limit LONGEST = new Lab.Limit(65_507, "arrived whole");
    private static final Lab.Limit REFUSED = new Lab.Limit(65_508, "refused: too long");

    @Test
    void everyDatagramSentIsKeptOrLost() throws Exception {
        Lab.Results results = Lab.measure(4_096, 300);
        assertTrue(results.granted() > 0, results.toString());
        assertEquals(Lab.LENGTHS, results.rows().stream().map(Lab.Row::bytes).toList());
        for (Lab.Row row : results.rows()) {
            assertEquals(300, row.sent() + row.failed(), row.toString());
            assertEquals(row.sent(), row.kept() + row.lost(), row.toString());
            assertTrue(row.kept() > 0 && row.lost() >= 0, row.toString());
            assertEquals(row.kept() * row.bytes(), row.keptBytes(), row.toString());
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other kernels count in other ways")
    void oneByteTakesAsMuchRoomAsAHundred() throws Exception {
        List<Lab.Row> rows = Lab.measure(4_096, 300).rows();
        assertEquals(rows.get(0).kept(), rows.get(1).kept(), rows.toString());
        assertEquals(rows.get(0).kept(), rows.get(2).kept(), rows.toString());
        assertTrue(rows.get(0).kept() > rows.get(3).kept(), rows.toString());
    }

    /** What the Lab has, and what it proposes. */
    @ParameterizedTest
    @ValueSource(ints = {Lab.ROOM, 262_144})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other kernels count in other ways")
    void anotherRoomIsNotScolded(int room) throws Exception {
        String so = String.join(" ", Lab.conclusion(Lab.measure(room, Lab.DATAGRAMS)));
        assertFalse(so.contains("differs"), so);
    }

    @Test
    void eachLimitHasAnOutcome() throws Exception {
        assertEquals(new Lab.Limit(1, "arrived whole"), Lab.send(1));
        assertEquals(new Lab.Limit(1_000, "arrived whole"), Lab.send(1_000));
        Lab.Limit refused = Lab.send(65_535);
        assertEquals(65_535, refused.bytes());
        assertTrue(refused.outcome().matches("refused: .+"), refused.toString());
    }

    @Test
    void conclusionIsComputedFromTheRows() {
        assertEquals(
                "Send failed 0 times. Of 100 datagrams 76 were lost."
                        + " The mailbox kept 20 datagrams of 1 byte in its room of 2000 bytes."
                        + " The longest that arrived whole had 65507 bytes.",
                so(List.of(SHORT, LONG), LONGEST, REFUSED));
    }

    @Test
    void conclusionDiffersWhenSendFails() {
        Lab.Row failing = new Lab.Row(100, 47, 3, 4);
        assertDiffers("Send failed 3 times.", so(List.of(SHORT, failing), LONGEST, REFUSED));
    }

    @Test
    void conclusionDiffersWhenNothingIsLost() {
        Lab.Row all = new Lab.Row(1, 50, 0, 50);
        assertDiffers("Of 100 datagrams 0 were lost.", so(List.of(all, all), LONGEST, REFUSED));
    }

    @Test
    void conclusionDiffersWhenTheShortOnesFillTheRoom() {
        Lab.Row full = new Lab.Row(1, 4_000, 0, 2_000);
        assertDiffers(
                "The mailbox kept 2000 datagrams of 1 byte in its room of 2000 bytes.",
                so(List.of(full, LONG), LONGEST, REFUSED));
    }

    @Test
    void conclusionDiffersWhenAShorterDatagramIsRefused() {
        Lab.Limit whole = new Lab.Limit(1_000, "arrived whole");
        Lab.Limit refused = new Lab.Limit(10_000, "refused: too long");
        assertDiffers(
                "The longest that arrived whole had 1000 bytes.",
                so(List.of(SHORT, LONG), whole, refused, REFUSED));
    }

    @Test
    void conclusionDiffersWhenALongerDatagramArrives() {
        Lab.Limit longer = new Lab.Limit(65_508, "arrived whole");
        assertDiffers(
                "The longest that arrived whole had 65508 bytes.",
                so(List.of(SHORT, LONG), LONGEST, longer));
    }

    @Test
    void printsItsSectionsInAsciiOfAtMost80Columns() {
        Lab.Limit odd = new Lab.Limit(65_508, "refused: zu gro\u00df");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            Lab.introduce();
            Lab.print(new Lab.Results(2_000, List.of(SHORT, LONG), List.of(LONGEST, odd)));
        } finally {
            System.setOut(out);
        }
        List<String> lines = printed.toString(UTF_8).lines().toList();
        assertLinesMatch(
                List.of(
                        "Lab 5: .+",
                        "  does      .+",
                        "            .+",
                        "  predict   .+\\?",
                        "  change    .+, and run again",
                        "",
                        "  bytes each  sent  lost  kept  bytes kept",
                        "           1    50    30    20          20  #{30}",
                        "         100    50    46     4         400  #{6}",
                        "",
                        "  bytes  outcome",
                        "  65507  arrived whole",
                        "  65508  refused: zu gro\\?",
                        "",
                        "  so        .+",
                        ">> the rest of it >>"),
                lines);
        lines.forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
    }

    private static String so(List<Lab.Row> rows, Lab.Limit... limits) {
        return String.join(" ", Lab.conclusion(new Lab.Results(2_000, rows, List.of(limits))));
    }

    /** One sentence only differs from the course, and it is this one. */
    private static void assertDiffers(String sentence, String so) {
        assertTrue(so.contains("differs: " + sentence), so);
        assertEquals(so.indexOf("differs: "), so.lastIndexOf("differs: "), so);
    }
}
