package course.readme.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;

final class LabsTest {

    private static final String LAB =
            """
            package lesson01;
            class Lab {
                public static void main(String[] args) {
                    System.out.print("Lab\\n  size  MiB/s\\n  1  2.5  ##\\n  so  fast\\n  and\\n");
                }
            }
            """;

    private final Labs check = new Labs();
    private final Sketch sketch =
            new Sketch()
                    .write("lesson01-create/src/main/java/lesson01/Lab.java", LAB)
                    .says(
                            """
                            Run `mvn -q compile exec:java@lab`:

                            <!-- lab -->
                            ```
                            Lab
                              size  MiB/s
                              8  1,024.5  ######
                              so        slow on this machine
                                        indeed
                            ```
                            """);

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void figuresBarsAndConclusionsAreTheMachines() {
        List<String> shape = Labs.shape(List.of("  a  1.5  ###", "  so  fast", "      indeed"));
        assertEquals(List.of("a 0", "so"), shape);
        assertEquals(shape, Labs.shape(List.of("  a  -2,048", "  so  slow")));
    }

    @Test
    void aLabHasTheShapeOfThePage() {
        sketch.isGood(check);
    }

    @Test
    void aHeadingOfALabIsToldAndMended() {
        sketch.drift("  size  MiB/s\n  8", "  size  KiB/s\n  8")
                .isTold(check, 6, "\"size KiB/s\" is \"size MiB/s\"")
                .isMended(check);
    }

    @Test
    void aLabWithoutItsCommandIsTold() {
        sketch.drift("@lab", "").isTold(check, 3, "no command before");
    }
}
