package lesson01;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.net.SocketException;

/** The one sentence that a failure of lesson 1 becomes. */
class FailureTest {

    private final String sentence = Failure.explain(new SocketException("Too many open files"));

    @Test
    void sentenceIsOneLine() {
        assertEquals(1, sentence.lines().count());
    }

    @Test
    void sentenceHoldsTheSystemsWords() {
        assertTrue(sentence.contains("(Too many open files)"));
    }

    @Test
    void sentenceEndsWithWhatToDo() {
        assertTrue(sentence.endsWith("). Close what is no longer used."));
    }

    @Test
    void otherFailuresSayThatTheWordsAreTheSystems() {
        assertEquals(
                "failed (Socket is closed). The words in parentheses are the system's.",
                Failure.explain(new SocketException("Socket is closed")));
    }
}
