package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GlossaryTest {

    private final Glossary check = new Glossary();
    private final Sketch sketch =
            new Sketch()
                    .write(
                            "README.md",
                            """
                            # Home

                            ## Words

                            | word | meaning | lesson |
                            |---|---|---|
                            | kernel | makes sockets | [1](lesson01-create/README.md) |
                            | TCP | what is spoken | [1](lesson01-create/REFERENCE.md) |
                            | port | a number | [2](lesson02-bind-listen/README.md) |
                            """)
                    .write(Sketch.REFERENCE, "They speak **TCP**.\n")
                    .says("The **kernel** makes it.\n");

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void theBoldWordsOfBothPagesAreListed() {
        sketch.isGood(check);
    }

    @Test
    void aWordThatIsNotBoldIsTold() {
        sketch.drift("**kernel**", "kernel").isTold(check, 1, "lists also [kernel]");
    }

    @Test
    void aWordThatIsNotListedIsTold() {
        sketch.drift("makes", "**makes**").isTold(check, 1, "defines also [makes]");
    }

    @Test
    void aWordThatIsDefinedTwiceIsTold() {
        sketch.drift("makes", "makes **TCP** of").isTold(check, 1, "defined twice: tcp");
    }
}
