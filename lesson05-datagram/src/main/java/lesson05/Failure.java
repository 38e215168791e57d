package lesson05;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Locale;

/** What went wrong, why, and what to do next, in one line. */
final class Failure {

    /** Each row: words of an exception's class or message, and the sentence for them. */
    private static final String[][] SENTENCES = {
        {"too many open files", "no socket left for %s (%s). Close what is no longer used."},
        {"unresolved", "nobody knows the host in %s (%s). Check how it is spelled."},
        {"in use", "%s is taken (%s). Stop the program that has it, or name another port."},
        {"assign", "%s is not on this machine (%s). Name localhost, or an address of its own."},
        {"address type", "%s needs IPv6, which this machine lacks (%s). Name 127.0.0.1."},
        {"permission", "the system does not allow %s (%s). Name another port."},
        {"not permitted", "the system does not allow %s (%s). A firewall may forbid it."},
        {"portunreachable", "nobody receives on %s (%s). Start the server first."},
        {"asked", "%s does not answer (%s). Check the address, or try again."},
        {"too long", "a line is too long for a datagram to %s (%s). Send shorter lines."},
        {"larger than", "a line is too long for a datagram to %s (%s). Send shorter lines."},
        {"port 0", "%s has no owner (%s). Name a port from 1 to 65535."},
        {"unreachable", "no route leads to %s (%s). Check the address, and the network."},
        {"no route", "no route leads to %s (%s). Check the address, and the network."},
        {"buffer space", "the system has no room to send to %s (%s). Try again."},
        {"java.io.ioexception:", "our own input or output failed (%2$s). Check the redirection."},
    };

    private Failure() {}

    /**
     * Returns the sentence for {@code e} at {@code address}, with the system's own words in
     * parentheses. Most exceptions of a socket are of {@code java.net}. The few plain {@link
     * IOException}s of a connected datagram socket have rows of their own, by their words; any
     * other plain one is a failure of the program's own input or output.
     */
    static String explain(IOException e, SocketAddress address) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        // Locale.ROOT: in Turkish the lower case of I would be another letter than i.
        String error = e.toString().toLowerCase(Locale.ROOT);
        for (String[] row : SENTENCES) {
            if (error.contains(row[0])) {
                return String.format(row[1], address, why);
            }
        }
        return address + " failed (" + why + "). Search for the words in parentheses.";
    }
}
