package course.readme.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProgramsTest {

    private final Programs check = new Programs();
    private final Sketch sketch =
            new Sketch()
                    .page("README.md")
                    .says(
                            """
                            <!-- program Hello.java -->
                            ```java
                            public class Hello {
                                public static void main(String[] args) {
                                    System.out.println("hello");
                                }
                            }
                            ```

                            <!-- prints java Hello.java -->
                            ```
                            hello
                            ```

                            <!-- prints echo other -->
                            ```
                            other
                            ```
                            """);

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void aProgramPrintsWhatThePageSays() {
        sketch.isGood(check);
        assertEquals(1, sketch.look(new Transcripts()).count(), "the rest is for Transcripts");
    }

    @Test
    void anotherOutputIsTold() {
        sketch.drift("\nhello\n", "\nHello\n")
                .isTold(check, 12, "\"Hello\" is \"hello\"")
                .isMended(check);
    }

    @Test
    void aProgramThatDoesNotCompileIsTold() {
        sketch.drift("println", "printline").isTold(check, 12, "error: cannot find symbol");
    }

    @Test
    void aProgramThatNothingRunsIsTold() {
        sketch.drift("prints java Hello.java", "prints java World.java")
                .isTold(check, 2, "no block runs Hello.java");
    }
}
