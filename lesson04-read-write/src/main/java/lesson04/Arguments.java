package lesson04;

import java.net.InetSocketAddress;

/** The arguments of the command line. */
final class Arguments {

    private Arguments() {}

    /**
     * Returns the address that {@code [host [port]]} names, by default {@code host} and {@code
     * port}. The host is looked up here; one that nobody knows gives an unresolved address, which
     * fails at its first use. Arguments of another form end the program with status 2 and a usage
     * line: {@code localhost:6000}, {@code --help}, a port without a host.
     */
    static InetSocketAddress address(String[] args, String host, int port) {
        if (!areFine(args)) {
            System.err.println(
                    "usage: [host [port]], with a space between them; without them "
                            + (host + " " + port));
            System.exit(2);
        }
        return new InetSocketAddress(
                args.length < 1 ? host : args[0],
                args.length < 2 ? port : Integer.parseInt(args[1]));
    }

    /** Whether they are none, a host, or a host and a port. */
    static boolean areFine(String[] args) {
        return args.length <= 2
                && (args.length < 1 || isHost(args[0]))
                && (args.length < 2 || isPort(args[1]));
    }

    /** Whether it can be a host: not a number, not an option, and not {@code host:port}. */
    private static boolean isHost(String text) {
        boolean isNumber = text.strip().chars().allMatch(Character::isDigit);
        boolean isOption = text.startsWith("-");
        // host:port has one colon, or brackets as in [::1]:80. An IPv6 address alone has more.
        boolean hasPort = text.matches("[^:]*:[^:]*") || text.contains("]:");
        return !isNumber && !isOption && !hasPort;
    }

    /** Whether it is a port: a number from 0 to 65535, in the digits 0 to 9. */
    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535;
    }
}
