package lesson03;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/** Each failure becomes one line: what happened, the system's words, and what to do next. */
class FailureTest {

    /** An address for the failures that a test cannot cause. */
    private static final SocketAddress WEB =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

    @Test
    void refusedSaysToStartTheServer() throws IOException {
        try (Socket bound = new Socket();
                Socket caller = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketAddress address = bound.getLocalSocketAddress();
            assertExplained(
                    "nobody listens on %s (%s). Start the server first.",
                    address, assertThrows(IOException.class, () -> caller.connect(address)));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void timedOutSaysThatTheOtherEndIsBusy() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket();
                Socket second = new Socket();
                Socket third = new Socket()) {
            SocketAddress address = listener.getLocalSocketAddress();
            first.connect(address);
            second.connect(address);
            assertExplained(
                    "%s does not answer (%s). It is busy, or a firewall is silent.",
                    address, assertThrows(IOException.class, () -> third.connect(address, 50)));
        }
    }

    @Test
    void unknownHostSaysToCheckItsSpelling() throws IOException {
        SocketAddress address = new InetSocketAddress("a..b", 5003);
        try (Socket caller = new Socket();
                ServerSocket listener = new ServerSocket()) {
            String sentence = "nobody knows the host in %s (%s). Check how it is spelled.";
            assertExplained(
                    sentence,
                    address,
                    assertThrows(IOException.class, () -> caller.connect(address)));
            assertExplained(
                    sentence,
                    address,
                    assertThrows(IOException.class, () -> listener.bind(address)));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void unreachableSaysToCheckTheAddress() throws IOException {
        SocketAddress address = new InetSocketAddress("127.255.255.255", 5003);
        try (Socket caller = new Socket()) {
            assertExplained(
                    "no way leads to %s (%s). Check the address, and the network.",
                    address, assertThrows(IOException.class, () -> caller.connect(address)));
        }
    }

    @Test
    void takenPortSaysToStopItsOwner() throws IOException {
        try (ServerSocket owner = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServerSocket listener = new ServerSocket()) {
            SocketAddress address = owner.getLocalSocketAddress();
            assertExplained(
                    "%s is taken (%s). Stop the program that has it, or name another port.",
                    address, assertThrows(IOException.class, () -> listener.bind(address)));
        }
    }

    @Test
    void addressOfAnotherMachineSaysToNameOneOfThis() throws IOException {
        SocketAddress address = new InetSocketAddress("203.0.113.1", 0);
        try (ServerSocket listener = new ServerSocket()) {
            assertExplained(
                    "%s is not on this machine (%s). Name localhost, or an address of its own.",
                    address, assertThrows(IOException.class, () -> listener.bind(address)));
        }
    }

    @Test
    void privilegedPortSaysToNameAHigherOne() {
        assertExplained(
                "%s is privileged (%s). Name a port of 1024 or more.",
                WEB, new BindException("Permission denied"));
    }

    @Test
    void tooManyOpenFilesSaysToCloseWhatIsNotUsed() {
        assertExplained(
                "no socket left for %s (%s). Close what is no longer used.",
                WEB, new SocketException("Too many open files"));
    }

    @Test
    void noRouteSaysToCheckTheAddress() {
        assertExplained(
                "no way leads to %s (%s). Check the address, and the network.",
                WEB, new NoRouteToHostException("No route to host"));
    }

    @Test
    void otherWordsAreSaidToBeTheSystems() {
        assertExplained(
                "%s failed (%s). The words in parentheses are the system's.",
                WEB, new SocketException("Out of order"));
    }

    @Test
    void failureWithoutWordsIsNamedByItsClass() {
        assertEquals(
                WEB + " failed (ConnectException). The words in parentheses are the system's.",
                Failure.explain(new ConnectException(), WEB));
    }

    /** Asserts that {@code e} at {@code address} becomes {@code sentence}, with both in it. */
    private static void assertExplained(String sentence, SocketAddress address, IOException e) {
        assertEquals(String.format(sentence, address, e.getMessage()), Failure.explain(e, address));
    }
}
