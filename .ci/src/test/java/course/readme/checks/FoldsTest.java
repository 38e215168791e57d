package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FoldsTest {

    private final Folds check = new Folds();
    private final Sketch sketch =
            new Sketch()
                    .says(
                            """
                            1. Why?

                               <details><summary>Answer</summary>

                               `Because`.

                               </details>

                            `<details>` in

                            ```
                            <details>
                            ```
                            """);

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void whatHasItsEndIsGood() {
        sketch.isGood(check);
    }

    @Test
    void anEndThatIsMissingIsTold() {
        sketch.drift("   </details>\n", "").isTold(check, 3, "folds all that follows");
    }

    @Test
    void anEndTooManyIsTold() {
        sketch.drift("   </details>\n", "   </details>\n\n</details>\n")
                .isTold(check, 9, "nothing is folded");
    }

    @Test
    void aMissingBlankLineIsTold() {
        sketch.drift("</summary>\n\n", "</summary>\n").isTold(check, 3, "alone");
        sketch.drift("</summary>\n", "</summary>\n\n")
                .drift("</details>\n", "</details>\n   So.\n");
        sketch.isTold(check, 7, "alone");
    }

    @Test
    void aMissingSummaryIsTold() {
        sketch.drift("<summary>Answer</summary>", "").isTold(check, 3, "<summary>");
    }
}
