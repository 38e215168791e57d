package lesson05;

import java.net.InetSocketAddress;

/** What stands on the command line. */
final class Arguments {

    private Arguments() {}

    /**
     * Returns the address that {@code [host [port]]} names, by default {@code host} and {@code
     * port}. The host is looked up here; one that nobody knows gives an unresolved address, which
     * fails at its first use. Arguments of another form, a number for a host among them, end the
     * program with status 2 and a usage line.
     */
    static InetSocketAddress address(String[] args, String host, int port) {
        if (args.length > 2
                || args.length > 0 && args[0].matches("[0-9 ]*")
                || args.length > 1 && !isPort(args[1])) {
            System.err.printf(
                    "usage: [host [port]], by default %s %d, the port from 0 to 65535%n",
                    host, port);
            System.exit(2);
        }
        return new InetSocketAddress(
                args.length > 0 ? args[0] : host,
                args.length > 1 ? Integer.parseInt(args[1]) : port);
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535;
    }
}
