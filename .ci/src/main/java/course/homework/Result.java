package course.homework;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of an answer.
 *
 * @param outcomes those of the tests that ended
 * @param broken why it did not come to its end, or empty
 * @param last the test that had begun last, where it did not
 */
record Result(List<Outcome> outcomes, String broken, String last, double seconds) {

    /** One that never ran. */
    static Result broken(String why) {
        return new Result(List.of(), why, "", 0);
    }

    boolean isWhole() {
        return broken.isEmpty();
    }

    /** The names of the tests, in the order in which they ended first. */
    Set<String> tests() {
        return outcomes.stream()
                .map(Outcome::test)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** How a test ended: the worst, where it ran several times with different arguments. */
    Outcome of(int run, String test) {
        return outcomes.stream()
                .filter(outcome -> outcome.run() == run && outcome.test().equals(test))
                .min(Comparator.comparing(Outcome::passed))
                .orElse(new Outcome(run, test, "nothing", "no result"));
    }
}
