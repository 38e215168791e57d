package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EightCallsTest {

    private final EightCalls check = new EightCalls();
    private final Sketch sketch =
            new Sketch()
                    .page("README.md")
                    .says(
                            """
                            | call | what it does | Java; system call |
                            |---|---|---|
                            | [create](lesson01-create/README.md) | to create a socket | `new Socket()`; `socket` |
                            | [bind](lesson02-bind/README.md) | a socket's identification | `bind(a)`; `bind` |
                            | [listen](lesson02-bind/README.md) | ready to receive | `ServerSocket`; `listen` |
                            | [connect](lesson03-connect/README.md) | act as a sender | `connect(a)`; `connect` |
                            | [accept](lesson03-connect/README.md) | confirmation | `accept()`; `accept` |
                            | [write](lesson04-read/README.md) | to send data | `write(b)`; `write` |
                            | [read](lesson04-read/README.md) | to receive data | `read(b)`; `read` |
                            | close | to close a connection | `close()`; `close` |
                            """);

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void eachRowHasWhatBelongsToIt() {
        sketch.isGood(check);
    }

    @Test
    void twoCellsThatAreSwappedAreTold() {
        sketch.drift("confirmation", "to send data").isTold(check, 7, "call=accept");
    }

    @Test
    void anotherSystemCallIsTold() {
        sketch.drift("; `listen`", "; `accept`").isTold(check, 5, "call=listen");
    }

    @Test
    void anotherLessonIsTold() {
        sketch.drift("[create](lesson01", "[create](lesson02").isTold(check, 3, "call=create");
    }

    @Test
    void aRowThatIsMissingIsTold() {
        sketch.drift("| close | to close a connection | `close()`; `close` |\n", "")
                .isTold(check, 1, "no table of the eight calls");
    }
}
