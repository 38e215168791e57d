package course.readme.checks;

import course.readme.Check;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shape of a page: its way home, its sections, its length, its questions and facts. */
final class PageShapesTest {

    private static final String PROOF = "[proof](src/test/java/lesson01/FactsTest.java#L3 \"a\")";

    private static final String PAGE =
            """
            [home](../README.md) · 1 · [2](../lesson02-bind-listen/README.md) · [more](REFERENCE.md)

            # Lesson 1: create

            ## Predict

            1. Why?

               <details><summary>Answer</summary>

               Because. %1$s

               </details>

            2. What?

               <details><summary>Answer</summary>

               That. %1$s

               </details>

            ## Run

            ## What happened

            WORDS

            ## Keep in mind

            - one %1$s
            - two %1$s
            - three %1$s
            - four %1$s
            - five %1$s

            ## Lab

            ## When it fails

            ## Change it

            ## Make it

            ## Where to read on
            """
                    .formatted(PROOF)
                    .replace("WORDS", "word ".repeat(700).strip());

    private final Sketch sketch =
            new Sketch()
                    .write("lesson02-bind-listen/README.md", "# Lesson 2: bind\n")
                    .write(Sketch.REFERENCE, "# Lesson 1: reference\n")
                    .says(PAGE);

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void aWholePageIsGood() {
        for (Check check : new Check[] {new Navigation(), new Sections(), new Words()}) {
            sketch.isGood(check);
        }
        sketch.isGood(new Proved());
    }

    @Test
    void aWayThatIsMissingIsTold() {
        sketch.drift("[home](../README.md) · ", "")
                .isTold(new Navigation(), 1, "no link to ../README.md");
        sketch.says(PAGE.replace("[more](REFERENCE.md)", ""))
                .isTold(new Navigation(), 1, "no link to REFERENCE.md");
        sketch.says(PAGE.replace("2](../lesson02-bind-listen/", "2](../lesson03-connect/"))
                .isTold(new Navigation(), 1, "no link to ../lesson02-bind-listen/README.md");
    }

    @Test
    void aMissingSectionIsTold() {
        sketch.drift("## Change it\n", "").isTold(new Sections(), 39, "here: ## Change it");
    }

    @Test
    void aSectionOfAnotherNameIsTold() {
        sketch.drift("## Where to read on", "## Where to read on\n\n## And more")
                .isTold(new Sections(), 47, "no place for ## And more");
    }

    @Test
    void aReferenceHasItsSectionsAndMayHaveMore() {
        String text = "# Lesson 1: reference\n\n## Under the hood\n\n## Facts, and their proofs\n";
        sketch.page(Sketch.REFERENCE)
                .says(text + "\n## Channels\n")
                .isGood(new Sections())
                .drift("## Under the hood\n", "")
                .isTold(new Sections(), 1, "no section here: ## Under the hood");
    }

    @Test
    void tooManyWordsAreTold() {
        sketch.drift("## Change it", "word ".repeat(600) + "\n\n## Change it")
                .isTold(new Words(), 1, "words; 1,200 at most");
    }

    @Test
    void tooFewWordsAreTold() {
        sketch.says(PAGE.replace("word ", "")).isTold(new Words(), 1, "words; 600 at least");
    }

    @Test
    void aPageThatRunsNothingSoonIsTold() {
        sketch.drift("## Predict", "word ".repeat(300) + "\n\n## Predict")
                .isTold(new Words(), 1, "words before Run; 300 at most");
    }

    @Test
    void whatIsFoldedOrCodeIsNotCounted() {
        String folded = "<details><summary>More</summary>\n\n" + "word ".repeat(600);
        sketch.drift("## Change it", folded + "\n\n</details>\n\n## Change it")
                .drift("## Lab", "```\n" + "word ".repeat(600) + "\n```\n\n## Lab")
                .drift("## Make it", "`" + "word ".repeat(600) + "`\n\n## Make it")
                .isGood(new Words());
    }

    @Test
    void aFactWithoutItsProofIsTold() {
        sketch.drift("- five " + PROOF, "- five").isTold(new Proved(), 35, "without its proof");
    }

    @Test
    void tooFewFactsAreTold() {
        sketch.drift("- five " + PROOF + "\n", "").isTold(new Proved(), 1, "4 facts to keep");
    }

    @Test
    void anAnswerWithoutItsProofIsTold() {
        sketch.drift("That. " + PROOF, "That.").isTold(new Proved(), 15, "an answer");
    }

    @Test
    void anAnswerThatIsNotFoldedIsTold() {
        sketch.drift("\n   </details>\n\n## Run", "\n## Run")
                .drift("   <details><summary>Answer</summary>\n\n   That", "   That")
                .isTold(new Proved(), 15, "not folded");
    }
}
