package checks;

import static checks.Checks.await;
import static checks.Checks.checkAlone;
import static checks.Checks.expect;
import static checks.Checks.expectBytes;
import static checks.Checks.expectTrue;
import static checks.Checks.note;
import static checks.Checks.skipIf;
import static checks.Checks.within;
import static checks.Program.java;
import static checks.Program.javaCommand;
import static checks.Program.start;
import static checks.Sockets.random;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lesson 4's server, and more callers than it has places or descriptors for. */
final class Crowds {

    /** How many conversations lesson 4's server holds at a time. */
    private static final int CONVERSATIONS = 1_000;

    private Crowds() {}

    static void add() throws Exception {
        checkAlone("lesson04.Server out of descriptors rests, and leaks none", Crowds::starve);
        checkAlone("lesson04.Server holds 1,000 conversations, and one waits", Crowds::burst);
    }

    private static void starve() throws Exception {
        skipIf(!Files.isDirectory(Path.of("/proc/self/fd")), "no /proc/self/fd");
        List<String> limited = List.of("bash", "-c", "ulimit -n 64; exec \"$@\"", "-");
        List<String> command = javaCommand("lesson04.Server", "localhost", "0");
        List<Socket> callers = new ArrayList<>();
        try (Program server = start(Program.ROOT, limited, command)) {
            int port = server.port();
            long before = descriptorsAtRest(server);

            connect(200, port, callers);
            server.err.await("server: no socket left .*\\(Too many open files\\).*");
            rests(server);

            close(callers);
            Sockets.converse(port);
            await(before + " descriptors", () -> descriptors(server) <= before);
            server.stop();
        } finally {
            close(callers);
        }
    }

    /** Checks that the server takes little of the processor in a second without any event. */
    private static void rests(Program server) throws InterruptedException {
        long before = server.cpuMillis();
        TimeUnit.SECONDS.sleep(1);
        long used = server.cpuMillis() - before;
        expectTrue(used < 300, "it spins: " + used + " ms of the processor in a second");
    }

    private static long descriptors(Program server) {
        return new File("/proc/" + server.pid() + "/fd").list().length;
    }

    /** Waits until the number of descriptors has stayed the same for a while. */
    private static long descriptorsAtRest(Program server) throws InterruptedException {
        long count = descriptors(server);
        for (int same = 0; same < 20; same++) {
            TimeUnit.MILLISECONDS.sleep(10);
            long next = descriptors(server);
            if (next != count) {
                count = next;
                same = 0;
            }
        }
        return count;
    }

    private static void burst() throws Exception {
        skipIf(hardLimit() < CONVERSATIONS + 200, "at most " + hardLimit() + " descriptors");
        List<Socket> callers = new ArrayList<>();
        try (Program server = java("lesson04.Server", "localhost", "0")) {
            int port = server.port();
            double seconds =
                    within(
                            10,
                            () -> {
                                connect(CONVERSATIONS, port, callers);
                                converse(callers);
                            });
            note(String.format("all have begun and got their bytes back in %.1f s", seconds));
            nextWaits(port, callers);
            server.stop();
        } finally {
            close(callers);
        }
    }

    /** The JVM itself raises its limit up to this one, in the server and here. */
    private static long hardLimit() throws Exception {
        try (Program bash = start(Program.ROOT, List.of("bash", "-c", "ulimit -Hn"))) {
            String limit = bash.out.text().strip();
            return limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit);
        }
    }

    private static void converse(List<Socket> callers) throws IOException {
        for (int i = 0; i < callers.size(); i++) {
            callers.get(i).getOutputStream().write(random(4_000, i));
        }
        for (int i = 0; i < callers.size(); i++) {
            expectBytes(random(4_000, i), callers.get(i).getInputStream().readNBytes(4_000));
        }
    }

    /** With all places taken, one more is served when another has left. */
    private static void nextWaits(int port, List<Socket> callers) throws IOException {
        try (Socket next = Sockets.connect(port)) {
            next.getOutputStream().write('x');
            expectTrue(isSilent(next), "one more was served at the same time");
            callers.get(CONVERSATIONS / 2).close();
            expect((int) 'x', next.getInputStream().read());
        }
    }

    private static boolean isSilent(Socket socket) throws IOException {
        int patience = socket.getSoTimeout();
        socket.setSoTimeout(300);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(patience);
        }
    }

    private static void connect(int count, int port, List<Socket> callers) throws IOException {
        for (int i = 0; i < count; i++) {
            callers.add(Sockets.connect(port));
        }
    }

    private static void close(List<Socket> callers) throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
    }
}
