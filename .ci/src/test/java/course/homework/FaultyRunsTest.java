package course.homework;

import static course.homework.Made.SQUARE;
import static course.homework.Made.STUB;
import static course.homework.Made.SUM;
import static course.homework.Made.TEST;
import static course.homework.Made.TWO;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Makes each fault that shows when the answers run. */
@Order(8)
final class FaultyRunsTest extends Faulty {

    @Test
    void nothingIsWrongWithTheSoundTask() throws Exception {
        assertEquals(Set.of(), faults(new Made(folder)));
    }

    @Test
    void theNameOfNoTaskIsAFault() throws Exception {
        assertTrue(
                ("" + faults(new Made(folder), "Thrice")).contains("got none of the name Thrice"));
    }

    @Test
    void oneAnswerCanBeChosen() throws Exception {
        Made made = new Made(folder).with(SQUARE, "n \\* n", "n + n");
        String square = "" + faults(made, "Twice", "square");
        assertTrue(square.contains("square.patch: expected oneIsTwo failed, got passed"), square);
        assertEquals(Set.of(), faults(made, "Twice", "two"));
        String none = "" + faults(made, "Twice", "tree");
        assertTrue(none.contains("got none of the name tree"), none);
    }

    @Test
    void aMistakeThatHangsIsEnded() throws Exception {
        Made made = new Made(folder);
        String hangs = "while (n == 1) java.util.concurrent.locks.LockSupport.park(); return n;";
        made.with(SQUARE, "\\+.*n \\* n;", "+ " + hangs);
        String told = "" + faults(made, 3);
        assertTrue(told.contains("an end of all tests, got no end after 6 s, in oneIsTwo"), told);
        assertTrue(!told.contains("a mistake that oneIsTwo catches"), told);
    }

