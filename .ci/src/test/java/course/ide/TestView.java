package course.ide;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.Jdk;
import course.Lesson;
import course.process.Command;
import course.process.Output;
import course.process.Program;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;

/** What Eclipse's JUnit view is told of the tests of a class: it listens while they run. */
final class TestView {

    private TestView() {}

    /** Runs a test class with Eclipse's runner, and returns the lines that it sends. */
    static List<String> of(Lesson lesson, List<String> path, String testClass) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket view = new ServerSocket(0, 1, loopback)) {
            view.setSoTimeout(1_000 * Output.PATIENCE_SECONDS);
            Command command =
                    Command.of(lesson.folder(), Jdk.program("java"), "-cp")
                            .with(String.join(File.pathSeparator, path))
                            .with("org.eclipse.jdt.internal.junit.runner.RemoteTestRunner")
                            .with("-version", "3", "-port", "" + view.getLocalPort())
                            .with("-testLoaderClass")
                            .with("org.eclipse.jdt.internal.junit5.runner.JUnit5TestLoader")
                            .with("-loaderpluginname", "org.eclipse.jdt.junit5.runtime")
                            .with("-classNames", testClass);
            try (Program runner = command.merged().start()) {
                ProcessHandle process = ProcessHandle.of(runner.pid()).orElseThrow();
                process.onExit().thenRun(() -> close(view)); // it need not have connected
                return lines(view, runner);
            }
        }
    }

    private static List<String> lines(ServerSocket view, Program runner) throws IOException {
        try (Socket socket = view.accept();
                InputStreamReader told = new InputStreamReader(socket.getInputStream(), UTF_8)) {
            return new BufferedReader(told).lines().toList();
        } catch (SocketException e) {
            throw new AssertionError("no view was opened" + runner.out(), e);
        }
    }

    private static void close(ServerSocket view) {
        try {
            view.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
