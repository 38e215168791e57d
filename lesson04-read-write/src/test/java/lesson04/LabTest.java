package lesson04;

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

    private static final Lab.Row SMALL = new Lab.Row(2, Lab.PLAIN, 900, 300, 1_800, 0.5);
    private static final Lab.Row BUFFERED = new Lab.Row(2, Lab.BUFFERED, 100, 1, 200, 50.0);
    private static final Lab.Row LARGE = new Lab.Row(4_096, Lab.PLAIN, 100, 101, 409_600, 100.0);
    private static final Lab.Question PAUSE = new Lab.Question(2, Lab.NAGLE, 44_000);
    private static final Lab.Question NONE = new Lab.Question(2, Lab.NO_DELAY, 50);

    @Test
    void everyByteWrittenIsReadInEachSizePlainAndBuffered() throws Exception {
        List<Lab.Row> rows = Lab.measure(List.of(1, 65_536), 2);
        assertEquals(
                List.of("1 plain", "1 buffered", "65536 plain", "65536 buffered"),
                rows.stream().map(row -> row.bytes() + " " + row.stream()).toList());
        for (Lab.Row row : rows) {
            assertTrue(row.writes() >= 100 && row.reads() > 0 && row.speed() > 0, row.toString());
            assertEquals(row.writes() * row.bytes(), row.received(), row.toString());
        }
    }

    /** The changes that the Lab proposes, and one that a reader may try. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @EnabledOnOs(OS.LINUX)
    void anotherNumberOfPartsIsNotScolded(int parts) throws Exception {
        Lab.Question slow = Lab.ask(parts, Lab.NAGLE, 9);
        String so = Lab.conclusion(slow, Lab.ask(parts, Lab.NO_DELAY, 9));
        assertFalse(so.contains("differs"), so);
    }

    @Test
    void speedsAreConcludedFromTheRows() {
        assertEquals(
                "Writes of 4096 bytes are 200.0 times as fast as writes of 2."
                        + " Writes of 2 to a BufferedOutputStream are 100.0 times as fast."
                        + " In the first row 900 writes arrived in 300 reads;"
                        + " 0 bytes were lost in all rows.",
                conclusion(SMALL, BUFFERED, LARGE));
    }

    @Test
    void speedsDifferWhenLargeWritesAreSlow() {
        Lab.Row slow = new Lab.Row(4_096, Lab.PLAIN, 100, 101, 409_600, 0.2);
        assertDiffers("Writes of 4096 bytes are 0.4 times", conclusion(SMALL, BUFFERED, slow));
    }

    @Test
    void speedsDifferWhenTheBufferIsSlow() {
        Lab.Row slow = new Lab.Row(2, Lab.BUFFERED, 100, 1, 200, 0.5);
        assertDiffers(
                "Writes of 2 to a BufferedOutputStream are 1.0", conclusion(SMALL, slow, LARGE));
    }

    @Test
    void speedsDifferWhenEachWriteIsOneRead() {
        Lab.Row one = new Lab.Row(2, Lab.PLAIN, 900, 900, 1_800, 0.5);
        assertDiffers(
                "In the first row 900 writes arrived in 900", conclusion(one, BUFFERED, LARGE));
    }

    @Test
    void speedsDifferWhenBytesAreLost() {
        Lab.Row cut = new Lab.Row(2, Lab.BUFFERED, 100, 1, 193, 50.0);
        String so = conclusion(SMALL, cut, LARGE);
        assertDiffers("In the first row", so);
        assertTrue(so.contains("7 bytes were lost"), so);
    }

    @Test
    void pauseIsConcludedFromTheQuestions() {
        assertEquals(
                "A question in 2 writes takes 50 microseconds; Nagle's algorithm adds a pause of"
                        + " 43950.",
                Lab.conclusion(PAUSE, NONE));
    }

    @Test
    void pauseDiffersWhenThereIsNone() {
        Lab.Question same = new Lab.Question(2, Lab.NAGLE, 60);
        String so = Lab.conclusion(same, NONE);
        assertDiffers("A question in 2 writes takes 50", so);
        assertTrue(so.endsWith("a pause of 10."), so);
    }

    @Test
    void questionInOneWriteDiffersWhenThereIsAPause() {
        Lab.Question slow = new Lab.Question(1, Lab.NAGLE, 44_000);
        assertDiffers(
                "A question in one write takes 44000 microseconds", Lab.conclusion(slow, NONE));
    }

    @Test
    void printsItsSectionsInAsciiOfAtMost80Columns() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            Lab.introduce();
            Lab.print(List.of(SMALL, BUFFERED, LARGE, BUFFERED), PAUSE, NONE);
        } finally {
            System.setOut(out);
        }
        List<String> lines = printed.toString(UTF_8).lines().toList();
        assertLinesMatch(
                List.of(
                        "Lab 4: .+",
                        "  does      .+",
                        "            .+",
                        "            .+",
                        "  predict   .+\\?",
                        "  change    .+, and run again",
                        "",
                        "  bytes  stream    writes  reads    MB/s",
                        "      2  plain        900    300    0.50  #",
                        "      2  buffered     100      1   50.00  #{15}",
                        "   4096  plain        100    101  100.00  #{30}",
                        "      2  buffered     100      1   50.00  #{15}",
                        "",
                        "  question with  median microseconds",
                        "  Nagle                        44000  #{30}",
                        "  TCP_NODELAY                     50  #",
                        "",
                        "  so        .+",
                        ">> the rest of it >>"),
                lines);
        lines.forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
    }

    private static String conclusion(Lab.Row small, Lab.Row buffered, Lab.Row large) {
        return Lab.conclusion(List.of(small, buffered, large, BUFFERED));
    }

    /** One sentence only differs from the course, and it is this one. */
    private static void assertDiffers(String sentence, String so) {
        assertTrue(so.contains("differs: " + sentence), so);
        assertEquals(so.indexOf("differs: "), so.lastIndexOf("differs: "), so);
    }
}
