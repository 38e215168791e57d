package lesson02.homework;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Finds a port for a server that may listen on any port of a range, such as 5002 to 5010.
 *
 * <pre>
 * listen(address, 5002, 5010)
 *     5002 and 5003 are taken     returns a socket that listens on 5004
 *     all nine are taken          BindException: no free port at 127.0.0.1 from 5002 to 5010
 * </pre>
 *
 * <p>About 45 minutes; medium.
 *
 * <ul>
 *   <li>{@link #listen} returns an open socket that listens at {@code address}, and at no other
 *       address.
 *   <li>Its port is the first free one from {@code first} to {@code last}, both included, and each
 *       call looks again.
 *   <li>A port is taken if {@code bind} throws a {@link java.net.BindException} for it, even if its
 *       owner does not listen.
 *   <li>A port that is taken only at another address, or only by a datagram socket, is free.
 *   <li>If every port is taken, {@code listen} throws a {@link java.net.BindException} whose
 *       message contains the address, as {@link InetAddress#getHostAddress} gives it, and both ends
 *       of the range.
 *   <li>If {@code address} is not one of this machine's, even a bind to port 0 fails there, and
 *       {@code listen} throws the exception of that bind, unchanged.
 *   <li>{@code listen} throws an {@code IllegalArgumentException}, before it makes a socket, unless
 *       {@code 1 <= first <= last <= 65535}.
 *   <li>Every other socket that {@code listen} makes is closed when it returns or throws.
 *   <li>Other programs may take and release ports meanwhile: if one port of the range is free all
 *       the time, {@code listen} returns a socket.
 *   <li>Several threads may call at once, and each gets a socket of its own.
 *   <li>Free: the backlog, the other words and the digits of the message, {@code null}, exceptions
 *       of other kinds, and whether you bind to port 0 always or only when something has failed.
 * </ul>
 */
final class FirstFree {

    private FirstFree() {}

    /** Returns a socket on the first free port; the caller closes it. */
    static ServerSocket listen(InetAddress address, int first, int last) throws IOException {
        throw new ToDo("listen on the first free port of a range");
    }
}
