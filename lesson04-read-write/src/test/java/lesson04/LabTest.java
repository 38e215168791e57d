package lesson04;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** The Lab measures what it prints, and concludes from what it has measured. */
class LabTest {

    private static final Lab.Row SMALL = new Lab.Row(2, "plain", 900, 300, 1_800, 0.5);
    private static final Lab.Row BUFFERED = new Lab.Row(2, "buffered", 100, 1, 200, 50.0);
    private static final Lab.Row LARGE = new Lab.Row(4_096, "plain", 100, 101, 409_600, 100.0);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
    }

    @Test
    void everyByteWrittenIsReadInEachSizePlainAndBuffered() throws Exception {
        List<Lab.Row> rows = Lab.measure(2, 1, 65_536);
        assertEquals(
                List.of("1 plain", "1 buffered", "65536 plain", "65536 buffered"),
                rows.stream().map(row -> row.bytes() + " " + row.stream()).toList());
        for (Lab.Row row : rows) {
            assertTrue(row.writes() >= 100 && row.reads() > 0 && row.speed() > 0, row.toString());
            assertEquals(row.writes() * row.bytes(), row.received(), row.toString());
        }
    }

    @Test
    void conclusionIsComputedFromTheRows() {
        assertEquals(
                "4096-byte writes are 200.0 times as fast as 2-byte writes."
                        + " A BufferedOutputStream makes 2-byte writes 100.0 times as fast."
                        + " In the first row 900 writes came in 300 reads;"
                        + " 0 bytes were lost in all."
                        + " A question takes 50 microseconds;"
                        + " the delayed acknowledgement adds 43950.",
                conclusion(SMALL, BUFFERED, LARGE));
    }

    @Test
    void conclusionDiffersWhenLargeWritesAreSlow() {
        Lab.Row slow = new Lab.Row(4_096, "plain", 100, 101, 409_600, 0.2);
        assertDiffers("4096-byte writes are 0.4 times", conclusion(SMALL, BUFFERED, slow));
    }

    @Test
    void conclusionDiffersWhenTheBufferIsSlow() {
        Lab.Row slow = new Lab.Row(2, "buffered", 100, 1, 200, 0.5);
        assertDiffers(
                "A BufferedOutputStream makes 2-byte writes 1.0", conclusion(SMALL, slow, LARGE));
    }

    @Test
    void conclusionDiffersWhenEachWriteIsOneRead() {
        Lab.Row one = new Lab.Row(2, "plain", 900, 900, 1_800, 0.5);
        assertDiffers(
                "In the first row 900 writes came in 900 reads", conclusion(one, BUFFERED, LARGE));
    }

    @Test
    void conclusionDiffersWhenBytesAreLost() {
        Lab.Row cut = new Lab.Row(2, "buffered", 100, 1, 193, 50.0);
        String so = conclusion(SMALL, cut, LARGE);
        assertDiffers("In the first row", so);
        assertTrue(so.contains("7 bytes were lost"), so);
    }

    @Test
    void conclusionDiffersWithoutThePause() {
        String so = Lab.conclusion(List.of(SMALL, BUFFERED, LARGE, BUFFERED), 60, 50);
        assertDiffers("A question takes 50 microseconds; the delayed", so);
        assertTrue(so.endsWith("adds 10."), so);
    }

    @Test
    void printsItsSectionsInAsciiOfAtMost80Columns() throws Exception {
        Lab.introduce();
        Lab.print(Lab.measure(2, 16), Lab.ask("Nagle", 2), Lab.ask("TCP_NODELAY", 2));
        List<String> lines = printed.toString(UTF_8).lines().toList();
        assertLinesMatch(
                List.of(
                        "Lab 4: .+",
                        "  does      .+",
                        "            .+",
                        "  predict   .+\\?",
                        "  change    .+, and run again",
                        "",
                        "  \\. 16-byte writes, plain: [0-9.]+ MB/s",
                        "  \\. 16-byte writes, buffered: [0-9.]+ MB/s",
                        "  \\. questions, Nagle: [0-9]+ microseconds",
                        "  \\. questions, TCP_NODELAY: [0-9]+ microseconds",
                        "",
                        "   bytes  stream       writes    reads      MB/s",
                        " {6}16  plain     [ 0-9.]{28}  #+",
                        " {6}16  buffered  [ 0-9.]{28}  #+",
                        "",
                        "  with         median microseconds",
                        "  Nagle        [ 0-9]{19}  #*",
                        "  TCP_NODELAY  [ 0-9]{19}  #*",
                        "",
                        "  so        .+",
                        ">> the rest of it >>"),
                lines);
        lines.forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
    }

    private static String conclusion(Lab.Row small, Lab.Row buffered, Lab.Row large) {
        return Lab.conclusion(List.of(small, buffered, large, BUFFERED), 44_000, 50);
    }

    /** One sentence only differs from the course, and it is this one. */
    private static void assertDiffers(String sentence, String so) {
        assertTrue(so.contains("differs: " + sentence), so);
        assertEquals(so.indexOf("differs: "), so.lastIndexOf("differs: "), so);
    }
}
