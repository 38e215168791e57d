package lesson01;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** How a Lab's report looks. Each lesson has the same class, and lesson 1 tests it. */
class ReportTest {

    private final PrintStream out = System.out;
    private final Locale locale = Locale.getDefault();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        Locale.setDefault(locale);
    }

    @Test
    void numbersStandOnTheRightAndWordsOnTheLeft() {
        Report table = new Report("word", "number", "half");
        table.row(2, "a", 1, 0.5);
        table.row(1, "bcdef", 1_234_567, 12.345);
        table.print();
        assertEquals(
                List.of(
                        "",
                        "  word    number   half",
                        "  a            1   0.50  " + "#".repeat(30),
                        "  bcdef  1234567  12.35  " + "#".repeat(15)),
                lines());
    }

    @Test
    void theSmallestValueHasABarAndZeroHasNone() {
        Report table = new Report("row");
        table.row(1_000_000, "much");
        table.row(1, "little");
        table.row(Report.NO_BAR, "none");
        table.print();
        assertEquals("  little  #", lines().get(3));
        assertEquals("  none", lines().get(4));
    }

    @Test
    void aTableOfZerosHasNoBar() {
        Report table = new Report("row");
        table.row(Report.NO_BAR, "none");
        table.print();
        assertEquals(List.of("", "  row", "  none"), lines());
    }

    @Test
    void linesHaveAtMost80CharactersOfAscii() {
        Report table = new Report("one", "two");
        table.row(7, "x".repeat(100), "\u00e4\u0661".repeat(50));
        table.print();
        Report.conclude("word ".repeat(100));
        lines().forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
        assertEquals(80, lines().get(2).length());
    }

    @Test
    void conclusionsBreakBetweenWords() {
        Report.conclude("a".repeat(60), "123 5678", "b");
        assertEquals(
                List.of("", "  so        " + "a".repeat(60) + " 123", "            5678 b"),
                lines());
    }

    @Test
    void aPercentSignInAConclusionIsPrinted() {
        Report.conclude("100% sure");
        assertEquals("  so        100% sure", lines().get(1));
    }

    @Test
    void digitsAreAsciiInEveryLocale() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        Report.line("%d", 42);
        Report.conclude(Report.sentence(true, "%.1f and %d", 0.5, 42));
        assertEquals(List.of("42", "", "  so        0.5 and 42"), lines());
    }

    @Test
    void aSentenceIsMarkedIfTheCourseSaysSomethingElse() {
        assertEquals("1 is odd", Report.sentence(true, "%d is odd", 1));
        assertEquals("differs: 2 is odd", Report.sentence(false, "%d is odd", 2));
    }

    private List<String> lines() {
        return printed.toString(UTF_8).lines().toList();
    }
}
