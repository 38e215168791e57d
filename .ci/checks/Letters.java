package checks;

import static checks.Checks.check;
import static checks.Checks.expectBytes;
import static checks.Checks.isRoot;
import static checks.Checks.needs;
import static checks.Checks.skipIf;
import static checks.Program.INFORMATION;
import static checks.Program.java;
import static checks.Program.start;
import static checks.Sockets.LOOPBACK;
import static checks.Sockets.random;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.List;

/** Lesson 5's server answers on, whatever it finds in its mailbox. */
final class Letters {

    /** Java cannot send from port 0. Perl can, as root, by a raw socket: the UDP header by hand. */
    private static final String FROM_PORT_ZERO =
            "use Socket; socket(S, PF_INET, SOCK_RAW, 17) or die;"
                    + " my $datagram = pack('nnnna5', 0, $ARGV[0], 13, 0, 'hello');"
                    + " send(S, $datagram, 0, pack_sockaddr_in(0, INADDR_LOOPBACK)) or die";

    private Letters() {}

    static void add() {
        check("lesson05.Server answers empty, random and the largest letters", Letters::sizes);
        check("lesson05.Server outlives a flood of letters from strangers", Letters::flood);
        check("lesson05.Server outlives a letter from port 0", Letters::portZero);
    }

    private static void sizes() throws Exception {
        try (Program server = java("lesson05.Server", "localhost", "0")) {
            int port = server.port();
            for (int size : List.of(0, 1, 1_000, 65_507, 0, 1, 30_000)) {
                try (DatagramSocket stranger = Sockets.mailbox()) {
                    // Not connected: a connected DatagramSocket sends no empty letters.
                    stranger.send(new DatagramPacket(random(size, size), size, LOOPBACK, port));
                    DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
                    stranger.receive(answer);
                    byte[] bytes = Arrays.copyOf(answer.getData(), answer.getLength());
                    expectBytes(random(size, size), bytes);
                }
            }
            server.stop();
        }
    }

    private static void flood() throws Exception {
        try (Program server = java("lesson05.Server", "localhost", "0")) {
            int port = server.port();
            for (int i = 0; i < 2_000; i++) {
                // Nobody waits for the answer: its mailbox is gone.
                try (DatagramSocket stranger = Sockets.mailbox()) {
                    stranger.send(new DatagramPacket(random(i, i), i, LOOPBACK, port));
                }
            }
            stillAnswers(server);
        }
    }

    private static void portZero() throws Exception {
        needs("perl");
        skipIf(!isRoot(), "not root");
        try (Program server = java("lesson05.Server", "localhost", "0")) {
            List<String> perl = List.of("perl", "-e", FROM_PORT_ZERO, "" + server.port());
            try (Program sender = start(Program.ROOT, perl)) {
                skipIf(sender.status() != 0, "no raw socket to be had");
            }
            server.out.await("server: 5 bytes from .*:0");
            stillAnswers(server);
        }
    }

    private static void stillAnswers(Program server) throws Exception {
        try (Program client = java("lesson05.Client", "127.0.0.1", "" + server.port())) {
            client.say("still here\n");
            client.endInput();
            client.ends(0, "still here\n", INFORMATION);
        }
        server.stop();
    }
}
