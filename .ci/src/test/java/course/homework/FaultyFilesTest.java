package course.homework;

import static course.homework.Made.PRODUCT;
import static course.homework.Made.README;
import static course.homework.Made.SQUARE;
import static course.homework.Made.STUB;
import static course.homework.Made.SUM;
import static course.homework.Made.TEST;
import static course.homework.Made.TWO;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Makes each fault that the files of a task can have. */
@Order(10)
final class FaultyFilesTest extends Faulty {

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void theFaultIsTold(String what, String told, UnaryOperator<Made> change) throws Exception {
        check(told, change);
    }

    static Stream<Arguments> faults() {
        return Stream.of(layout(), mistakes(), readme(), compiler()).flatMap(faults -> faults);
    }

    private static Stream<Arguments> layout() {
        String none = ": expected this file, got none";
        return Stream.of(
                fault("a task without a test", "TwiceTest.java" + none, m -> m.without(TEST)),
                fault("a test without a stub", "Twice.java" + none, m -> m.without(STUB)),
                fault(
                        "a stub without a test or an answer",
                        "OnceTest.java" + none,
                        m -> m.write(STUB.replace("Twice", "Once"), "final class Once {}")),
                fault(
                        "answers without a task",
                        "Once.java" + none,
                        m -> m.write(SUM.replace("Twice", "Once"), "final class Once {}")),
                fault(
                        "one solution only",
                        "solutions: expected at least two solutions, got [product]",
                        m -> m.without("src/homework/Twice/solutions/sum")),
                fault(
                        "a solution without its file",
                        "sum/Twice.java" + none,
                        m -> m.without(SUM).write(SUM.replace("Twice.java", "x.md"), "")),
                fault(
                        "a task without a mistake",
                        "expected at least one mistake, got none",
                        m -> m.without("src/homework/Twice/mistakes")),
                fault(
                        "a file too many",
                        "notes.txt: expected no such file here, got one",
                        m -> m.write("src/homework/Twice/mistakes/notes.txt", "")));
    }

    private static Stream<Arguments> mistakes() {
        return Stream.of(
                fault(
                        "no sentence",
                        "square.patch: expected a first line \"# what the mistake is\"",
                        m -> m.with(SQUARE, "# .*\n", "")),
                fault(
                        "no words",
                        "expected \"test: words\", got \"oneIsTwo: \"",
                        m -> m.with(SQUARE, "oneIsTwo: .*", "oneIsTwo: ")),
                fault(
                        "no test",
                        "square.patch: expected at least one test, got none",
                        m -> m.with(SQUARE, "oneIsTwo.*\n", "")),
                fault(
                        "a test twice",
                        "square.patch: expected oneIsTwo once, got it twice",
                        m -> m.with(SQUARE, "(oneIsTwo.*\n)", "$1$1")),
                fault(
                        "a test that does not exist",
                        "square.patch: expected a test of TwiceTest, got \"oneIsOne\"",
                        m -> m.with(SQUARE, "oneIsTwo", "oneIsOne")),
                fault(
                        "no solution named",
                        "square.patch: expected \"--- solutions/IDEA\"",
                        m -> m.with(SQUARE, "---.*\n", "")),
                fault(
                        "the name of no solution",
                        "expected a solution of the name power, got only [product, sum]",
                        m -> m.with(SQUARE, "solutions/product", "solutions/power")),
                fault(
                        "a hunk that does not fit",
                        "square.patch: expected a patch of solutions/product, got the hunk of line"
                                + " 9",
                        m -> m.with(PRODUCT, "2 \\* n", "n * 2")),
                fault(
                        "a copy of a solution",
                        "solutions/sum/Twice.java: expected an answer of its own, got a copy of",
                        m -> m.with(SUM, "n \\+ n;", "2*n; // n + n")),
                fault(
                        "a mistake that is a copy",
                        "square.patch: expected an answer of its own, got a copy of",
                        m -> m.with(SQUARE, "n \\* n", "2*n")));
    }

    private static Stream<Arguments> readme() {
        return Stream.of(
                fault(
                        "no section Make it",
                        "README.md: expected a section ## Make it, got none",
                        m -> m.with(README, "Make it", "Modify")),
                fault(
                        "no heading of the task",
                        "README.md: expected a heading ### Twice",
                        m -> m.with(README, "Twice", "Once")),
                fault(
                        "a hint left out",
                        "README.md: expected a hint 3 for Twice, got none",
                        m -> m.with(README, "Hint 3", "Hint 4")),
                fault(
                        "a hint that a message names",
                        "README.md: expected hint 2 of oneIsTwo in the README",
                        m -> m.with(README, "Hint 2", "Hint 9")));
    }

    private static Stream<Arguments> compiler() {
        return Stream.of(
                fault(
                        "a warning in a solution",
                        "product/Twice.java: expected no word of the compiler, got line 9: found"
                                + " raw",
                        m ->
                                m.with(PRODUCT, "return", "java.util.List l = null; return")
                                        .without(SQUARE)),
                fault(
                        "a warning of Javadoc in a mistake",
                        "two.java: expected no word of the compiler, got line",
                        m -> m.with(TWO, "Doubles.", "Doubles {@link Thrice}.")),
                fault(
                        "a warning in a stub",
                        "homework/Twice.java: expected no word of the compiler, got line 18",
                        m -> m.with(STUB, "throw", "int i = (int) 0; throw")),
                fault(
                        "an error in a mistake",
                        "square.patch: expected no word of the compiler, got line 9: incompatible",
                        m -> m.with(SQUARE, "n \\* n", "\"\"")));
    }
}
