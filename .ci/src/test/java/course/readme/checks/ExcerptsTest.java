package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExcerptsTest {

    private static final String SOURCE = "lesson01-create/src/main/java/lesson01/Server.java";

    private final Sketch sketch =
            new Sketch()
                    .write(
                            SOURCE,
                            """
                            final class Server {
                                // create: an endpoint
                                void run() {
                                    start();

                                    end();
                                }
                            }
                            """)
                    .says(
                            """
                            Text.

                            <!-- from src/main/java/lesson01/Server.java -->
                            ```java
                            // create: an endpoint
                            void run() {
                                start();

                                end();
                            }
                            ```
                            """);

    private final Excerpts check = new Excerpts();

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void anExcerptStandsInItsSourceWithOneIndent() {
        sketch.isGood(check);
    }

    @Test
    void aWordOfAnExcerptIsTold() {
        sketch.drift("start();", "begin();")
                .isTold(check, 7, "\"begin();\" there is \"start();\"")
                .isMended(check);
    }

    @Test
    void aLineOfTheSourceIsTold() {
        sketch.drift(SOURCE, "// create: an", "// create: one").isTold(check, 5, "excerpt differs");
    }

    @Test
    void aNewLineOfTheSourceIsMended() {
        sketch.drift(SOURCE, "end();", "check();\n        end();")
                .isTold(check, 9, "\"end();\" there is \"check();\"")
                .isMended(check);
    }

    @Test
    void aSourceThatIsGoneIsTold() {
        sketch.drift("/Server.java", "/Servant.java").isTold(check, 3, "no source");
    }
}
