package lesson01;

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

    private static final Lab.Row START = new Lab.Row("start", 7, 0, 0, "");
    private static final Lab.Row CREATED = new Lab.Row("new A()", 7, 0, 0, "open");
    private static final Lab.Row USED = new Lab.Row("a.use()", 8, 1, 1, "open");
    private static final Lab.Row CLOSED = new Lab.Row("a.close()", 7, -1, -1, "closed");
    private static final Lab.Row LEFT = new Lab.Row("3 left", 10, 3, 3, "open");

    @Test
    @EnabledOnOs(OS.LINUX)
    void changesAddUpToTheDescriptorsThatAreOpen() throws Exception {
        List<Lab.Row> rows = Lab.measure(3);
        long open = rows.get(0).open();
        for (Lab.Row row : rows) {
            open += row.change();
            assertEquals(open, row.open(), row.toString());
        }
        assertEquals(rows.get(0).open() + 3, open);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void eachLineChangesTheNumberAsInTheCourse() throws Exception {
        List<Lab.Row> rows = Lab.measure(3);
        rows.forEach(row -> assertEquals(row.course(), row.change(), row.toString()));
        String so = Lab.conclusion(rows);
        assertTrue(so.startsWith("Descriptors were opened by socket.getReceiveBufferSize(), "), so);
        assertFalse(so.contains("differs"), so);
    }

    @Test
    void javaSaysOpenUntilClose() throws Exception {
        List<Lab.Row> rows = Lab.measure(3);
        assertEquals(16, rows.size());
        for (Lab.Row row : rows.subList(1, 16)) {
            boolean closes = row.line().matches(".*close\\(\\)|end of try .*");
            assertEquals(closes ? "closed" : "open", row.java(), row.toString());
        }
    }

    @Test
    void conclusionIsComputedFromTheRows() {
        assertEquals(
                "Descriptors were opened by a.use(), 3 left."
                        + " Java says open, and there is no descriptor yet, after new A().",
                Lab.conclusion(List.of(START, CREATED, USED, CLOSED, LEFT)));
    }

    @Test
    void conclusionDiffersWhenALineOpensMoreThanInTheCourse() {
        Lab.Row early = new Lab.Row("new A()", 8, 1, 0, "open");
        Lab.Row late = new Lab.Row("a.use()", 8, 0, 1, "open");
        String so = Lab.conclusion(List.of(START, early, late, CLOSED));
        assertTrue(so.startsWith("Descriptors were opened by new A(). differs: Java says"), so);
        assertTrue(so.endsWith("differs: other numbers in the course: new A(), a.use()."), so);
    }

    @Test
    void conclusionDiffersWhenAnEndStaysOpen() {
        Lab.Row kept = new Lab.Row("a.close()", 8, 0, -1, "closed");
        String so = Lab.conclusion(List.of(START, CREATED, USED, kept));
        assertTrue(so.endsWith("new A(). differs: other numbers in the course: a.close()."), so);
    }

    @Test
    void conclusionSaysSoWhereNobodyCounts() {
        Lab.Row start = new Lab.Row("start", Lab.UNKNOWN, 0, 0, "");
        Lab.Row created = new Lab.Row("new A()", Lab.UNKNOWN, 0, 0, "open");
        Lab.Row used = new Lab.Row("a.use()", Lab.UNKNOWN, 0, 1, "open");
        assertEquals(
                "This system counts no descriptors. Java says open after new A(), a.use().",
                Lab.conclusion(List.of(start, created, used)));
    }

    /** The change that the Lab proposes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50})
    @EnabledOnOs(OS.LINUX)
    void anotherNumberOfForgottenSocketsIsNotScolded(int forgotten) throws Exception {
        String so = Lab.conclusion(Lab.measure(forgotten));
        assertFalse(so.contains("differs"), so);
    }

    @Test
    void printsItsSectionsInAsciiOfAtMost80Columns() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            Lab.introduce();
            Lab.print(List.of(START, CREATED, USED, CLOSED, LEFT));
        } finally {
            System.setOut(out);
        }
        List<String> lines = printed.toString(UTF_8).lines().toList();
        assertLinesMatch(
                List.of(
                        "Lab 1: .+",
                        "  does      .+",
                        "  predict   .+\\?",
                        "  change    .+, and run again",
                        "",
                        "  line of code  descriptors  Java says  open",
                        "  start                   0                7",
                        "  new A\\(\\)                 0  open          7",
                        "  a.use\\(\\)                 1  open          8  #{10}",
                        "  a.close\\(\\)              -1  closed        7",
                        "  3 left                  3  open         10  #{30}",
                        "",
                        "  so        .+",
                        ">> the rest of it >>"),
                lines);
        lines.forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
    }
}
