package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MarkersTest {

    private final Markers check = new Markers();
    private final Sketch sketch =
            new Sketch()
                    .says(
                            """
                            300<!-- Server.SILENCE_MILLIS/1000 --> seconds.

                            <!-- from A.java -->
                            ```java
                            ```

                            - in a list:

                              <!-- run -->
                              ```
                              $ true
                              ```

                            <!-- lab -->
                            ```
                            ```

                            <!-- edit -->
                            ```diff
                            ```
                            """);

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void everyMarkerIsKnownAndMarksSomething() {
        sketch.isGood(check);
    }

    @Test
    void aMarkerThatNobodyKnowsIsTold() {
        sketch.drift("<!-- from", "<!-- form");
        sketch.write(
                        Sketch.LESSON,
                        sketch.text(Sketch.LESSON) + "\n<!-- from A.java -->\n```\n```\n")
                .isTold(check, 3, "no such marker: form A.java");
    }

    @Test
    void aMarkerWithoutABlockIsTold() {
        sketch.drift("<!-- lab -->", "<!-- lab -->\n\n<!-- lab -->")
                .isTold(check, 14, "a comment that marks nothing");
    }

    @Test
    void aMarkerGluedToAParagraphIsTold() {
        sketch.drift("\n\n<!-- lab -->\n", "\n\n<details>\n<!-- lab -->\n")
                .says(sketch.text(Sketch.LESSON) + "\n<!-- lab -->\n```\n```\n")
                .isTold(check, 15, "a comment that marks nothing");
    }

    @Test
    void aNumberWithoutAConstantIsTold() {
        sketch.drift("Server.SILENCE_MILLIS/1000", "silence")
                .isTold(check, 1, "a comment that marks nothing");
    }

    @Test
    void aTranscriptWithoutItsMarkerIsTold() {
        sketch.says(sketch.text(Sketch.LESSON) + "\n```\n$ true\n```\n")
                .isTold(check, 22, "a transcript without its marker");
    }

    @Test
    void sourceWithoutItsMarkerIsToldUnlessItIsFolded() {
        String text = sketch.text(Sketch.LESSON);
        sketch.says(text + "\n```java\n```\n").isTold(check, 22, "source without its marker");
        sketch.says(text + "\n<details>\n\n```java\n```\n\n</details>\n").isGood(check);
    }

    @Test
    void aLessonWithoutALabIsTold() {
        sketch.drift("<!-- lab -->\n", "").isTold(check, 1, "nothing is marked <!-- lab -->");
    }

    @Test
    void aMarkerOfAFenceAboveAListIsToldAndTheOtherWayRound() {
        sketch.drift("<!-- lab -->", "<!-- strace A -->\n- `a`: none\n\n<!-- lab -->")
                .isGood(check);
        sketch.drift("strace A", "from A.java").isTold(check, 14, "no such marker: from A.java");
        sketch.drift("from A.java -->\n-", "strace A -->\n-")
                .says(sketch.text(Sketch.LESSON) + "\n<!-- states 6013 -->\n```\n```\n")
                .isTold(check, 25, "no such marker: states 6013");
    }
}
