package course.ide;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import course.process.Output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Eclipse's language server, as VS Code drives it: a folder opened, and what is shown of it. */
final class LanguageServer implements AutoCloseable {

    private final Process process;
    private final Messages messages;
    private final AtomicInteger ids = new AtomicInteger();
    private final Path folder;

    /** Starts it, and waits until it has imported {@code folder} and built all of it. */
    LanguageServer(ProcessBuilder command, Path folder, Map<String, ?> options) throws IOException {
        this.folder = folder;
        process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        messages =
                new Messages(
                        process.getInputStream(),
                        process.getOutputStream(),
                        2 * Output.PATIENCE_SECONDS,
                        this::answer);
        Map<String, Object> hello = new LinkedHashMap<>();
        hello.put("processId", ProcessHandle.current().pid());
        hello.put("rootUri", uri(folder));
        hello.put("workspaceFolders", List.of(named(folder)));
        hello.put("initializationOptions", options);
        hello.put("capabilities", Map.of("workspace", Map.of("workspaceFolders", true)));
        request("initialize", hello);
        tell("initialized", Map.of());
        messages.await(0, m -> type(m).equals("ServiceReady"), "the end of the import");
        request("java/buildWorkspace", true);
    }

    static String uri(Path path) {
        return path.toUri().toString().replaceFirst("/$", "");
    }

    private static Map<String, Object> named(Path folder) {
        return Map.of("uri", uri(folder), "name", "" + folder.getFileName());
    }

    private static String method(JsonNode message) {
        return message.path("method").asText();
    }

    private static String type(JsonNode message) {
        return message.at("/params/type").asText();
    }

    /** What the server asks of the editor is answered with nothing. */
    private void answer(JsonNode message) {
        if (message.has("id") && message.has("method")) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("jsonrpc", "2.0");
            answer.put("id", message.get("id"));
            answer.put("result", null);
            messages.send(answer);
        }
    }

    private void tell(String method, Object parameters) {
        messages.send(Map.of("jsonrpc", "2.0", "method", method, "params", parameters));
    }

    private JsonNode request(String method, Object parameters) {
        int id = ids.incrementAndGet();
        int from = messages.count();
        messages.send(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters));
        Predicate<JsonNode> answers = m -> m.path("id").asInt() == id && !m.has("method");
        JsonNode answer = messages.await(from, answers, "the answer to " + method);
        assertTrue(!answer.has("error"), () -> method + " " + parameters + ": " + answer);
        return answer.path("result");
    }

    /** Runs one of the commands that the server and its plugins have. */
    JsonNode command(String name, Object... arguments) {
        Map<String, Object> command = Map.of("command", name, "arguments", List.of(arguments));
        return request("workspace/executeCommand", command);
    }

    /**
     * Tells the server of a new file, and waits until a problem of it is shown. While projects are
     * still changed the server may miss that, so it is told again.
     */
    void awaitProblem(Path file) {
        Map<String, Object> change = Map.of("uri", uri(file), "type", 1);
        Predicate<JsonNode> isShown =
                m -> about(m).equals(uri(file)) && !m.at("/params/diagnostics").isEmpty();
        for (int seconds = 10; seconds < 2 * Output.PATIENCE_SECONDS; seconds *= 2) {
            tell("workspace/didChangeWatchedFiles", Map.of("changes", List.of(change)));
            if (messages.find(0, isShown, seconds) != null) {
                return;
            }
        }
        throw new AssertionError("no problem is shown in " + file + ", but " + problems());
    }

    /** Returns every error and every warning that is shown now. */
    List<String> problems() {
        Map<String, List<String>> newest = new TreeMap<>();
        for (JsonNode message : messages.soFar()) {
            if (about(message).startsWith(uri(folder))) {
                newest.put(about(message), shown(message));
            }
        }
        return newest.values().stream().flatMap(List::stream).toList();
    }

    private static String about(JsonNode message) {
        boolean found = method(message).equals("textDocument/publishDiagnostics");
        return found ? message.at("/params/uri").asText() : "";
    }

    private List<String> shown(JsonNode message) {
        List<String> shown = new ArrayList<>();
        for (JsonNode problem : message.at("/params/diagnostics")) {
            int severity = problem.path("severity").asInt();
            if (severity <= 2) { // 1 is an error, 2 a warning; the others are hints
                String file = about(message).substring(uri(folder).length());
                int line = problem.at("/range/start/line").asInt() + 1;
                String what = severity == 1 ? "error" : "warning";
                String text = problem.path("message").asText();
                shown.add("%s:%d: %s: %s".formatted(file, line, what, text));
            }
        }
        return shown;
    }

    @Override
    public void close() {
        try {
            request("shutdown", Map.of());
            tell("exit", Map.of());

            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
