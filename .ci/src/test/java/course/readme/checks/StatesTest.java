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
                            | in `jshell` | listening socket | client's end | server's end |
                            |---|---|---|---|
                            | `var s = new ServerSocket(6013)` | LISTEN 0 |  |  |
                            | `var c = new Socket("localhost", 6013)` | LISTEN 1 | ESTAB | ESTAB |
                            | `var a = s.accept()` | LISTEN 0 | ESTAB | ESTAB |
                            | `c.close()` | LISTEN 0 | FIN-WAIT-2 | CLOSE-WAIT |
                            | `a.close()` | LISTEN 0 | TIME-WAIT |  |
                            | `s.close()` |  | TIME-WAIT |  |
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
    void aTableShowsWhatSsShows() {
        sketch.isGood(check);
    }

    @Test
    void aStateIsTold() {
        sketch.drift("FIN-WAIT-2 | CLOSE-WAIT", "CLOSE-WAIT | FIN-WAIT-2")
                .isTold(check, 7, "states differ: ss shows  LISTEN 0 | FIN-WAIT-2 | CLOSE-WAIT");
    }

    @Test
    void aRowWithoutItsCodeIsTold() {
        sketch.drift("`a.close()`", "closed")
                .drift("| LISTEN 0 | TIME-WAIT |  |\n", "|  |  |  |\n");
        sketch.drift("|  | TIME-WAIT |  |", "|  | FIN-WAIT-2 | CLOSE-WAIT |")
                .isTold(check, 8, "without its code");
    }
}
