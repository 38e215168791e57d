package lesson02.homework;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port for a server that may listen on any of a range, such as 5002 to 5010. */
final class FirstFree {

    private FirstFree() {}

    /**
     * Returns a socket that listens at {@code address}, and at no other, on the first free port
     * from {@code first} to {@code last}, both included. The caller closes it. The length of its
     * backlog is up to you.
     *
     * <p>A port is free if this call can have it, and taken if {@code bind} throws a {@link
     * java.net.BindException} for it, whether its owner listens or is only bound, or this program
     * may not have it, as is common below 1024. What another address of this machine has on the
     * same port does not matter.
     *
     * <p>{@code bind} throws the same exception for every port if {@code address} is not one of
     * this machine. To tell the two apart, without reading the system's words: port 0 is never
     * taken, so a {@code bind} of {@code address} to port 0 fails only if the address is at fault.
     *
     * <p>A failure leaves no socket open. Several threads may call at once, other programs may take
     * and release ports meanwhile, and a port that this call has found must not be lost to them:
     * while there are more free ports than callers, each caller gets one.
     *
     * @param address an address of this machine, or the wildcard; not null. On Linux all of
     *     127.0.0.1 to 127.255.255.254 are this machine's, though its list of interfaces shows the
     *     first one only.
     * @param first the first port to try, from 1
     * @param last the last port to try, from {@code first} to 65535
     * @throws IllegalArgumentException if the two are no range as described, before a socket is
     *     made
     * @throws java.net.BindException if every port of the range is taken; the message contains the
     *     address, as {@link InetAddress#getHostAddress()} gives it, and both ends of the range
     * @throws IOException any other failure, at once and unchanged, since no other port would cure
     *     it: an address that is not of this machine, as {@code bind} reports it, or too many open
     *     files
     */
    static ServerSocket listen(InetAddress address, int first, int last) throws IOException {
        throw new ToDo("listen on the first free port of a range");
    }
}
