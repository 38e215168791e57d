package lesson02.homework;

/**
 * An address as people write it: {@code host:port}, {@code [address]:port} for an IPv6 address, or
 * {@code :port} for every address of this machine.
 *
 * @param host a name or an IP address, as it is written but without the brackets
 * @param port from 0 to 65535
 */
record Endpoint(String host, int port) {

    /**
     * Returns the endpoint that {@code text} names. Nothing is looked up.
     *
     * @throws IllegalArgumentException if {@code text} has none of the three forms
     */
    static Endpoint parse(String text) {
        boolean bracket = text.startsWith("[");

        // The host ends at its bracket. Without one it has no colon, so it ends at the first.
        int end = text.indexOf(bracket ? ']' : ':');
        if (end < 0) {
            throw bad(text);
        }
        String host = text.substring(bracket ? 1 : 0, end);
        int colon = bracket ? end + 1 : end;
        if (!text.startsWith(":", colon)) {
            throw bad(text);
        }
        if (!bracket && text.lastIndexOf(':') > colon) {
            throw bad(text);
        }
        return new Endpoint(host, port(text.substring(colon + 1), text));
    }

    /** Returns the number that {@code digits} write, a part of {@code text}. */
    private static int port(String digits, String text) {
        if (digits.isEmpty()) {
            throw bad(text);
        }
        // Not left to parseInt, which takes a sign, and the digits of every script.
        if (!digits.matches("[0-9]+")) {
            throw bad(text);
        }
        if (!digits.matches("0*[0-9]{1,5}") || Integer.parseInt(digits) > 65_535) {
            throw bad(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException(
                text
                        + " is no endpoint: no colon, no port, more than digits, out of range,"
                        + " no brackets, or not closed");
    }
}
