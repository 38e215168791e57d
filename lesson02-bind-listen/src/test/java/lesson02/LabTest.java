package lesson02;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.List;

/** The Lab measures what it prints, and concludes from what it has measured. */
class LabTest {

    private static final Lab.Row BOUND =
            new Lab.Row("the socket is", "bound", "Connection refused", "refused", 30);
    private static final Lab.Row LISTENING =
            new Lab.Row("the socket is", "listening", "connected", "connected", 60);
    private static final Lab.Row SECOND =
            new Lab.Row("its port is wanted by", "B", "Address in use", "in use", 10);
    private static final Lab.Row MAILBOX =
            new Lab.Row("its port is wanted by", "C", "given", "given", 10);
    private static final Lab.Row PATH = new Lab.Row("a path is", "D", "connected", "connected", 5);

    @Test
    @EnabledOnOs(OS.LINUX)
    void onlyTheListeningSocketAnswers() throws Exception {
        assertEquals(
                List.of(
                        "created: port out of range:-1",
                        "bound: Connection refused",
                        "listening: connected",
                        "closed: Connection refused"),
                outcomes("the socket is", "127.0.0.1"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherServerSocketCannotHaveThePort() throws Exception {
        List<String> outcomes = outcomes("its port is wanted by", "127.0.0.1");
        assertEquals("a ServerSocket: Address already in use", outcomes.get(0));
        assertEquals(4, outcomes.size());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theWildcardAnswersAtEachLoopbackAddress() throws Exception {
        List<String> outcomes = outcomes("at the wildcard; a call to", "127.0.0.1");
        assertEquals(names(), outcomes.size());
        assertTrue(outcomes.contains("/127.0.0.2: connected"), outcomes.toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLoopbackAddressDoesNotAnswerForAnother() throws Exception {
        List<String> outcomes = outcomes("at 127.0.0.1; a call to", "127.0.0.1");
        assertEquals(names(), outcomes.size());
        assertTrue(outcomes.contains("/127.0.0.2: Connection refused"), outcomes.toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPathStaysAfterClose() throws Exception {
        assertEquals(
                List.of(
                        "called: connected",
                        "called after close(): Connection refused",
                        "wanted after close(): Address already in use"),
                outcomes("a path is", "127.0.0.1"));
    }

    @Test
    void conclusionDiffersWhereAMeasuredRowDoes() throws Exception {
        List<Lab.Row> rows = Lab.measure("127.0.0.1");
        boolean same = rows.stream().allMatch(row -> row.outcome().contains(row.course()));
        assertEquals(same, !Lab.conclusion(rows).contains("differs: "), rows.toString());
        assertEquals(11 + 2 * names(), rows.size());
    }

    @Test
    void conclusionIsComputedFromTheRows() {
        assertEquals(
                "A caller gets through while the socket is listening. Its port is free for C. ",
                Lab.conclusion(List.of(BOUND, LISTENING, SECOND, MAILBOX, PATH)));
    }

    @Test
    void conclusionDiffersWhenABoundSocketAnswers() {
        Lab.Row bound = new Lab.Row("the socket is", "bound", "connected", "refused", 30);
        assertEquals(
                "A caller gets through while the socket is bound, listening."
                        + " Its port is free for C. differs: other outcomes in the course: bound.",
                Lab.conclusion(List.of(bound, LISTENING, SECOND, MAILBOX)));
    }

    @Test
    void conclusionDiffersWhenTheNameHasTwoOwners() {
        Lab.Row second = new Lab.Row("its port is wanted by", "B", "given", "in use", 10);
        String so = Lab.conclusion(List.of(BOUND, LISTENING, second, MAILBOX));
        assertTrue(so.endsWith("free for B, C. differs: other outcomes in the course: B."), so);
    }

    @Test
    void printsItsSectionsInAsciiOfAtMost80Columns() {
        Lab.Row odd = new Lab.Row("a path is", "x".repeat(40), "schon belegt: \u00e4", "in use", 0);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            Lab.introduce();
            Lab.print(List.of(BOUND, SECOND, odd, LISTENING, MAILBOX));
        } finally {
            System.setOut(out);
        }
        List<String> lines = printed.toString(UTF_8).lines().toList();
        assertLinesMatch(
                List.of(
                        "Lab 2: .+",
                        "  does      .+",
                        "  predict   .+\\?",
                        "  change    .+, and run again",
                        "",
                        "  the socket is               outcome                 microseconds",
                        "  bound                       Connection refused                30  #{6}",
                        "  listening                   connected                         60  #{12}",
                        "",
                        "  its port is wanted by       outcome                 microseconds",
                        "  B                           Address in use                    10  ##",
                        "  C                           given                             10  ##",
                        "",
                        "  a path is                   outcome                 microseconds",
                        "  x{26}  schon belegt: \\? +0",
                        "",
                        "  so        .+",
                        ">> the rest of it >>"),
                lines);
        lines.forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
    }

    /** Returns how many addresses are called: those of localhost, and two more. */
    private static int names() throws Exception {
        return InetAddress.getAllByName("localhost").length + 2;
    }

    /** Returns what was tried, and how it ended, in one table of a new measurement. */
    private static List<String> outcomes(String table, String host) throws Exception {
        return Lab.measure(host).stream()
                .filter(row -> row.table().equals(table))
                .map(row -> row.what() + ": " + row.outcome())
                .toList();
    }
}
