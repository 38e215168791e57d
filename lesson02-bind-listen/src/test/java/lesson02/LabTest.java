package lesson02;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** The Lab measures what it prints, and concludes from what it has measured. */
class LabTest {

    private static final Lab.Row BOUND = new Lab.Row("bound", "refused", "refused", 30);
    private static final Lab.Row LISTENING = new Lab.Row("listening", "connected", "connected", 60);
    private static final Lab.Row SECOND = new Lab.Row("B", "taken", "taken", 10);
    private static final Lab.Row MAILBOX = new Lab.Row("C", "given", "given", 10);
    private static final Lab.Row REACHED = new Lab.Row("::1", "connected", "connected", 5);
    private static final Lab.Row MISSED = new Lab.Row("::1", "refused", "refused", 5);

    @Test
    @EnabledOnOs({OS.LINUX, OS.WINDOWS})
    void onlyTheListeningSocketAnswers() throws Exception {
        assertEquals(
                List.of(
                        "created: no address",
                        "bound: refused",
                        "listening: connected",
                        "closed: refused"),
                outcomes(Lab.measure("127.0.0.1").states()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onlyAnotherServerSocketThereCannotHaveThePort() throws Exception {
        assertEquals(
                List.of(
                        "a ServerSocket: taken",
                        "a ServerSocket at 127.0.0.2: given",
                        "a DatagramSocket: given",
                        "a ServerSocket after close: given"),
                outcomes(Lab.measure("127.0.0.1").owners()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onlyTheWildcardIsFoundAtEachAddress() throws Exception {
        Lab.Results results = Lab.measure("127.0.0.1");
        String ipv6 = hasIPv6() ? "::1: connected" : "::1: not on this machine";
        assertEquals(
                List.of("127.0.0.1: connected", "127.0.0.2: connected", ipv6),
                outcomes(results.atWildcard()));
        String refused = hasIPv6() ? "::1: refused" : "::1: not on this machine";
        assertEquals(
                List.of("127.0.0.1: connected", "127.0.0.2: refused", refused),
                outcomes(results.atHost()));
    }

    /** The changes that the Lab proposes, and some that a reader may try. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost", "0.0.0.0"})
    @EnabledOnOs(OS.LINUX)
    void anotherHostIsNotScolded(String host) throws Exception {
        assumeTrue(hasIPv6() || !host.equals("::1"), "no IPv6 here");
        String so = Lab.conclusion(Lab.measure(host));
        assertFalse(so.contains("differs"), so);
    }

    @Test
    void conclusionIsComputedFromTheRows() {
        assertEquals(
                "A client gets through while the socket is listening, though nobody accepts."
                        + " Its port is free for C."
                        + " A server at A is found at , one at the wildcard at ::1.",
                Lab.conclusion(results(BOUND, SECOND)));
    }

    @Test
    void conclusionDiffersWhenABoundSocketAnswers() {
        Lab.Row bound = new Lab.Row("bound", "connected", "refused", 30);
        String so = Lab.conclusion(results(bound, SECOND));
        assertTrue(so.startsWith("A client gets through while the socket is bound, listening"), so);
        assertTrue(so.endsWith(" differs: other outcomes in the course: bound."), so);
    }

    @Test
    void conclusionDiffersWhenAnAddressHasTwoOwners() {
        Lab.Row second = new Lab.Row("B", "given", "taken", 10);
        String so = Lab.conclusion(results(BOUND, second));
        assertTrue(so.contains("Its port is free for B, C."), so);
        assertTrue(so.endsWith(" differs: other outcomes in the course: B."), so);
    }

    @Test
    void printsItsSectionsInAsciiOfAtMost80Columns() {
        Lab.Row odd = new Lab.Row("B", "schon belegt: \u00e4", "taken", 0);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            Lab.introduce();
            Lab.print(results(BOUND, odd));
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
                        "  the socket is  connect    microseconds",
                        "  bound          refused              30  #{15}",
                        "  listening      connected            60  #{30}",
                        "",
                        "  its port is wanted by  bind",
                        "  B                      schon belegt: \\?",
                        "  C                      given",
                        "",
                        "  a client looks at  which is  server at A  at the wildcard",
                        "  ::1                loopback  refused      connected",
                        "",
                        "  so        .+",
                        ">> the rest of it >>"),
                lines);
        lines.forEach(line -> assertTrue(line.matches("[ -~]{0,80}"), line));
    }

    private static Lab.Results results(Lab.Row state, Lab.Row owner) {
        return new Lab.Results(
                "A",
                List.of(state, LISTENING),
                List.of(owner, MAILBOX),
                List.of(MISSED),
                List.of(REACHED));
    }

    /** Returns what was tried, and how it ended. */
    private static List<String> outcomes(List<Lab.Row> rows) {
        return rows.stream().map(row -> row.what() + ": " + row.outcome()).toList();
    }

    private static boolean hasIPv6() {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return listener.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
