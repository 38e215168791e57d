package lesson02;

import java.net.InetSocketAddress;

/** What stands on the command line. */
final class Arguments {

    private Arguments() {}

    /**
     * Returns the address that {@code [host [port]]} names, by default {@code host} and {@code
     * port}. The host is looked up here; one that nobody knows gives an unresolved address, which
     * fails at its first use. Arguments of another form end the program with status 2 and a usage
     * line: {@code localhost:6000}, {@code --help}, a port without a host.
     */
    static InetSocketAddress address(String[] args, String host, int port) {
        if (args.length > 2
                || args.length > 0 && !isHost(args[0])
                || args.length > 1 && !isPort(args[1])) {
            System.err.println(
                    "usage: [host [port]], with a space between them; without them "
                            + (host + " " + port));
            System.exit(2);
        }
        return new InetSocketAddress(
                args.length > 0 ? args[0] : host,
                args.length > 1 ? Integer.parseInt(args[1]) : port);
    }

    /** Whether it can be a host: no number, no option, and not {@code host:port}. */
    private static boolean isHost(String text) {
        return !text.matches("[0-9 ]*|-.*|[^:]*:[0-9]*|\\[.*");
    }

    /** Whether it is a port: a number from 0 to 65535, in the digits 0 to 9. */
    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535;
    }
}
