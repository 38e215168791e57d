package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.Course;
import course.Jdk;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Proves the tests of each task: {@code bash .ci/prove} does the same for a person. */
@Isolated("answers wait for each other, and tests bound how long")
final class TasksTest {

    private static final Course COURSE = Course.find();

    /** How often each solution must pass; a person asks for 20 times, as often as it takes. */
    private static final int TIMES = 2;

    private static Prover prover;
    private static Prove.Running running;

    @BeforeAll
    static void start() throws Exception {
        prover = new Prover();
        Prove prove = new Prove(COURSE, prover, TIMES, 1, Prove.WAIT_SECONDS);
        List<Task> tasks = Tasks.in(COURSE, List.of());
        Set<String> chosen = new HashSet<>(); // all
        if (Jdk.version() > 17) {
            System.out.println("left out: the mistakes in the homework: JDK 17 has proved them");
            tasks.forEach(task -> chosen.addAll(task.solutions()));
        }
        running = prove.start(tasks, chosen);
    }

    @AfterAll
    static void end() {
        running.close();
        prover.close();
    }

    @TestFactory
    Stream<DynamicTest> eachAnswerEndsAsItMust() {
        return Tasks.in(COURSE, List.of()).stream()
                .map(task -> DynamicTest.dynamicTest(task.name(), () -> check(task)));
    }

    private static void check(Task task) throws Exception {
        assertEquals("", String.join("\n", running.end(task)));
    }
}
