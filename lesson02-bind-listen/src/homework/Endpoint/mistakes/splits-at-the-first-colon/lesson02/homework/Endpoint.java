package lesson02.homework;

record Endpoint(String host, int port) {

    static Endpoint parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw bad(text, "no colon");
        }
        return new Endpoint(text.substring(0, colon), number(text.substring(colon + 1), text));
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
