package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.Course;
import course.Jdk;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Proves the tests of each task: {@code bash .ci/prove} does the same for a person. */
@Isolated("answers wait for each other, and tests bound how long")
final class TasksTest {

    private static final Course COURSE = Course.find();

    /** How often each solution must pass; a person asks for 20 times, as often as it takes. */
    private static final int TIMES = Jdk.version() == 17 ? 4 : 2;

    private static Prover prover;

    @BeforeAll
    static void startProver() throws IOException {
        prover = new Prover();
    }

    @AfterAll
    static void endProver() {
        prover.close();
    }

    static Stream<String> tasks() {
        return Tasks.in(COURSE, List.of()).stream().map(Task::name);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void eachAnswerEndsAsItMust(String task) throws Exception {
        Set<String> faults =
                new Prove(COURSE, prover, TIMES, 1, Prove.WAIT_SECONDS).tasks(List.of(task));
        assertEquals("", String.join("\n", faults));
    }
}
