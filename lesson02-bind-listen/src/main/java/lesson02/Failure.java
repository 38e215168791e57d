package lesson02;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Locale;

/** What went wrong, why, and what to do next, in one line. */
final class Failure {

    /** Each row: words of an exception's class or message, and the sentence for them. */
    private static final String[][] SENTENCES = {
        {"too many open files", "no socket left for %s (%s). Close what is no longer used."},
        {"unresolved", "nobody knows the host in %s (%s). Check how it is spelled."},
        {"unknownhost", "nobody knows the host in %s (%s). Check how it is spelled."},
        {"in use", "%s is taken (%s). Stop the program that has it, or name another port."},
        {"assign", "%s is not on this machine (%s). Name localhost, or an address of its own."},
        {"protocol family", "%s needs IPv6, which this machine lacks (%s). Name 127.0.0.1."},
        {"permission", "the system does not allow %s (%s). Name another port."},
    };

    private Failure() {}

    /**
     * Returns the sentence for {@code e} at {@code address}, with the system's own words in
     * parentheses.
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
