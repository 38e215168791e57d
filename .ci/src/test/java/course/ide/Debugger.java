package course.ide;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import course.process.Command;
import course.process.Output;
import course.process.Program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One program, started by the debugger in a terminal, as VS Code starts an entry of its list. */
final class Debugger implements AutoCloseable {

    private final Socket socket;
    private final Messages messages;
    private final AtomicInteger numbers = new AtomicInteger();
    private final BlockingQueue<Program> terminals = new LinkedBlockingQueue<>();
    private final Program program;

    /** Starts what the entry {@code launch} of the list says, without a breakpoint. */
    Debugger(LanguageServer server, JsonNode launch, Path folder) throws Exception {
        int port = server.command("vscode.java.startDebugSession").asInt();
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        messages =
                new Messages(
                        socket.getInputStream(),
                        socket.getOutputStream(),
                        Output.PATIENCE_SECONDS,
                        this::openTerminal);
        answerTo(
                request(
                        "initialize",
                        Map.of("adapterID", "java", "supportsRunInTerminalRequest", true)));
        int started = request("launch", arguments(server, launch, folder));
        answerTo(started);
        messages.await(
                0, m -> m.path("event").asText().equals("initialized"), "the program's start");
        answerTo(request("configurationDone", Map.of()));
        program = terminals.poll(Output.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(program != null, "the debugger opened no terminal");
    }

    /** What VS Code adds to an entry: the class path and the JDK, as the server resolves them. */
    private static Map<String, Object> arguments(
            LanguageServer server, JsonNode launch, Path folder) {
        Map<String, Object> all = new LinkedHashMap<>();
        launch.properties().forEach(property -> all.put(property.getKey(), property.getValue()));
        String mainClass = launch.path("mainClass").asText();
        String project = launch.path("projectName").asText();
        JsonNode paths = server.command("vscode.java.resolveClasspath", mainClass, project);
        all.put("modulePaths", paths.get(0));
        all.put("classPaths", paths.get(1));
        all.put(
                "javaExec",
                server.command("vscode.java.resolveJavaExecutable", mainClass, project));
        all.put("cwd", folder.toString());
        return all;
    }

    private int request(String command, Map<String, ?> arguments) {
        int number = numbers.incrementAndGet();
        messages.send(
                Map.of(
                        "seq",
                        number,
                        "type",
                        "request",
                        "command",
                        command,
                        "arguments",
                        arguments));
        return number;
    }

    private void answerTo(int number) {
        JsonNode answer =
                messages.await(
                        0,
                        m -> m.path("request_seq").asInt() == number,
                        "the answer to the request " + number);
        assertTrue(answer.path("success").asBoolean(), () -> "" + answer);
    }

    /** The debugger asks for a terminal, in which the program is started. */
    private void openTerminal(JsonNode message) {
        if (!message.path("command").asText().equals("runInTerminal")) {
            return;
        }
        JsonNode wanted = message.path("arguments");
        List<String> words = new ArrayList<>();
        wanted.path("args").forEach(word -> words.add(word.asText()));
        Program started = Command.of(Path.of(wanted.path("cwd").asText()), words).merged().start();
        terminals.add(started);
        messages.send(
                Map.of(
                        "seq",
                        numbers.incrementAndGet(),
                        "type",
                        "response",
                        "request_seq",
                        message.path("seq"),
                        "success",
                        true,
                        "command",
                        "runInTerminal",
                        "body",
                        Map.of("shellProcessId", started.pid())));
    }

    /** Returns the program, whose output and input are those of the terminal. */
    Program program() {
        return program;
    }

    /** Waits until the debugger knows that the program has ended. */
    void awaitEnd() {
        messages.await(0, m -> m.path("event").asText().equals("terminated"), "the program's end");
    }

    /** The red square: ends the program. */
    void stop() {
        answerTo(request("disconnect", Map.of("terminateDebuggee", true)));
        program.status();
    }

    @Override
    public void close() throws IOException {
        program.close();
        socket.close();
    }
}
