package lesson04;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;

/** A host and a port are taken apart by a space, and nothing else is taken for either. */
class ArgumentsTest {

    @Test
    void withoutArgumentsTheDefaultIsTaken() {
        assertEquals(
                new InetSocketAddress("localhost", 5000),
                Arguments.address(new String[0], "localhost", 5000));
    }

    @Test
    void hostAloneHasTheDefaultPort() {
        assertEquals(
                new InetSocketAddress("127.0.0.2", 5000),
                Arguments.address(new String[] {"127.0.0.2"}, "localhost", 5000));
    }

    @Test
    void hostAndPortAreTaken() {
        assertEquals(
                new InetSocketAddress("127.0.0.2", 6000),
                Arguments.address(new String[] {"127.0.0.2", "6000"}, "localhost", 5000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "[::1]", "1:2:3:4:5:6:7:8", "a..b"})
    void hostCanBeANameOrAnAddress(String host) {
        assertTrue(Arguments.areFine(new String[] {host}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6000", "localhost:", "127.0.0.1:80", "[::1]:80", ":80"})
    void hostAndPortInOneAreRefused(String both) {
        assertFalse(Arguments.areFine(new String[] {both}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6000", "\u0666\u0660\u0660\u0660", "", " ", "-h", "--help", "-1"})
    void portAloneAndOptionsAreNoHosts(String text) {
        assertFalse(Arguments.areFine(new String[] {text}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "80", "65535", "00080"})
    void portIsANumberUpTo65535(String port) {
        assertTrue(Arguments.areFine(new String[] {"localhost", port}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "+1", "", "http", "\u0666\u0660\u0660\u0660", "100000"})
    void nothingElseIsAPort(String text) {
        assertFalse(Arguments.areFine(new String[] {"localhost", text}));
    }

    @Test
    void threeArgumentsAreTooMany() {
        assertFalse(Arguments.areFine(new String[] {"localhost", "6000", "now"}));
    }
}
