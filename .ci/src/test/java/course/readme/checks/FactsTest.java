package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FactsTest {

    private static final String TESTS = "lesson01-create/src/test/java/lesson01/FactsTest.java";
    private static final String LINK = "src/test/java/lesson01/FactsTest.java";
    private static final String ONE = "- One. [proof](" + LINK + "#L5 \"oneIs\")\n";
    private static final String TWO = "- Two. [proof](" + LINK + "#L9 \"twoIs\")\n";

    private final Facts check = new Facts();
    private final Sketch sketch =
            new Sketch()
                    .page(Sketch.REFERENCE)
                    .write(
                            TESTS,
                            """
                            package lesson01;

                            class FactsTest {
                                @Test
                                void oneIs() {}

                                @ParameterizedTest
                                @ValueSource(ints = {1, 2})
                                void twoIs(int number) {}

                                void helper() {}
                            }
                            """);

    private Sketch facts(String items) {
        return sketch.says("# R\n\n## Facts, and their proofs\n\n### Group\n\n" + items);
    }

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void eachTestProvesOneFact() {
        facts(ONE + TWO).isGood(check);
    }

    @Test
    void aFactTwiceIsTold() {
        facts(ONE + TWO + ONE).isTold(check, 1, "oneIs is linked from 2 facts");
    }

    @Test
    void aFactLeftOutIsTold() {
        facts(ONE).isTold(check, 1, "twoIs is linked from 0 facts");
    }

    @Test
    void aFactWithoutItsProofIsTold() {
        facts(ONE + TWO + "- Three.\n").isTold(check, 9, "a fact with 0 proofs");
    }

    @Test
    void aFactWithTwoProofsIsTold() {
        String both = ONE.strip() + TWO.substring("- Two.".length());
        facts(both).isTold(check, 7, "a fact with 2 proofs");
    }

    @Test
    void aSourceOutsideIsAProof() {
        facts(ONE + TWO + "- Three ([RFC](https://www.rfc-editor.org/rfc/rfc9293)).\n")
                .isGood(check);
    }

    @Test
    void aProofElsewhereOnThePageIsNoFact() {
        facts(ONE + "\n## Under the hood\n\n" + TWO).isTold(check, 1, "twoIs is linked from 0");
    }

    @Test
    void aRowOfAComparingTableWithoutAProofIsTold() {
        String proof = ONE.substring(2).strip();
        facts(TWO + "\n## Stream against datagram\n\n| a | b |\n|---|---|\n| 1 | " + proof)
                .isGood(check)
                .says(sketch.text(Sketch.REFERENCE) + " |\n| 2 | none |\n")
                .isTold(check, 14, "a row without a proof");
    }
}
