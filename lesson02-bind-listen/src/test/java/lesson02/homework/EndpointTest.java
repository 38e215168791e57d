package lesson02.homework;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.stream.Collectors;

/** What the text of an address says, and which texts are refused. */
@Tag("homework")
@ExtendWith(Homework.class)
@Order(1)
final class EndpointTest {

    private static final String AS_WRITTEN =
            "The host comes back as it is written, because parse looks no name up: 127.1 stays"
                    + " 127.1, and a..b, a name that nobody has, is accepted.";
    private static final String BRACKETS =
            "An IPv6 address has colons of its own, so it is written in brackets, which are not"
                    + " part of the host.";
    private static final String MISSING =
            "parse throws an IllegalArgumentException if no colon follows the host, in brackets or"
                    + " not, or no port follows the colon.";
    private static final String DIGITS =
            "It throws one if the port has any character but the digits 0 to 9, such as a sign, a"
                    + " space before the number, a line break inside it, or a digit of another"
                    + " script.";
    private static final String TOO_LARGE =
            "It throws one if the port is greater than 65535, even if it is too large for a long.";
    private static final String COLONS =
            "It throws one if the text has more than one colon and does not begin with a bracket.";
    private static final String NOT_CLOSED =
            "It throws one if the text begins with a bracket that is never closed.";
    private static final String MESSAGE =
            "The message of each of these exceptions contains the text exactly as it was given, so"
                    + " that a user can find the mistake.";

    @Test
    @Order(1)
    @Proves("parse returns the host before the colon and the port after it.")
    void findsHostAndPort() throws Exception {
        String cause = "Is the host all that stands before the colon, and the port all after it?";
        expect("127.0.0.1:5002", "127.0.0.1", 5002, cause, 1);
        expect("10.0.0.7:80", "10.0.0.7", 80, cause, 1);
    }

    @Test
    @Order(2)
    @Proves("The host may be missing, as in :5002, and is then empty.")
    void leavesTheHostEmptyWhereNoneStands() throws Exception {
        expect(":5002", "", 5002, "May the text begin with the colon?", 1);
    }

    @Test
    @Order(3)
    @Proves(AS_WRITTEN)
    void keepsTheHostAsItIsWritten() throws Exception {
        String cause = "Is the host looked up, or its form checked?";
        expect("localhost:5002", "localhost", 5002, cause, 2);
        expect("127.1:5002", "127.1", 5002, cause, 2); // Java knows it for 127.0.0.1
    }

    @Test
    @Order(4)
    @Proves(AS_WRITTEN)
    void takesANameThatNobodyKnows() throws Exception {
        // No query leaves the machine for this name: its middle is empty.
        String cause = "Is the name looked up, or its form checked?";
        expect("a..b:5002", "a..b", 5002, cause, 2);
        expect("my_host:80", "my_host", 80, cause, 2);
        expect("example.org.:80", "example.org.", 80, cause, 2);
        expect("b\u00fccher.example:80", "b\u00fccher.example", 80, cause, 2);
    }

    @Test
    @Order(5)
    @Proves(BRACKETS)
    void takesTheBracketsOffAnIPv6Address() throws Exception {
        String cause = "Is the host exactly what stands between the brackets?";
        expect("[::1]:5002", "::1", 5002, cause, 1);
        expect("[fe80::1]:80", "fe80::1", 80, cause, 1);
        expect("[::ffff:10.0.0.7]:80", "::ffff:10.0.0.7", 80, cause, 1);
    }

    @Test
    @Order(6)
    @Proves("The port is a number from 0 to 65535.")
    void takesPortsFrom0To65535() throws Exception {
        String cause = "Are 0, 65535 and all numbers between them ports?";
        for (int port : new int[] {1023, 1024, 32_768, 65_535, 0}) {
            expect("10.0.0.7:" + port, "10.0.0.7", port, cause, 3);
        }
    }

    @Test
    @Order(7)
    @Proves(MISSING)
    void refusesATextWithoutAColon() throws Exception {
        String cause = "What does indexOf return if there is no colon?";
        expectRefusal("localhost", cause, 2);
        expectRefusal("5002", cause, 2);
        expectRefusal("", cause, 2);
    }

    @Test
    @Order(8)
    @Proves(MISSING)
    void refusesAnEmptyPort() throws Exception {
        String cause = "What if nothing follows the colon?";
        expectRefusal("localhost:", cause, 3);
        expectRefusal("[::1]:", cause, 3);
        expectRefusal(":", cause, 3);
    }

    @Test
    @Order(9)
    @Proves(MISSING)
    void refusesABracketThatNoColonFollows() throws Exception {
        String cause = "Is the first character after the bracket a colon?";
        expectRefusal("[::1]", cause, 2);
        expectRefusal("[::1]5002", cause, 2);
        expectRefusal("[::1]x:5002", cause, 2);
    }

    @Test
    @Order(10)
    @Proves(NOT_CLOSED)
    void refusesABracketThatIsNotClosed() throws Exception {
        expectRefusal("[::1:5002", "What if indexOf finds no closing bracket?", 2);
    }

