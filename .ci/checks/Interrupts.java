package checks;

import static checks.Checks.checkAlone;
import static checks.Checks.expect;
import static checks.Checks.needs;
import static checks.Checks.within;
import static checks.Program.folder;
import static checks.Program.javaCommand;
import static checks.Program.mavenCommand;
import static checks.Program.start;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** Ctrl-C ends a server, and its port is free for the next. */
final class Interrupts {

    /** A shell that starts something in the background makes it ignore Ctrl-C: not this. */
    private static final List<String> HEARING =
            List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV");

    private Interrupts() {}

    /** Alone, each: another check could be given the port that is free for a moment. */
    static void add() throws Exception {
        for (String server : List.of("lesson02.Server", "lesson05.Server")) {
            checkAlone("Ctrl-C ends " + server + ", and frees its port", () -> interrupt(server));
        }
        for (String server : List.of("lesson03.Server", "lesson04.Server")) {
            List<String> command = javaCommand(server, "localhost", "0");
            checkAlone(
                    "Ctrl-C ends " + server + " in a conversation, and frees its port",
                    () -> interruptConversation(server, Program.ROOT, command));
        }
        List<String> maven = mavenCommand("exec:java@server", "-Dexec.args=localhost 0");
        checkAlone(
                "Ctrl-C ends lesson04's server under Maven, and frees its port",
                () -> interruptConversation("lesson04.Server", folder("lesson04"), maven));
    }

    private static void interrupt(String program) throws Exception {
        try (Program server = hearing(Program.ROOT, javaCommand(program, "localhost", "0"))) {
            int port = server.port();
            end(server);
            startAgain(program, port);
        }
    }

    private static void interruptConversation(String program, File folder, List<String> command)
            throws Exception {
        try (Program server = hearing(folder, command)) {
            int port = server.port();
            try (Socket caller = Sockets.connect(port)) {
                server.out.await("server: accepted .*:" + caller.getLocalPort());
                end(server);
                expect(-1, caller.getInputStream().read());
                startAgain(program, port); // while the caller has not hung up
            }
            startAgain(program, port); // while the kernel keeps the connection in mind
        }
    }

    private static Program hearing(File folder, List<String> command) throws IOException {
        needs("perl");
        return start(folder, HEARING, command);
    }

    private static void end(Program server) throws Exception {
        within(
                10,
                () -> {
                    server.signal("INT");
                    expect(128 + 2, server.status()); // the status of what a signal 2 has ended
                });
        expect("", server.err.text());
    }

    private static void startAgain(String program, int port) throws Exception {
        try (Program next = Program.java(program, "localhost", "" + port)) {
            expect(port, next.port());
        }
    }
}
