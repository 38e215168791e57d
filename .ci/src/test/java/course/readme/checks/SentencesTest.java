package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SentencesTest {

    private static final String PROOF =
            "[proof](src/test/java/lesson01/FactsTest.java#L5 \"sendSucceeds\")\n";

    private final Sentences check = new Sentences();
    private final Sketch sketch =
            new Sketch()
                    .page(Sketch.REFERENCE)
                    .write(
                            "lesson01-create/src/test/java/lesson01/FactsTest.java",
                            """
                            package lesson01;

                            class FactsTest {
                                /**
                                 * {@code send} succeeds, and 2 of
                                 * 3 arrive.
                                 */
                                @Test
                                void sendSucceeds() {}
                            }
                            """);

    private Sketch fact(String sentence) {
        return sketch.says("# R\n\n## Facts, and their proofs\n\n- " + sentence + " " + PROOF);
    }

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void aFactSaysWhatItsTestSays() {
        fact("`send` succeeds, and 2 of 3 arrive.").isGood(check);
    }

    @Test
    void aNegatedFactIsTold() {
        fact("`send` fails, and 2 of 3 arrive.").isTold(check, 5, "the test of this fact says");
    }

    @Test
    void anotherNumberIsTold() {
        fact("`send` succeeds, and 1 of 3 arrive.").isTold(check, 5, "and 2 of 3 arrive");
    }
}
