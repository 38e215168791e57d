package course.readme.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PortsTest {

    private final Ports ports = Ports.oneToOne();

    @Test
    void aPortIsAnyButTheSameEachTime() {
        assertTrue(ports.same("a:1234 b:1234 :5003", "a:99 b:99 :5003"));
        assertFalse(ports.same("a:1234", "a:98"));
    }

    @Test
    void twoPortsAreNotOne() {
        assertTrue(ports.same("a:1234", "a:99"));
        assertFalse(ports.same("a:777", "a:99"));
    }

    @Test
    void aLessonsPortIsItself() {
        assertFalse(ports.same(":5003", ":5004"));
    }
}
