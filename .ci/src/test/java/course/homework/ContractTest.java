package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

final class ContractTest {

    @Test
    void itemsReadAsTheyAreShown() {
        String stub =
                """
                /**
                 * Doubles; {@code 2 * n} is what explains, and no item.
                 *
                 * <ul>
                 *   <li>{@link #twice(int)} returns {@code n + n} (or {@code a[i] = {1}}), see {@link
                 *       java.net.Socket#bind(A, B)}.
                 *   <li>A {@link Number number} is <i>at most</i> &lt; 3.</li>
                 *   <li>Free: threads as you like.
                 * </ul>
                 */
                final class Twice {
                    /** <ol><li>Never throws.</ol> */
                    int twice(int n) { /* <li>no comment of the contract */ return n; }
                }
                """;
        assertEquals(
                List.of(
                        "twice(int) returns n + n (or a[i] = {1}), see Socket.bind(A, B).",
                        "A number is at most < 3.", "Free: threads as you like.", "Never throws."),
                Contract.items(stub));
    }
}
