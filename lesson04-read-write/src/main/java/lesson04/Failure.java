package lesson04;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.regex.Pattern;

/** What went wrong, why, and what to do next, in one line. */
final class Failure {

    /** Each row: what to find in an exception's class and words, and the sentence for it. */
    private static final String[][] SENTENCES = {
        {"Too many open files", "no socket left for %s (%s). Close what is no longer used."},
        {"Unresolved|UnknownHost", "nobody knows the host in %s (%s). Check how it is spelled."},
        {"in use", "%s is taken (%s). Stop the program that has it, or name another port."},
        {"assign", "%s is not on this machine (%s). Name localhost, or an address of its own."},
        {"ermission", "%s is privileged (%s). Name a port of 1024 or more."},
        {"refused", "nobody listens on %s (%s). Start the server first."},
        {"onnect(ion)? timed out", "%s does not answer (%s). It is busy, or a firewall is silent."},
        {"unreachable|No route", "no way leads to %s (%s). Check the address, and the network."},
        {"native thread", "no thread left for %s (%s). Let fewer call, or raise the limits."},
        {"onnection reset", "%s cut the connection (%s). What was on its way is lost."},
        {"SocketException: Broken pipe", "%s has gone (%s). What was sent last is lost."},
        {"Read timed out", "%s was silent for too long (%s). It must connect again."},
        {"EOFException", "%s hung up before it had everything (%s). Start again."},
        {"", "%s failed (%s). The words in parentheses are the system's."},
    };

    private Failure() {}

    /** Returns the sentence for {@code e} at {@code address}, with the system's words in it. */
    static String explain(IOException e, SocketAddress address) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        for (String[] row : SENTENCES) {
            if (Pattern.compile(row[0]).matcher(e.toString()).find()) {
                return String.format(row[1], address, why);
            }
        }
        throw new AssertionError(e);
    }
}
