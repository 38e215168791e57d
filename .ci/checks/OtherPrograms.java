package checks;

import static checks.Checks.check;
import static checks.Checks.needs;
import static checks.Checks.skipIf;
import static checks.Program.INFORMATION;
import static checks.Program.java;
import static checks.Program.start;

import java.io.IOException;
import java.util.List;

/** The lessons' programs converse with programs that others have written. */
final class OtherPrograms {

    private OtherPrograms() {}

    static void add() {
        check("lesson04.Server brings 5 MB back to socat", OtherPrograms::socatEchoed);
        check("lesson04.Server brings 5 MB back to nc", OtherPrograms::ncEchoed);
        check("lesson04.Client gets 5 MB back from socat and cat", OtherPrograms::socatEchoes);
        check("lesson05.Server answers socat", OtherPrograms::socatAsks);
        check("lesson05.Client is answered by socat", OtherPrograms::socatAnswers);
    }

    private static void socatEchoed() throws Exception {
        try (Program server = java("lesson04.Server", "localhost", "0");
                Program socat = socat("-t", "30", "-", "TCP:127.0.0.1:" + server.port())) {
            Pairs.echoes(5, socat);
        }
    }

    private static void ncEchoed() throws Exception {
        needs("nc");
        skipIf(!ncCanHalfClose(), "this nc has no -N");
        try (Program server = java("lesson04.Server", "localhost", "0")) {
            List<String> nc = List.of("nc", "-N", "127.0.0.1", "" + server.port());
            try (Program client = start(Program.ROOT, nc)) {
                Pairs.echoes(5, client);
            }
        }
    }

    private static boolean ncCanHalfClose() throws Exception {
        try (Program help = start(Program.ROOT, List.of("nc", "-h"))) {
            return help.err.text().contains("-N");
        }
    }

    private static void socatEchoes() throws Exception {
        try (Program socat = socat("TCP-LISTEN:0,bind=127.0.0.1", "EXEC:cat");
                Program client = java("lesson04.Client", "127.0.0.1", portOf(socat))) {
            Pairs.echoes(5, client);
        }
    }

    private static void socatAsks() throws Exception {
        try (Program server = java("lesson05.Server", "localhost", "0");
                Program socat = socat("-", "UDP:127.0.0.1:" + server.port())) {
            socat.say("Hello, server\n");
            socat.out.await("Hello, server");
        }
    }

    private static void socatAnswers() throws Exception {
        try (Program socat = socat("UDP-LISTEN:0,bind=127.0.0.1", "PIPE");
                Program client = java("lesson05.Client", "127.0.0.1", portOf(socat))) {
            client.say("one\ntwo\n\nfour\n");
            client.endInput();
            client.ends(0, "one\ntwo\n\nfour\n", INFORMATION);
        }
    }

    /** Starts socat so that it tells what it does. */
    private static Program socat(String... args) throws IOException {
        needs("socat");
        return start(Program.ROOT, List.of("socat", "-d", "-d"), List.of(args));
    }

    /** Waits until socat says where it listens. */
    private static String portOf(Program socat) throws InterruptedException {
        return socat.err.await(".* listening on .*:(\\d+)").group(1);
    }
}
