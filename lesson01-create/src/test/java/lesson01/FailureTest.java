package lesson01;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.SocketException;
import java.util.Locale;

/** The one sentence that a failure of lesson 1 becomes. */
class FailureTest {

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
    }

    @Test
    void saysThatNoSocketIsLeft() {
        assertEquals(
                "no socket left (Too many open files). Close what is no longer used.",
                Failure.explain(new SocketException("Too many open files")));
    }

    /** In Turkish a capital I becomes a dotless one, which no word here has. */
    @Test
    void findsTheWordsInEveryLocale() {
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        assertEquals(
                "no socket left (TOO MANY OPEN FILES). Close what is no longer used.",
                Failure.explain(new SocketException("TOO MANY OPEN FILES")));
    }

    @Test
    void saysOfAnythingElseThatItFailed() {
        assertEquals(
                "failed (Socket is closed). Search for the words in parentheses.",
                Failure.explain(new SocketException("Socket is closed")));
    }

    @Test
    void givesTheClassOfAFailureWithoutWords() {
        assertEquals(
                "failed (SocketException). Search for the words in parentheses.",
                Failure.explain(new SocketException()));
    }
}
