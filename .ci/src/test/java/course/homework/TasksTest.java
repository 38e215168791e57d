package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.Course;

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
        Set<String> faults = new Prove(COURSE, prover).tasks(List.of(task));
        assertEquals("", String.join("\n", faults));
    }
}
