package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The forms are those that the services document. */
final class FormatsTest {

    /** gradescope-autograders.readthedocs.io/en/latest/specs */
    private static final Set<String> GRADESCOPE =
            Set.of("score", "execution_time", "output", "visibility", "stdout_visibility", "tests");

    private static final Set<String> GRADESCOPE_TEST =
            Set.of(
                    "score",
                    "max_score",
                    "status",
                    "name",
                    "number",
                    "output",
                    "tags",
                    "visibility");

    private final List<Row> rows =
            List.of(
                    new Row(
                            "ann",
                            "Twice",
                            "wrong",
                            1,
                            List.of(
                                    new Outcome(1, "first", "passed", ""),
                                    new Outcome(1, "second", "failed", "got \"3\""))));

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void gradescopeGetsAPointForEachTest() throws Exception {
        JsonNode results = new ObjectMapper().readTree(Formats.gradescope(rows));
        assertTrue(GRADESCOPE.containsAll(names(results)), "" + names(results));
        JsonNode tests = results.get("tests");
        assertEquals(2, tests.size());
        tests.forEach(test -> assertTrue(GRADESCOPE_TEST.containsAll(names(test)), "" + test));
        assertEquals(
                "{\"name\":\"Twice second\",\"score\":0,\"max_score\":1,\"output\":\"got"
                        + " \\\"3\\\"\"}",
                "" + tests.get(1));
        assertEquals(1, tests.get(0).get("score").asInt());
        assertTrue(results.get("output").asText().contains("Twice: wrong"));
    }

    @Test
    void classroom50GetsTheSums() throws Exception {
        JsonNode result = new ObjectMapper().readTree(Formats.classroom50(rows));
        assertEquals(1, result.get("score").intValue());
        assertEquals(2, result.get("max-score").intValue());
        JsonNode second = result.get("tests").get(1);
        assertEquals("Twice second", second.get("test-name").asText());
        assertEquals(false, second.get("passed").booleanValue());
        assertEquals(0, second.get("score").intValue());
        assertEquals(1, second.get("max-score").intValue());
    }
}
