package lesson02.homework;

/** An address as people write it, taken apart at its brackets and its colon. */
record Endpoint(String host, int port) {

    static Endpoint parse(String text) {
        String host;
        String port;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw bad(text, "the bracket is not closed");
            }
            if (!text.startsWith(":", end + 1)) {
                throw bad(text, "no colon after the bracket");
            }
            host = text.substring(1, end);
            port = text.substring(end + 2);
        } else {
            int colon = text.lastIndexOf(':');
            if (colon < 0) {
                throw bad(text, "no colon");
            }
            if (text.indexOf(':') < colon) {
                throw bad(text, "an IPv6 address needs brackets");
            }
            host = text.substring(0, colon);
            port = text.substring(colon + 1);
        }
        return new Endpoint(host, number(port, text));
    }

    private static int number(String port, String text) {
        if (port.isEmpty()) {
            throw bad(text, "no port");
        }
        // Not left to parseInt, which takes a sign, and the digits of every script.
        if (!port.matches("[0-9]+")) {
            throw bad(text, "the port is not digits");
        }
        if (port.replaceFirst("^0+", "").length() > 5 || Integer.parseInt(port) > 65_535) {
            throw bad(text, "the port is out of range");
        }
        return Integer.parseInt(port);
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException("bad endpoint " + text + ": " + why);
    }
}
