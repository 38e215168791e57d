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
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;

/** Each failure becomes one line: what happened, the system's words, and what to do next. */
class FailureTest {

    /** An address for the failures that a test cannot cause. */
    private static final InetSocketAddress WEB =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

    @Test
    void refusedSaysToStartTheServer() throws IOException {
        // A client's port: it is taken, so nobody else listens there meanwhile.
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Socket taken = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket client = new Socket()) {
            SocketAddress address = taken.getLocalSocketAddress();
            assertExplained(
                    "nobody listens on %s (%s). Start the server first.",
                    address, assertThrows(IOException.class, () -> client.connect(address)));
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
                    "%s does not answer (%s). It is busy, or behind a firewall.",
                    address, assertThrows(IOException.class, () -> third.connect(address, 200)));
        }
    }

    /** Java says nothing of a connect whose time was over before it called the kernel. */
    @Test
    void timedOutWithoutWordsSaysTheSame() {
        assertEquals(
                WEB
                        + " does not answer (SocketTimeoutException)."
                        + " It is busy, or behind a firewall.",
                Failure.explain(new SocketTimeoutException(), WEB));
    }

    @Test
    void kernelThatGaveUpSaysTheSame() {
        // Constructed: it gives up after minutes. Linux, macOS and Windows say it like this.
        for (String words :
                List.of(
                        "Connection timed out",
                        "Operation timed out",
                        "Connection timed out: getsockopt")) {
            assertExplained(
                    "%s does not answer (%s). It is busy, or behind a firewall.",
                    WEB, new ConnectException(words));
        }
    }

    @Test
    void unknownHostSaysToCheckItsSpelling() throws IOException {
        SocketAddress address = new InetSocketAddress("a..b", 5003);
        try (Socket client = new Socket();
                ServerSocket listener = new ServerSocket()) {
            String sentence = "nobody knows the host in %s (%s). Check how it is spelled.";
            assertExplained(
                    sentence,
                    address,
                    assertThrows(IOException.class, () -> client.connect(address)));
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
        try (Socket client = new Socket()) {
            assertExplained(
                    "no route leads to %s (%s). Check the address, and the network.",
                    address, assertThrows(IOException.class, () -> client.connect(address)));
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
    void whatIsNotAllowedSaysToNameAnotherPort() {
        // Constructed: root may bind any port, and it takes a firewall to deny a connect, which may
        // be to any port.
        InetSocketAddress high = new InetSocketAddress(WEB.getAddress(), 5004);
        for (InetSocketAddress address : List.of(WEB, high)) {
            assertExplained(
                    "the system does not allow %s (%s). Name another port.",
                    address, new BindException("Permission denied"));
        }
    }

    @Test
    void machineWithoutIPv6SaysToNameIPv4() {
        // Constructed: most machines have IPv6. JDK 17 says it as here, JDK 25 with IPv6 before it.
        assertExplained(
                "%s needs IPv6, which this machine lacks (%s). Name 127.0.0.1.",
                new InetSocketAddress("::1", 5003),
                new SocketException("Protocol family unavailable"));
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
                "no route leads to %s (%s). Check the address, and the network.",
                WEB, new NoRouteToHostException("No route to host"));
    }

    @Test
    void otherWordsAreToBeSearchedFor() {
        assertExplained(
                "%s failed (%s). Search for the words in parentheses.",
                WEB, new SocketException("Out of order"));
    }

    @Test
    void failureWithoutWordsIsNamedByItsClass() {
        assertEquals(
                WEB + " failed (ConnectException). Search for the words in parentheses.",
                Failure.explain(new ConnectException(), WEB));
    }

    /** In Turkish the lower case of I is no i. */
    @Test
    void wordsAreFoundInAnyLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            assertExplained(
                    "%s is taken (%s). Stop the program that has it, or name another port.",
                    WEB, new BindException("ADDRESS ALREADY IN USE"));
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Asserts that {@code e} at {@code address} becomes {@code sentence}, with both in it. */
    private static void assertExplained(String sentence, SocketAddress address, IOException e) {
        assertEquals(String.format(sentence, address, e.getMessage()), Failure.explain(e, address));
    }
}
