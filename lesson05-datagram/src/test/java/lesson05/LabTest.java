package lesson05;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** The Lab measures what it prints, and concludes from what it has measured. */
class LabTest {

    private static final Lab.Row SMALL = new Lab.Row(1_000, 2_000, 50, 0, 4, 46);
    private static final Lab.Row LARGE = new Lab.Row(9_000, 9_000, 50, 0, 20, 30);
    private static final Lab.Size LONGEST = new Lab.Size(65_507, true, "arrived whole");
    private static final Lab.Size REFUSED = new Lab.Size(65_508, false, "refused: too long");

    @Test
    void everyLetterSentIsKeptOrLost() throws Exception {
        List<Lab.Row> rows = Lab.measure(300, 4_096, 16_384);
        assertEquals(List.of(4_096, 16_384), rows.stream().map(Lab.Row::asked).toList());
        for (Lab.Row row : rows) {
            assertEquals(300, row.sent() + row.failed(), row.toString());
            assertEquals(row.sent(), row.kept() + row.lost(), row.toString());
            assertTrue(row.kept() >= 0 && row.lost() >= 0, row.toString());
            assertTrue(row.granted() > 0, row.toString());
        }
    }

    @Test
    void eachSizeHasAnOutcome() throws Exception {
        List<Lab.Size> sizes = Lab.send(1, 1_000, 65_535);
        assertEquals(new Lab.Size(1, true, "arrived whole"), sizes.get(0));
        assertEquals(new Lab.Size(1_000, true, "arrived whole"), sizes.get(1));
        assertEquals(65_535, sizes.get(2).bytes());
        assertTrue(sizes.get(2).outcome().matches("refused: .+"), sizes.get(2).toString());
    }

    @Test
    void conclusionIsComputedFromTheRows() {
        assertEquals(
                "Send failed 0 times. The first mailbox kept 4 of 50 letters in its 2000 bytes."
                        + " The last one kept 20."
                        + " The longest letter that arrived whole had 65507 bytes.",
                Lab.conclusion(List.of(SMALL, LARGE), List.of(LONGEST, REFUSED)));
    }

    @Test
    void conclusionDiffersWhenSendFails() {
        Lab.Row failing = new Lab.Row(9_000, 9_000, 47, 3, 20, 27);
        assertDiffers("Send failed 3 times.", List.of(SMALL, failing), LONGEST, REFUSED);
    }

    @Test
    void conclusionDiffersWhenNothingIsLost() {
        Lab.Row roomy = new Lab.Row(1_000, 2_000, 50, 0, 50, 0);
        Lab.Row larger = new Lab.Row(9_000, 9_000, 60, 0, 60, 0);
        assertDiffers("The first mailbox kept 50 of 50", List.of(roomy, larger), LONGEST, REFUSED);
    }

    @Test
    void conclusionDiffersWhenALargerMailboxKeepsNoMore() {
        assertDiffers("The last one kept 4.", List.of(SMALL, SMALL), LONGEST, REFUSED);
    }

    @Test
    void conclusionDiffersWhenAShorterLetterIsRefused() {
        Lab.Size whole = new Lab.Size(1_000, true, "arrived whole");
        Lab.Size refused = new Lab.Size(10_000, false, "refused: too long");
        String sentence = "The longest letter that arrived whole had 1000 bytes.";
        assertDiffers(sentence, List.of(SMALL, LARGE), whole, refused, REFUSED);
    }

    @Test
    void conclusionDiffersWhenALongerLetterArrives() {
        Lab.Size longer = new Lab.Size(65_508, true, "arrived whole");
        String sentence = "The longest letter that arrived whole had 65508 bytes.";
        assertDiffers(sentence, List.of(SMALL, LARGE), LONGEST, longer);
    }

    @Test
    void printsItsSectionsInAsciiOfAtMost80Columns() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            Lab.introduce();
            Lab.print(List.of(SMALL, LARGE), Lab.send(Lab.SIZES));
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
                        "  bytes asked  granted    sent    lost    kept",
                        "         1000     2000      50      46       4  ######",
                        "         9000     9000      50      30      20  " + "#".repeat(30),
                        "",
                        "  bytes  outcome",
                        "      1  arrived whole",
                        "   1000  .+",
                        "  10000  .+",
                        "  65507  .+",
                        "  65508  .+",
                        "",
                        "  so        .+",
                        ">> the rest of it >>"),
                lines);
        lines.forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
    }

    /** One sentence only differs from the course, and it is this one. */
    private static void assertDiffers(String sentence, List<Lab.Row> rows, Lab.Size... sizes) {
        String so = Lab.conclusion(rows, List.of(sizes));
        assertTrue(so.contains("differs: " + sentence), so);
        assertEquals(so.indexOf("differs: "), so.lastIndexOf("differs: "), so);
    }
}
