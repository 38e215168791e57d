package lesson05;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.List;

/** What each failure says: what happened, why, and what to do next, in one line. */
class FailureTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 5005);

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "nobody guarantees that it is told")
    void nobodyReceives() throws IOException {
        try (DatagramSocket nobody = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            // It keeps its port and receives only from itself: nobody, to all others.
            nobody.connect(nobody.getLocalSocketAddress());
            socket.connect(nobody.getLocalSocketAddress());
            assertEquals(
                    "nobody receives on /127.0.0.1:5005 (PortUnreachableException)."
                            + " Start the server first.",
                    explain(() -> Client.ask(socket, 1, new byte[1]), PEER));
        }
    }

    @Test
    void noAnswer() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(mailbox.getLocalSocketAddress());
            socket.setSoTimeout(5);
            assertEquals(
                    "/127.0.0.1:5005 does not answer (asked 3 times)."
                            + " Check the address, or try again.",
                    explain(() -> Client.ask(socket, 1, new byte[1]), PEER));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the words are the system's")
    void lineTooLong() throws IOException {
        try (DatagramSocket mailbox = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            socket.connect(mailbox.getLocalSocketAddress());
            assertEquals(
                    "a line is too long for a datagram to /127.0.0.1:5005 (Message too long)."
                            + " Send shorter lines.",
                    explain(() -> Client.ask(socket, 1, new byte[65_508]), PEER));
        }
    }

    @Test
    void portZero() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            assertEquals(
                    "/127.0.0.1:0 has no owner (Can't connect to port 0)."
                            + " Name a port from 1 to 65535.",
                    explain(() -> socket.connect(LOOPBACK), LOOPBACK));
        }
    }

    @Test
    void unknownHost() throws IOException {
        // Two dots in a row: no name service is asked.
        InetSocketAddress unknown = new InetSocketAddress("a..b", 5005);
        String sentence =
                "nobody knows the host in a..b/<unresolved>:5005 (Unresolved address)."
                        + " Check how it is spelled.";
        try (DatagramSocket socket = new DatagramSocket(null)) {
            assertEquals(sentence, explain(() -> socket.connect(unknown), unknown));
            assertEquals(sentence, explain(() -> socket.bind(unknown), unknown));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the words are the system's")
    void addressTaken() throws IOException {
        try (DatagramSocket owner = new DatagramSocket(LOOPBACK);
                DatagramSocket socket = new DatagramSocket(null)) {
            assertEquals(
                    "/127.0.0.1:5005 is taken (Address already in use)."
                            + " Stop the program that has it, or name another port.",
                    explain(() -> socket.bind(owner.getLocalSocketAddress()), PEER));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the words are the system's")
    void addressOfAnotherMachine() throws IOException {
        // From a block that is kept for examples (RFC 5737). A bind sends nothing.
        InetSocketAddress example = new InetSocketAddress("198.51.100.1", 5005);
        try (DatagramSocket socket = new DatagramSocket(null)) {
            assertEquals(
                    "/198.51.100.1:5005 is not on this machine (Cannot assign requested address)."
                            + " Name localhost, or an address of its own.",
                    explain(() -> socket.bind(example), example));
        }
    }

    // Not to be had here, or not everywhere: the exception is made.

    @Test
    void portThatTheSystemReserves() {
        assertEquals(
                "the system does not allow /127.0.0.1:5005 (Permission denied)."
                        + " Name another port.",
                explain(new BindException("Permission denied")));
    }

    @Test
    void addressOfIPv6WithoutIPv6() {
        assertEquals(
                "/127.0.0.1:5005 needs IPv6, which this machine lacks (Unsupported address type)."
                        + " Name 127.0.0.1.",
                explain(new SocketException("Unsupported address type")));
    }

    @Test
    void firewallForbidsIt() {
        // A plain IOException on a connected socket, a SocketException on another.
        String sentence =
                "the system does not allow /127.0.0.1:5005 (Operation not permitted)."
                        + " A firewall may forbid it.";
        assertEquals(sentence, explain(new IOException("Operation not permitted")));
        assertEquals(sentence, explain(new SocketException("Operation not permitted")));
    }

    @Test
    void noRoomToSend() {
        String sentence =
                "the system has no room to send to /127.0.0.1:5005 (No buffer space available)."
                        + " Try again.";
        assertEquals(sentence, explain(new IOException("No buffer space available")));
        assertEquals(sentence, explain(new SocketException("No buffer space available")));
    }

    @Test
    void lineTooLongInTheWordsOfWindows() {
        // They are longer. A plain IOException on a connected socket, a SocketException on another.
        for (IOException e :
                List.of(
                        new IOException("A message was larger than the internal message buffer"),
                        new SocketException("The message is larger than the maximum"))) {
            assertEquals(
                    "a line is too long for a datagram to /127.0.0.1:5005 ("
                            + e.getMessage()
                            + "). Send shorter lines.",
                    explain(e));
        }
    }

    @Test
    void outputOfOurOwn() {
        assertEquals(
                "our own input or output failed (No space left on device)."
                        + " Check the redirection.",
                explain(new IOException("No space left on device")));
    }

    @Test
    void inputOfOurOwn() {
        // A stream of the JDK's own: it opens a folder, and fails at the first read.
        assertEquals(
                "our own input or output failed (Is a directory). Check the redirection.",
                explain(new IOException("Is a directory")));
    }

    @Test
    void tooManyOpenFiles() {
        assertEquals(
                "no socket left for /127.0.0.1:5005 (Too many open files)."
                        + " Close what is no longer used.",
                explain(new SocketException("Too many open files")));
    }

    @Test
    void noRoute() {
        assertEquals(
                "no route leads to /127.0.0.1:5005 (Network is unreachable)."
                        + " Check the address, and the network.",
                explain(new SocketException("Network is unreachable")));
        assertEquals(
                "no route leads to /127.0.0.1:5005 (No route to host)."
                        + " Check the address, and the network.",
                explain(new NoRouteToHostException("No route to host")));
    }

    @Test
    void whateverElse() {
        assertEquals(
                "/127.0.0.1:5005 failed (Socket closed). Search for the words in parentheses.",
                explain(new SocketException("Socket closed")));
        assertEquals(
                "/127.0.0.1:5005 failed (IOException). Search for the words in parentheses.",
                explain(new IOException()));
    }

    private static String explain(Executable call, InetSocketAddress address) {
        return Failure.explain(assertThrows(IOException.class, call), address);
    }

    private static String explain(IOException e) {
        return Failure.explain(e, PEER);
    }
}
