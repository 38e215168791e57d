package checks;

import static checks.Checks.check;
import static checks.Checks.checkAlone;
import static checks.Checks.expectTrue;
import static checks.Checks.within;
import static checks.Program.INFORMATION;
import static checks.Program.folder;
import static checks.Program.java;
import static checks.Program.maven;
import static checks.Program.mavenCommand;
import static checks.Program.start;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** The same programs, started by Maven, which adds nothing to what they print. */
final class UnderMaven {

    private UnderMaven() {}

    static void add() throws Exception {
        check("Maven runs the pair of lesson04", () -> pair("lesson04"));
        check("Maven runs the pair of lesson05", () -> pair("lesson05"));
        check("Maven runs a client of lesson03 from the root", UnderMaven::fromTheRoot);
        check("Maven ends with the client, not with its input", UnderMaven::hangUp);
        check("Maven adds nothing to a failure", UnderMaven::failure);
        check("Maven adds nothing to a usage line", UnderMaven::usage);
        checkAlone("mvn alone in a lesson's folder runs its demo", UnderMaven::alone);
    }

    private static Program program(String lesson, String name, String args) throws Exception {
        return maven(lesson, "exec:java@" + name, "-Dexec.args=" + args);
    }

    private static void pair(String lesson) throws Exception {
        String text = "one\n\u0080\u00ff\nthree\n";
        try (Program server = program(lesson, "server", "localhost 0");
                Program client = program(lesson, "client", "localhost " + server.port())) {
            client.say(text);
            client.endInput();
            client.ends(0, text, INFORMATION);
        }
    }

    private static void fromTheRoot() throws Exception {
        try (Program server = java("lesson03.Server", "localhost", "0")) {
            String args = "-Dexec.args=localhost " + server.port();
            String module = folder("lesson03").getName();
            List<String> mvn = mavenCommand("-pl", module, "exec:java@client", args);
            try (Program client = start(Program.ROOT, mvn)) {
                client.ends(0, "client: connected to .*\nclient: our end is .*\n", "");
            }
        }
    }

    private static void hangUp() throws Exception {
        try (ServerSocket listener = Sockets.listen(1)) {
            String args = "localhost " + listener.getLocalPort();
            try (Program client = program("lesson04", "client", args)) {
                Socket connection = listener.accept();
                connection.close();
                within(10, () -> client.fails("hung up before it had everything", "end of stream"));
            }
        }
    }

    private static void failure() throws Exception {
        try (Socket refusing = Sockets.refuse()) {
            String args = "127.0.0.1 " + refusing.getLocalPort();
            try (Program client = program("lesson03", "client", args)) {
                client.fails("nobody listens on", "Connection refused");
            }
        }
    }

    private static void usage() throws Exception {
        try (Program server = program("lesson02", "server", "localhost 70000")) {
            server.ends(2, "", "usage: [^\n]+\n");
        }
    }

    private static void alone() throws Exception {
        try (Program demo = java("lesson01.Demo");
                Program mvn = start(folder("lesson01"), List.of("mvn"))) {
            demo.succeeds();
            mvn.succeeds();
            expectTrue(mvn.out.text().contains(demo.out.text()), mvn.out.text());
        }
    }
}
