package course.readme.checks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DiagramsTest {

    private final Diagrams check = new Diagrams();
    private final Sketch sketch =
            new Sketch()
                    .says(
                            """
                            Text.

                            ```mermaid
                            sequenceDiagram
                                accTitle: A call
                                accDescr: The client calls the server's kernel
                                participant C as client
                                participant K as kernel
                                C->>K: SYN
                                K-->>C: connected
                                S->>K: accept
                            ```
                            """);

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void threeMayTakePart() {
        sketch.isGood(check);
    }

    @Test
    void aFourthParticipantIsTold() {
        sketch.drift("S->>K: accept", "S->>K: accept\n    K-->>T: other")
                .isTold(check, 3, "diagram has 4 participants");
    }

    @Test
    void aDiagramWithoutATextIsTold() {
        sketch.drift("    accTitle: A call\n", "").isTold(check, 3, "without accTitle");
        sketch.drift(
                        "    accDescr: The client calls the server's kernel\n",
                        "    accTitle: A call\n")
                .isTold(check, 3, "without accDescr");
    }

    @Test
    void aDiagramThatDoesNotParseIsTold() {
        Mermaid mermaid = new Mermaid();
        sketch.shareTarget("mermaid-11.12.0");
        assumeTrue(sketch.look(mermaid).skipped().isEmpty(), "no Node.js, npm or mermaid");
        sketch.isGood(mermaid)
                .drift("S->>K: accept", "S->>K: accept\n    P->>")
                .isTold(mermaid, 3, "does not parse");
    }
}
