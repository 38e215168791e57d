package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LinksTest {

    private static final String TESTS = "lesson01-create/src/test/java/lesson01/FactsTest.java";
    private static final String LINK = "src/test/java/lesson01/FactsTest.java";

    private final Links check = new Links();
    private final Sketch sketch =
            new Sketch()
                    .write(
                            TESTS,
                            """
                            class FactsTest {
                                @Test
                                void oneIs() {}

                                @Disabled("why")
                                @Test
                                void twoIs() {}
                            }
                            """)
                    .write("README.md", "# Home\n\n## The `pipe` first\n")
                    .write("lesson01-create/picture.svg", "<svg/>")
                    .says(
                            """
                            [home](../README.md#the-pipe-first), [here](#lesson), ![a pipe](picture.svg)

                            # Lesson

                            One. [proof](%s#L3 "oneIs") and [proof 2](%s#L3 "oneIs")
                            """
                                    .formatted(LINK, LINK));

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void linksLeadToFilesHeadingsAndTests() {
        sketch.isGood(check);
    }

    @Test
    void aDeadLinkIsTold() {
        sketch.drift("../README.md", "../READER.md").isTold(check, 1, "dead link");
    }

    @Test
    void aDeadAnchorIsTold() {
        sketch.drift("#the-pipe-first", "#the-pipe").isTold(check, 1, "dead anchor");
    }

    @Test
    void aHeadingThatChangesIsTold() {
        sketch.drift("README.md", "first", "then").isTold(check, 1, "dead anchor");
    }

    @Test
    void aPathFromTheRootIsTold() {
        sketch.drift("../README.md", "/README.md").isTold(check, 1, "link to another place");
    }

    @Test
    void aProofsNameIsTold() {
        sketch.drift("#L3 \"oneIs\") and", "#L3 \"oneWas\") and")
                .isTold(check, 5, "no such test: \"oneWas\"");
    }

    @Test
    void aTestThatIsDisabledIsTold() {
        sketch.drift("#L3 \"oneIs\") and", "#L7 \"twoIs\") and")
                .isTold(check, 5, "a disabled test: twoIs");
    }

    @Test
    void aTestInADisabledClassIsTold() {
        sketch.drift(TESTS, "class", "@Disabled class")
                .drift(" and [proof 2](" + LINK + "#L3 \"oneIs\")", "")
                .isTold(check, 5, "a disabled test: oneIs");
    }

    @Test
    void aTestThatMovesIsToldAndBothItsProofsAreMended() {
        sketch.drift(TESTS, "class", "\nclass")
                .drift(" and [proof 2](" + LINK + "#L3 \"oneIs\")", "")
                .isTold(check, 5, "oneIs is on line 4")
                .drift("One. ", "One. [proof 1](" + LINK + " \"oneIs\") ")
                .isMended(check);
    }

    @Test
    void aLinkToATestIsCalledProof() {
        sketch.drift("[proof 2]", "[the test]").isTold(check, 5, "has the text \"proof\"");
    }

    @Test
    void aLinkToWhatAStudentsCopyLacksIsTold() {
        sketch.write(".github/TEACHING.md", "# Teaching\n")
                .drift("../README.md#the-pipe-first", "../.github/TEACHING.md")
                .isTold(check, 1, "link to what a student's copy lacks");
    }

    @Test
    void aPictureThatIsNotThereIsTold() {
        sketch.drift("picture.svg", "drawing.svg").isTold(check, 1, "no picture");
    }
}
