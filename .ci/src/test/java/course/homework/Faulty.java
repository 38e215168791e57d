package course.homework;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** For tests that make a fault in a made course, and see it told with its file. */
abstract class Faulty {

    private static final int TIMES = 5;

    /** Shared by the classes, which run at the same time; it ends with the JVM. */
    private static final Prover PROVER = prover();

    @TempDir Path folder;

    private static Prover prover() {
        try {
            return new Prover();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> faults(Made made, String... only) throws Exception {
        return new Prove(made.course(), PROVER, TIMES, 2, 60).tasks(List.of(only));
    }

    static Set<String> faults(Made made, int seconds) throws Exception {
        return new Prove(made.course(), PROVER, TIMES, 2, seconds).tasks(List.of());
    }

    static Arguments fault(String what, String told, UnaryOperator<Made> change) {
        return Arguments.of(what, told, change);
    }

    void check(String told, UnaryOperator<Made> change) throws Exception {
        Set<String> faults = faults(change.apply(new Made(folder)));
        assertTrue(
                faults.stream().anyMatch(fault -> fault.contains(told)),
                () -> "expected: " + told + "\ngot:\n" + String.join("\n", faults));
    }
}
