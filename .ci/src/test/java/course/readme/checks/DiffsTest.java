package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DiffsTest {

    private final Sketch sketch =
            new Sketch()
                    .write("lesson01-create/A.java", "one\ntwo\nthree\n")
                    .write("lesson01-create/B.java", "one\n2\nthree\n")
                    .says(
                            """
                            <!-- diff A.java B.java -->
                            ```diff
                            @@ -1,3 +1,3 @@
                             one
                            -two
                            +2
                             three
                            ```
                            """);

    private final Diffs check = new Diffs();

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void aDiffIsWhatGitShows() {
        sketch.isGood(check);
    }

    @Test
    void aLineOfADiffIsTold() {
        sketch.drift("+2", "+two").isTold(check, 6, "diff differs").isMended(check);
    }

    @Test
    void aLineOfAFileIsTold() {
        sketch.drift("lesson01-create/B.java", "2", "deux")
                .isTold(check, 6, "\"+2\" is \"+deux\"")
                .isMended(check);
    }
}
