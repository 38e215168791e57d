package course.readme.checks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StatesTest {

    private final States check = new States();
    private final Sketch sketch =
            new Sketch()
                    .says(
                            """
                            <!-- states 6013 -->
                            - `ServerSocket s`: nothing
                            - `s = new ServerSocket(6013)`: LISTEN 0
                            - `var c = new Socket("localhost", 6013)`: LISTEN 1, client's end ESTAB, server's end ESTAB
                            - `var a = s.accept()`: LISTEN 0, client's end ESTAB, server's end ESTAB
                            - `c.close()`: LISTEN 0, client's end FIN-WAIT-2, server's end CLOSE-WAIT
                            - `a.close()`: LISTEN 0, client's end TIME-WAIT
                            - `s.close()`: client's end TIME-WAIT
                            """);

    @BeforeEach
    void ssIsNeeded() {
        assumeTrue(course.process.Command.exists("ss"), "no ss");
    }

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void aListShowsWhatSsShows() {
        sketch.isGood(check);
    }

    @Test
    void aStateIsTold() {
        sketch.drift(
                        "end FIN-WAIT-2, server's end CLOSE-WAIT",
                        "end CLOSE-WAIT, server's end FIN-WAIT-2")
                .isTold(
                        check,
                        6,
                        "ss shows LISTEN 0, client's end FIN-WAIT-2, server's end CLOSE-WAIT");
    }

    @Test
    void nothingIsToldWhereThereIsSomething() {
        sketch.drift("LISTEN 0, client's end TIME-WAIT", "nothing")
                .isTold(check, 7, "ss shows LISTEN 0, client's end TIME-WAIT");
    }

    @Test
    void anItemWithoutItsCodeIsTold() {
        sketch.drift("`a.close()`", "closed");
        sketch.drift(
                        "`s.close()`: client's",
                        "`s.close()`: client's end FIN-WAIT-2, server's end CLOSE-WAIT")
                .drift("CLOSE-WAIT end TIME-WAIT", "CLOSE-WAIT")
                .isTold(check, 7, "without its code");
    }
}
