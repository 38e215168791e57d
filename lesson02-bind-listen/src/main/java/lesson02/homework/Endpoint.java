package lesson02.homework;

/**
 * An address as people write it: a host and a port.
 *
 * <pre>
 * localhost:5002      host "localhost", port 5002
 * [::1]:5002          host "::1", port 5002
 * :5002               host "", port 5002: a server that listens at every address
 * localhost           refused: it has no port
 * </pre>
 *
 * <p>About 30 minutes; easy.
 *
 * <ul>
 *   <li>{@link #parse} returns the host before the colon and the port after it.
 *   <li>The host comes back as it is written, because {@code parse} looks no name up: {@code 127.1}
 *       stays {@code 127.1}, and {@code a..b}, a name that nobody has, is accepted.
 *   <li>An IPv6 address has colons of its own, so it is written in brackets, which are not part of
 *       the host.
 *   <li>The host may be missing, as in {@code :5002}, and is then empty.
 *   <li>The port is a number from 0 to 65535.
 *   <li>{@code parse} throws an {@code IllegalArgumentException} if no colon follows the host, in
 *       brackets or not, or no port follows the colon.
 *   <li>It throws one if the port has any character but the digits 0 to 9, such as a sign, a space
 *       before the number, a line break inside it, or a digit of another script.
 *   <li>It throws one if the port is greater than 65535, even if it is too large for a {@code
 *       long}.
 *   <li>It throws one if the text has more than one colon and does not begin with a bracket.
 *   <li>It throws one if the text begins with a bracket that is never closed.
 *   <li>The message of each of these exceptions contains the text exactly as it was given, so that
 *       a user can find the mistake.
 *   <li>Free: {@code null}, what the record's constructor takes, the other words of the message,
 *       upper and lower case in the host, zeros before the port, white space around the text or the
 *       host, brackets around anything but an IPv6 address, and a second pair of brackets.
 * </ul>
 *
 * @param host a name or an IP address, without brackets; empty for every address of this machine
 * @param port from 0 to 65535
 */
record Endpoint(String host, int port) {

    /** Returns the endpoint that {@code text} names. */
    static Endpoint parse(String text) {
        throw new ToDo("return the host and the port of a text such as [::1]:5002");
    }
}
