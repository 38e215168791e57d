package course.homework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** One student's rows in the forms that graders of others read: a point for each test. */
final class Formats {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Formats() {}

    /** The {@code results.json} of Gradescope. */
    static String gradescope(List<Row> rows) {
        ObjectNode results = JSON.createObjectNode();
        StringBuilder output = new StringBuilder();
        ArrayNode tests = results.putArray("tests");
        for (Row row : rows) {
            output.append(row.task() + ": " + row.state() + "\n");
            for (Outcome outcome : row.tests()) {
                ObjectNode test = tests.addObject();
                test.put("name", row.task() + " " + outcome.test());
                test.put("score", outcome.passed() ? 1 : 0);
                test.put("max_score", 1);
                test.put("output", outcome.passed() ? "" : outcome.message());
            }
        }
        results.put("output", output.toString());
        return text(results);
    }

    /** What the {@code result.json} of Classroom 50 has besides the names of the submission. */
    static String classroom50(List<Row> rows) {
        ObjectNode result = JSON.createObjectNode();
        result.put("score", rows.stream().mapToLong(Row::done).sum());
        result.put("max-score", rows.stream().mapToLong(row -> row.tests().size()).sum());
        ArrayNode tests = result.putArray("tests");
        for (Row row : rows) {
            for (Outcome outcome : row.tests()) {
                ObjectNode test = tests.addObject();
                test.put("test-name", row.task() + " " + outcome.test());
                test.put("passed", outcome.passed());
                test.put("score", outcome.passed() ? 1 : 0);
                test.put("max-score", 1);
                test.put("message", outcome.passed() ? "" : outcome.message());
            }
        }
        return text(result);
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