    @Test
    void aMistakeMayLeaveAThreadBehind() throws Exception {
        String stay = "() -> { while (true) java.util.concurrent.locks.LockSupport.park(); }";
        Made made =
                new Made(folder).with(TWO, "return", "new Thread(" + stay + ").start(); return");
        assertEquals(Set.of(), faults(made));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void theFaultIsTold(String what, String told, UnaryOperator<Made> change) throws Exception {
        check(told, change);
    }

    static Stream<Arguments> faults() {
        return Stream.of(stub(), tests(), answers()).flatMap(faults -> faults);
    }

    private static Stream<Arguments> stub() {
        return Stream.of(
                fault(
                        "a stub that passes a test",
                        "homework/Twice.java: expected zeroStaysZero not started, got passed",
                        m -> m.with(STUB, "throw", "if (n == 0) return 0; throw")),
                fault(
                        "a stub that fails a test",
                        "expected zeroStaysZero not started, got failed: twice(0)",
                        m -> m.with(STUB, "throw", "if (n == 0) return 1; throw")),
                fault(
                        "a stub with another error",
                        "expected oneIsTwo not started, got failed: java.lang.Ill",
                        m -> m.with(STUB, "new ToDo", "new IllegalStateException")),
                fault(
                        "a stub that does not say what is to be done",
                        "expected oneIsTwo not started, got aborted: not started:",
                        m -> m.with(STUB, "return n twice", "")),
                fault(
                        "an extension that is never strict",
                        "expected oneIsTwo failed with -Dhomework=strict",
                        m ->
                                m.with(
                                        "src/test/java/lesson01/homework/Homework.java",
                                        "\"strict\"",
                                        "\"Strict\"")));
    }

    private static Stream<Arguments> tests() {
        String more =
                "    @Test @Proves(\"One is two.\") void zeroIsEven() {"
                        + " Tried.to(\"0\").same(0, Twice.twice(0) % 2, \"Odd?\", 1); }\n}\n";
        return Stream.of(
                fault(
                        "no tests",
                        "TwiceTest.java: expected a test, got none",
                        m -> m.with(TEST, "@Test", "").with(TEST, "@Test", "")),
                fault(
                        "a test that no mistake needs",
                        "expected a mistake that zeroIsEven catches, got none",
                        m -> m.with(TEST, "\n}\n$", "\n" + more)),
                fault(
                        "a disabled test",
                        "expected zeroStaysZero not started, got skipped",
                        m -> m.with(TEST, "@Order\\(1\\)", "@org.junit.jupiter.api.Disabled")),
                fault(
                        "a test that proves nothing",
                        "TwiceTest.java: expected @Proves at oneIsTwo, got none",
                        m -> m.with(TEST, "@Proves\\(\"One is two.\"\\)", "")),
                fault(
                        "a sentence that is not promised",
                        "expected an item of the contract in @Proves of oneIsTwo, got \"One is"
                                + " 2.\"",
                        m -> m.with(TEST, "One is two.", "One is 2.")),
                fault(
                        "a promise without a test",
                        "expected a test that @Proves(\"Two is four.\"), got none",
                        m -> m.with(STUB, "<li>Free", "<li>Two is four.\n *   <li>Free")),
                fault(
                        "a contract of no item",
                        "Twice.java: expected 1 to 12 list items, the contract, got 0",
                        m -> m.with(STUB, "(?s)<ul>.*</ul>", "")),
                fault(
                        "a contract of 13",
                        "Twice.java: expected 1 to 12 list items, the contract, got 13",
                        m -> m.with(STUB, "<li>Free", "<li>More.\n * ".repeat(11) + "<li>Free")),
                fault(
                        "a failure that is told in other words than Tried's",
                        "expected oneIsTwo to say \"tried; expected",
                        m ->
                                m.with(
                                        TEST,
                                        "Tried.to\\(\"twice\\(1\\)\"\\).*",
                                        "if (Twice.twice(1) != 2) throw new AssertionError("
                                                + "\"expected 2; got 1. A product?\");")));
    }

    private static Stream<Arguments> answers() {
        String inRun4 =
                "int run = Integer.getInteger(\"run\", 0) + 1; System.setProperty(\"run\", \"\" +"
                        + " run); if (run == 8) return 1; return";
        return Stream.of(
                fault(
                        "a solution that fails",
                        "expected oneIsTwo passed in run 1 of 5, got failed: twice(1)",
                        m -> m.with(SUM, "n \\+ n", "3 * n")),
                fault(
                        "a solution that fails in run 4",
                        "expected oneIsTwo passed in run 4 of 5, got failed",
                        m -> m.with(SUM, "return", inRun4)),
                fault(
                        "a solution that is not started",
                        "expected oneIsTwo passed in run 1 of 5, got aborted",
                        m -> m.with(SUM, "return", "if (n == 1) throw new ToDo(\"x\"); return")),
                fault(
                        "a solution that ends the JVM",
                        "expected an end of all tests, got ended the JVM, in oneIsTwo",
                        m -> m.with(SUM, "return", "if (n == 1) System.exit(0); return")),
                fault(
                        "a mistake that passes",
                        "square.patch: expected oneIsTwo failed, got passed",
                        m -> m.with(SQUARE, "n \\* n", "n - -n")),
                fault(
                        "a mistake that passes when it runs again",
                        "square.patch: expected oneIsTwo failed, got passed",
                        m ->
                                m.with(
                                        SQUARE,
                                        "return n \\* n",
                                        "String ran = System.setProperty(\"ran\", \"yes\");"
                                                + " if (ran != null) return n + n; return n * n")),
                fault(
                        "a mistake that fails in more tests",
                        "square.patch: expected zeroStaysZero passed, got failed: twice(0)",
                        m -> m.with(SQUARE, "n \\* n", "n * n + 3")),
                fault(
                        "a mistake that is not started",
                        "square.patch: expected oneIsTwo failed, got aborted",
                        m ->
                                m.with(
                                        SQUARE,
                                        "return n \\* n",
                                        "if (n == 1) throw new ToDo(\"later\"); return n * n")),
                fault(
                        "a mistake that is told in other words",
                        "expected oneIsTwo to say \"expected 2; got 1. A sum?\", got failed:"
                                + " twice(1)",
                        m -> m.with(SQUARE, "A product", "A sum")));
    }
}
