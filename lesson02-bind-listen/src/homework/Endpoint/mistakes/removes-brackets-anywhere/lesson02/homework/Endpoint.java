package lesson02.homework;

record Endpoint(String host, int port) {

    static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]") || text.indexOf(']') > colon) {
            throw bad(text, "no colon");
        }
        String host = text.substring(0, colon);
        if (host.contains(":") && !host.startsWith("[")) {
            throw bad(text, "an IPv6 address needs brackets");
        }
        host = host.replace("[", "").replace("]", "");
        return new Endpoint(host, number(text.substring(colon + 1), text));
    }

    private static int number(String port, String text) {
        if (port.isEmpty()) {
            throw bad(text, "no port");
        }
        if (!port.matches("[0-9]+")) {
            throw bad(text, "the port is not digits");
        }
        if (port.replaceFirst("^0+", "").length() > 5 || Integer.parseInt(port) > 65535) {
            throw bad(text, "the port is out of range");
        }
        return Integer.parseInt(port);
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException("bad endpoint " + text + ": " + why);
    }
}
