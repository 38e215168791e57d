package lesson02.homework;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as people write it, found by a pattern.
 *
 * @param host a name or an IP address, as it is written but without the brackets
 * @param port from 0 to 65535
 */
record Endpoint(String host, int port) {

    /** The host in brackets, or without a colon; then the colon; then the port. */
    private static final Pattern FORM =
            Pattern.compile("(?:\\[(?<six>[^\\]]*)\\]|(?<name>[^:\\[][^:]*)?):(?<port>[0-9]+)");

    private static final BigInteger LARGEST = BigInteger.valueOf(65_535);

    /** Each row: the form of a bad text, and what is wrong with it. The first that fits counts. */
    private static final String[][] ILLS = {
        {"\\[[^\\]]*", "Bracket not closed"},
        {"\\[[^\\]]*\\]([^:].*)?", "No colon after the bracket"},
        {"[^:]*", "No colon"},
        {"(\\[[^\\]]*\\]|[^:]*):", "No port"},
        {"[^\\[].*:.*:.*|:.*:.*", "IPv6 address without brackets"},
        {".*", "Port with other things than digits in it"},
    };

    static Endpoint parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            for (String[] ill : ILLS) {
                if (Pattern.compile(ill[0], Pattern.DOTALL).matcher(text).matches()) {
                    throw new IllegalArgumentException(ill[1] + ": '" + text + "'");
                }
            }
        }
        BigInteger port = new BigInteger(matcher.group("port"));
        if (port.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("Port out of range: '" + text + "'");
        }
        String six = matcher.group("six");
        String name = matcher.group("name");
        return new Endpoint(six != null ? six : name != null ? name : "", port.intValue());
    }
}
