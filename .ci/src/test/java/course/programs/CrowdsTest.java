package course.programs;

import static course.programs.Programs.command;
import static course.programs.Programs.server;
import static course.programs.Programs.stop;
import static course.programs.Sockets.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lesson 4's server, and many more clients at once than it has threads. */
@Isolated("measures time")
class CrowdsTest {

    @Test
    void burstOfNineHundredIsAnsweredExactlyAndSoon(TestReporter reporter) throws Exception {
        assumeDescriptors(1_000);
        try (Program server = server(4)) {
            int port = server.awaitPort();
            double seconds = converse(900, port);
            reporter.publishEntry("900 conversations took %.1f s".formatted(seconds));
            assertTrue(seconds < 5, () -> "it took " + seconds + " s");
            stop(server);
        }
    }

    @Test
    void fourHundredClientsOfAServerWith256DescriptorsAreAllServed() throws Exception {
        assumeDescriptors(500);
        List<String> limited = List.of("bash", "-c", "ulimit -n 256 && exec \"$@\"", "-");
        try (Program server = command(4, "Server", "localhost", "0").under(limited).start()) {
            converse(400, server.awaitPort());
            assertTrue(server.err().lines().isEmpty(), () -> "it complained" + server.err());
            stop(server);
        }
    }

    /**
     * Connects all clients before the first of them reads, and returns the seconds that it took.
     */
    private static double converse(int count, int port) throws IOException {
        List<Socket> clients = new ArrayList<>();
        long start = System.nanoTime();
        try {
            for (int i = 0; i < count; i++) {
                Socket client = Sockets.connect(port);
                clients.add(client);
                client.getOutputStream().write(random(4_000, i));
                client.shutdownOutput();
            }
            for (int i = 0; i < count; i++) {
                byte[] answer = clients.get(i).getInputStream().readAllBytes();
                assertArrayEquals(random(4_000, i), answer, "the answer to client " + i);
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    /** The JVM itself raises its limit up to the hard one, here and in the server. */
    private static void assumeDescriptors(int count) {
        String limit = Command.bash(Path.of(""), "ulimit -Hn").lines().get(0);
        boolean enough = limit.equals("unlimited") || Long.parseLong(limit) >= count;
        assumeTrue(enough, "only " + limit + " descriptors here");
    }
}
