package course.programs;

import static course.programs.Programs.command;
import static course.programs.Programs.stop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lesson 4's server with 64 descriptors, and 90 clients who hold on: it lives, says what is wrong
 * without flooding the terminal, and serves as before when they have gone.
 */
@Isolated("measures the processor")
class OutOfDescriptorsTest {

    private static final List<String> LIMITED =
            List.of("bash", "-c", "ulimit -n 64 && exec \"$@\"", "-");

    @Test
    void serverWithoutDescriptorsRestsAndServesAgainAndLeaksNone() throws Exception {
        assumeTrue(Descriptors.areSeen(), "no /proc/self/fd here");
        List<Socket> clients = new ArrayList<>();
        try (Program server = command(4, "Server", "localhost", "0").under(LIMITED).start()) {
            int port = server.awaitPort();
            long before = Descriptors.atRest(server);
            for (int i = 0; i < 90; i++) {
                clients.add(Sockets.connect(port));
            }
            server.err().await("server: no socket left .*\\(Too many open files\\).*");
            assertRests(server);
            close(clients);
            Sockets.converse(port);
            Descriptors.awaitAtMost(before, server);
            stop(server);
        } finally {
            close(clients);
        }
    }

    /** Looks for two seconds at what it prints, and how much of the processor it takes. */
    private static void assertRests(Program server) throws InterruptedException {
        int linesBefore = server.err().lines().size();
        long cpuBefore = server.cpuMillis();
        TimeUnit.SECONDS.sleep(2);
        int lines = server.err().lines().size() - linesBefore;
        long cpu = server.cpuMillis() - cpuBefore;
        assertTrue(1 <= lines && lines <= 22, () -> lines + " lines in two seconds");
        assertTrue(cpu < 600, () -> "it spins: " + cpu + " ms of the processor in two seconds");
    }

    private static void close(List<Socket> clients) throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }
}
