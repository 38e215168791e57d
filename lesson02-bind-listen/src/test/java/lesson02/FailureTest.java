package lesson02;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;

/** The one sentence that each failure of lesson 2 becomes. */
class FailureTest {

    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 5002);

    @Test
    void saysThatTheAddressIsTaken() throws IOException {
        try (ServerSocket owner = new ServerSocket()) {
            owner.bind(new InetSocketAddress("127.0.0.1", 0));
            SocketAddress taken = owner.getLocalSocketAddress();
            assertSentence(
                    taken,
                    bindFails(taken),
                    taken + " is taken",
                    "Stop the program that has it, or name another port.");
        }
    }

    @Test
    void saysThatTheAddressIsNotOnThisMachine() throws IOException {
        // 203.0.113.0/24 is for documentation (RFC 5737): no machine has an address of it.
        SocketAddress elsewhere = new InetSocketAddress("203.0.113.1", 0);
        assertSentence(
                elsewhere,
                bindFails(elsewhere),
                elsewhere + " is not on this machine",
                "Name localhost, or an address of its own.");
    }

    @Test
    void saysThatNobodyKnowsTheHost() throws IOException {
        SocketAddress unknown = new InetSocketAddress("a..b", 0);
        assertSentence(
                unknown,
                bindFails(unknown),
                "nobody knows the host in " + unknown,
                "Check how it is spelled.");
    }

    @Test
    void saysThatNobodyKnowsTheHostOfALookup() {
        assertSentence(
                ADDRESS,
                new UnknownHostException("a..b"),
                "nobody knows the host in " + ADDRESS,
                "Check how it is spelled.");
    }

    @Test
    void saysThatTheMachineHasNoIPv6() {
        SocketAddress ipv6 = new InetSocketAddress("::1", 5002);
        assertSentence(
                ipv6,
                new SocketException("Protocol family unavailable"),
                ipv6 + " needs IPv6, which this machine lacks",
                "Name 127.0.0.1.");
    }

    /** In Turkish a capital I becomes a dotless one, which no word of the table has. */
    @Test
    void findsTheWordsInEveryLocale() {
        Locale locale = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            String sentence = Failure.explain(new BindException("ADDRESS ALREADY IN USE"), ADDRESS);
            assertTrue(sentence.startsWith(ADDRESS + " is taken"), sentence);
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void saysThatTheSystemDoesNotAllowTheAddress() {
        assertSentence(
                ADDRESS,
                new BindException("Permission denied"),
                "the system does not allow " + ADDRESS,
                "Name another port.");
    }

    @Test
    void saysThatNoSocketIsLeft() {
        assertSentence(
                ADDRESS,
                new SocketException("Too many open files"),
                "no socket left for " + ADDRESS,
                "Close what is no longer used.");
    }

    @Test
    void saysOfAnythingElseThatItFailed() {
        assertSentence(
                ADDRESS,
                new IOException("Something new"),
                ADDRESS + " failed",
                "Search for the words in parentheses.");
    }

    @Test
    void givesTheClassOfFailureWithoutWords() {
        String sentence = Failure.explain(new SocketException(), ADDRESS);
        assertTrue(sentence.contains(" (SocketException). "), sentence);
    }

    /** Returns how {@code bind} to {@code address} fails. */
    private static IOException bindFails(SocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            return assertThrows(IOException.class, () -> socket.bind(address));
        }
    }

    /** Asserts that {@code e} becomes one line: what happened, the system's words, what to do. */
    private static void assertSentence(
            SocketAddress address, IOException e, String happened, String toDo) {
        String words = e.getMessage();
        assertEquals(happened + " (" + words + "). " + toDo, Failure.explain(e, address));
    }
}
