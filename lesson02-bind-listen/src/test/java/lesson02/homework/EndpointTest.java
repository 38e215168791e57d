package lesson02.homework;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What the text of an address says, and what is wrong with a text that is none. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class EndpointTest {

    @Test
    @Order(1)
    void findsHostAndPort() {
        String cause = "Is the host all before the colon, and the port all after it? See hint 1.";
        assertParses("127.0.0.1:5002", "127.0.0.1", 5002, cause);
        assertParses("10.0.0.7:80", "10.0.0.7", 80, cause);
    }

    @Test
    @Order(2)
    void takesTheBracketsOffAnIPv6Address() {
        String cause = "Is the host what stands between the brackets, letter for letter?";
        assertParses("[::1]:5002", "::1", 5002, cause + " See hint 1.");
        assertParses("[fe80::1]:80", "fe80::1", 80, cause + " See hint 1.");
    }

    @Test
    @Order(3)
    void takesWhatStandsInBracketsAsItIs() {
        String cause = "Is what stands in the brackets checked? See hint 1.";
        assertParses("[localhost]:5002", "localhost", 5002, cause);
    }

    @Test
    @Order(4)
    void leavesTheHostEmptyWhereNoneStands() {
        assertParses(":5002", "", 5002, "May the host be missing? See hint 1.");
    }

    @Test
    @Order(5)
    void takesPortsFrom0To65535() {
        String cause = "Are both ends of the range ports? See hint 3.";
        assertParses("127.0.0.1:0", "127.0.0.1", 0, cause);
        assertParses("127.0.0.1:65535", "127.0.0.1", 65_535, cause);
    }

    @Test
    @Order(6)
    void takesLeadingZeros() {
        String cause = "Is the port's length taken for its size? See hint 3.";
        assertParses("127.0.0.1:0000080", "127.0.0.1", 80, cause);
        assertParses("127.0.0.1:000000000000000005002", "127.0.0.1", 5002, cause);
    }

    @Test
    @Order(7)
    void keepsTheHostLetterForLetter() {
        String cause = "Is the host written anew, by a look-up or by a change of case? See hint 2.";
        assertParses("localhost:5002", "localhost", 5002, cause);
        assertParses("LocalHost:5002", "LocalHost", 5002, cause);
        assertParses("127.1:5002", "127.1", 5002, cause); // Java knows it for 127.0.0.1
    }

    @Test
    @Order(8)
    void takesANameThatNobodyKnows() {
        // No query leaves the machine for this name: its middle is empty.
        assertParses("a..b:5002", "a..b", 5002, "Is the name looked up? See hint 2.");
    }

    @Test
    @Order(9)
    void keepsTheSpacesOfTheHost() {
        assertParses(
                " a..b:5002",
                " a..b",
                5002,
                "Is the text trimmed, or the name looked up? See hint 2.");
    }

    @Test
    @Order(10)
    void refusesATextWithoutAColon() {
        String cause = "Is it asked whether there is a colon? See hint 2.";
        assertRefuses("localhost", "no colon", cause);
        assertRefuses("", "no colon", cause);
    }

    @Test
    @Order(11)
    void refusesABracketThatNoColonFollows() {
        String cause = "Is the first thing behind the bracket a colon? See hint 2.";
        assertRefuses("[::1]", "no colon", cause);
        assertRefuses("[::1]5002", "no colon", cause);
    }

    @Test
    @Order(12)
    void refusesAnEmptyPort() {
        String cause = "Is it asked whether the port is empty? See hint 3.";
        assertRefuses("localhost:", "no port", cause);
        assertRefuses("[::1]:", "no port", cause);
    }

    @Test
    @Order(13)
    void refusesAPortThatIsNoNumber() {
        String cause = "Is each character of the port looked at? See hint 3.";
        assertRefuses("localhost:http", "digits", cause);
        assertRefuses("localhost:80x", "digits", cause);
        assertRefuses("localhost: 80", "digits", cause);
        assertRefuses("localhost:80 ", "digits", cause);
    }

    @Test
    @Order(14)
    void refusesAPortWithASign() {
        String cause = "Does Integer.parseInt take more than digits? See hint 3.";
        assertRefuses("localhost:+80", "digits", cause);
        assertRefuses("localhost:-1", "digits", cause);
    }

    @Test
    @Order(15)
    void refusesDigitsOfAnotherScript() {
        String cause = "What is a digit to Integer.parseInt and Character.isDigit? See hint 3.";
        assertRefuses("localhost:\uff18\uff10", "digits", cause); // wide 8 and 0
        assertRefuses("localhost:\u0668\u0660", "digits", cause); // Arabic 8 and 0
    }

    @Test
    @Order(16)
    void refusesAPortAbove65535() {
        String cause = "Is the number compared with the largest port? See hint 3.";
        assertRefuses("localhost:65536", "range", cause);
        assertRefuses("localhost:70000", "range", cause);
    }

    @Test
    @Order(17)
    void refusesAPortThatIsTooLargeForAnInt() {
        String cause = "What does Integer.parseInt do with a number above its own? See hint 3.";
        assertRefuses("localhost:4294967376", "range", cause); // 80 in the lower 32 bits
        assertRefuses("localhost:99999999999999999999", "range", cause);
    }

    @Test
    @Order(18)
    void refusesAnIPv6AddressWithoutBrackets() {
        String cause = "Which of the colons would be the port's? See hint 1.";
        assertRefuses("::1:5002", "brackets", cause);
        assertRefuses("fe80::1", "brackets", cause);
    }

    @Test
    @Order(19)
    void refusesABracketThatIsNotClosed() {
        String cause = "Is the closing bracket looked for? See hint 2.";
        assertRefuses("[::1:5002", "not closed", cause);
    }

    @Test
    @Order(20)
    void repeatsTheTextInTheMessage() {
        String cause = "Would a reader know which text is meant? See hint 3.";
        for (String text : new String[] {"localhost:http", "[::1]:http"}) {
            String got = refusal(text, cause);
            if (!got.contains(text)) {
                fail(message(text, "this text in the message", ascii(got), cause));
            }
        }
    }

    @Test
    @Order(21)
    void saysWhatIsWrongWithThisText() {
        String cause = "Does each thing that may be wrong have a sentence of its own? See hint 3.";
        Set<String> sentences = new LinkedHashSet<>();
        int refused = 0;
        for (String text : List.of("localhost", "localhost:", "localhost:http", "::1:5002")) {
            try {
                Endpoint.parse(text); // which texts are refused: that has tests of its own
            } catch (IllegalArgumentException e) {
                sentences.add(String.valueOf(e.getMessage()).replace(text, "TEXT"));
                refused++;
            } catch (RuntimeException e) {
                continue;
            }
        }
        if (refused > 1 && sentences.size() == 1) {
            String tried = "localhost, localhost:, localhost:http, ::1:5002";
            String got = "one for all, \"" + ascii(sentences.iterator().next()) + '"';
            fail(message(tried, "messages that tell them apart", got, cause));
        }
    }

    private static void assertParses(String text, String host, int port, String cause) {
        Endpoint expected = new Endpoint(host, port);
        Endpoint got = null;
        try {
            got = Endpoint.parse(text);
        } catch (RuntimeException e) {
            fail(message(text, ascii(expected), ascii(e) + at(e), cause), e);
        }
        if (!expected.equals(got)) {
            fail(message(text, ascii(expected), ascii(got), cause));
        }
    }

    /** Asserts that {@code text} is refused with {@code words} in the message, in any case. */
    private static void assertRefuses(String text, String words, String cause) {
        String expected = "an IllegalArgumentException that says \"" + words + '"';
        String message = refusal(text, cause);
        if (!message.toLowerCase(Locale.ROOT).contains(words)) {
            fail(message(text, expected, "the message \"" + ascii(message) + '"', cause));
        }
    }

    /** Returns the message of the exception for {@code text}. */
    private static String refusal(String text, String cause) {
        String expected = "an IllegalArgumentException";
        Endpoint got;
        try {
            got = Endpoint.parse(text);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            return fail(message(text, expected, ascii(e) + at(e), cause), e);
        }
        return fail(message(text, expected, ascii(got), cause));
    }

    /** Returns the line of the answer that {@code failure} has come from, if any. */
    private static String at(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if ("Endpoint.java".equals(frame.getFileName())) {
                return ", at Endpoint.java:" + frame.getLineNumber();
            }
        }
        return "";
    }

    private static String message(String text, String expected, String got, String cause) {
        return "parsed \"%s\"; expected %s; got %s. %s"
                .formatted(ascii(text), expected, got, cause);
    }

    /** Returns what {@code value} prints, with each character that is not ASCII as its number. */
    private static String ascii(Object value) {
        return String.valueOf(value)
                .chars()
                .mapToObj(c -> c < 128 ? "" + (char) c : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }
}
