package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NumbersTest {

    private static final String SOURCE = "lesson01-create/src/main/java/lesson01/Server.java";

    private final Numbers check = new Numbers();
    private final Sketch sketch =
            new Sketch()
                    .write(
                            SOURCE,
                            """
                            package lesson01;

                            final class Server {
                                static final int BACKLOG = 1_024;
                                private static final long SILENCE_MILLIS = 3_000;
                            }
                            """)
                    .says(
                            """
                            About 1,024<!-- Server.BACKLOG --> wait, for three<!-- Server.SILENCE_MILLIS/1000 --> s,

                            | seconds | 3<!-- Server.SILENCE_MILLIS/1000 --> |
                            |---|---|
                            """);

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void aNumberIsItsConstant() {
        sketch.isGood(check);
    }

    @Test
    void aConstantThatChangesIsToldAndMended() {
        sketch.drift(SOURCE, "1_024", "2_048")
                .isTold(check, 1, "\"1,024\" is 2,048 by now")
                .isMended(check);
    }

    @Test
    void aWordForANumberIsToldAndMended() {
        sketch.drift("three", "two").isTold(check, 1, "\"two\" is three by now").isMended(check);
    }

    @Test
    void theRootNamesTheLesson() {
        sketch.page("README.md")
                .says("In 3<!-- lesson01.Server.SILENCE_MILLIS/1000 --> s.\n")
                .isGood(check)
                .drift("3<", "4<")
                .isTold(check, 1, "\"4\" is 3 by now");
    }

    @Test
    void aConstantThatIsGoneIsTold() {
        sketch.drift("Server.BACKLOG", "Server.QUEUE").isTold(check, 1, "no such constant");
    }

    @Test
    void aFractionIsTold() {
        sketch.drift("BACKLOG ", "BACKLOG/1000 ").isTold(check, 1, "is not a multiple of 1000");
    }

    @Test
    void aMarkerBehindNothingIsTold() {
        sketch.drift("1,024<", "`1,024`<").isTold(check, 1, "no number before");
    }
}