    @Test
    @Order(11)
    @Proves(COLONS)
    void refusesAnIPv6AddressWithoutBrackets() throws Exception {
        String cause = "Which of the colons would be the port's?";
        expectRefusal("::1:5002", cause, 1);
        expectRefusal("fe80::1", cause, 1);
    }

    @Test
    @Order(12)
    @Proves(COLONS)
    void refusesASecondColon() throws Exception {
        String cause = "How many colons may a text without brackets have?";
        expectRefusal("localhost:80:", cause, 1);
        expectRefusal("localhost:80:90", cause, 1);
        expectRefusal("a[::1]:80", "Does the text begin with the bracket?", 1);
    }

    @Test
    @Order(13)
    @Proves(DIGITS)
    void refusesAPortThatIsNoNumber() throws Exception {
        String cause = "Is each character of the port checked?";
        expectRefusal("localhost:http", cause, 3);
        expectRefusal("localhost:80x", cause, 3);
        expectRefusal("localhost:0x50", cause, 3);
        expectRefusal("localhost:80\n90", "Does the pattern fit a single line of the port?", 3);
    }

    @Test
    @Order(14)
    @Proves(DIGITS)
    void refusesASpaceBeforeThePort() throws Exception {
        expectRefusal("localhost: 80", "Is a space one of the digits 0 to 9?", 3);
    }

    @Test
    @Order(15)
    @Proves(DIGITS)
    void refusesAPortWithASign() throws Exception {
        String cause = "Does Integer.parseInt take more than digits?";
        expectRefusal("localhost:-1", cause, 3);
        expectRefusal("localhost:+80", cause, 3);
        expectRefusal("localhost:-0", cause, 3);
    }

    @Test
    @Order(16)
    @Proves(DIGITS)
    void refusesDigitsOfAnotherScript() throws Exception {
        String cause = "What is a digit to Integer.parseInt, and to Character.isDigit?";
        expectRefusal("localhost:\uff18\uff10", cause, 3); // wide 8 and 0
        expectRefusal("localhost:\u0668\u0660", cause, 3); // Arabic 8 and 0
    }

    @Test
    @Order(17)
    @Proves(TOO_LARGE)
    void refusesAPortAbove65535() throws Exception {
        String cause = "Is the number compared with 65535?";
        expectRefusal("localhost:65536", cause, 3);
        expectRefusal("localhost:65616", cause, 3); // 80 in the lower 16 bits
    }

    @Test
    @Order(18)
    @Proves(TOO_LARGE)
    void refusesAPortThatIsTooLargeForAnIntOrALong() throws Exception {
        String cause = "What becomes of a number that is too large for its type?";
        expectRefusal("localhost:4294967376", cause, 3); // 80 in the lower 32 bits
        expectRefusal("localhost:18446744073709551696", cause, 3); // 80 in the lower 64 bits
    }

    @Test
    @Order(19)
    @Proves(MESSAGE)
    void repeatsTheTextInTheMessage() throws Exception {
        String cause = "Does every message contain the whole text, not only a part of it?";
        String[] texts = {
            "localhost",
            " localhost ",
            "localhost:",
            "localhost:http",
            "localhost:65536",
            "localhost:4294967376",
            "::1:5002",
            "[::1:5002",
            "[fe80::1%eth0]", // no place for a text that formats others
            "[::1]5002",
            "[::1]:http"
        };
        for (String text : texts) {
            Tried tried = tried(text);
            try {
                parsed(tried, text, cause, 2); // whether it is refused: that has tests of its own
            } catch (IllegalArgumentException e) {
                boolean isIn = String.valueOf(e.getMessage()).contains(text);
                tried.check(isIn, "a message with this text in it", e, cause, 2);
            } catch (RuntimeException e) {
                continue; // told by those, too
            }
        }
    }

    private static void expect(String text, String host, int port, String cause, int hint)
            throws Exception {
        String expected = Tried.say("Endpoint[host=%s, port=%d]", host, port);
        Tried tried = tried(text);
        try {
            Endpoint got = parsed(tried, text, cause, hint);
            boolean isSame = got != null && host.equals(got.host()) && port == got.port();
            tried.check(isSame, expected, got, cause, hint);
        } catch (RuntimeException e) {
            tried.fail(expected, e, cause, hint);
        }
    }

    private static void expectRefusal(String text, String cause, int hint) throws Exception {
        String expected = "an IllegalArgumentException";
        Tried tried = tried(text);
        try {
            Endpoint got = parsed(tried, text, cause, hint);
            tried.fail(expected, ascii(String.valueOf(got)), cause, hint);
        } catch (IllegalArgumentException e) {
            return;
        } catch (RuntimeException e) {
            tried.fail(expected, e, cause, hint);
        }
    }

    private static Tried tried(String text) {
        return Tried.to("parsed \"%s\"", ascii(text));
    }

    private static Endpoint parsed(Tried tried, String text, String cause, int hint)
            throws Exception {
        return tried.within(5, () -> Endpoint.parse(text), "parse to return", cause, hint);
    }

    /** Returns {@code text} with each character that is no printable ASCII as its number. */
    private static String ascii(String text) {
        return text.chars()
                .mapToObj(
                        c ->
                                c >= ' ' && c < 127
                                        ? String.valueOf((char) c)
                                        : Tried.say("\\u%04x", c))
                .collect(Collectors.joining());
    }
}
