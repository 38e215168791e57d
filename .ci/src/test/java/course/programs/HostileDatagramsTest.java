package course.programs;

import static course.programs.Programs.INTRODUCTION;
import static course.programs.Programs.assertEnds;
import static course.programs.Programs.client;
import static course.programs.Programs.isRoot;
import static course.programs.Programs.server;
import static course.programs.Programs.stop;
import static course.programs.Sockets.LOOPBACK;
import static course.programs.Sockets.random;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.file.Path;

/** Lesson 5's server goes on, whatever arrives: what only separate processes can send it. */
@Execution(ExecutionMode.CONCURRENT)
class HostileDatagramsTest {

    /** Java cannot send from port 0. Perl can, as root, by a raw socket: the UDP header by hand. */
    private static final String FROM_PORT_ZERO =
            "use Socket; socket(S, PF_INET, SOCK_RAW, 17) or die;"
                    + " my $datagram = pack('nnnna5', 0, $ARGV[0], 13, 0, 'hello');"
                    + " send(S, $datagram, 0, pack_sockaddr_in(0, INADDR_LOOPBACK)) or die";

    @Test
    void floodFromStrangersThatHaveGoneIsOutlived() throws Exception {
        try (Program server = server(5)) {
            int port = server.awaitPort();
            for (int i = 0; i < 2_000; i++) {
                try (DatagramSocket stranger = Sockets.mailbox()) {
                    stranger.send(new DatagramPacket(random(i, i), i, LOOPBACK, port));
                }
            }
            assertServes(server, port);
        }
    }

    @Test
    void datagramFromPortZeroIsOutlived() {
        Programs.assumeExists("perl");
        assumeTrue(isRoot(), "not root: a raw socket needs it");
        try (Program server = server(5)) {
            int port = server.awaitPort();
            Command perl = Command.of(Path.of(""), "perl", "-e", FROM_PORT_ZERO, "" + port);
            try (Program sender = perl.start()) {
                assumeTrue(sender.status() == 0, "no raw socket here");
            }
            server.out().await("server: 5 bytes from .*:0");
            assertServes(server, port);
        }
    }

    private static void assertServes(Program server, int port) {
        try (Program client = client(5, port)) {
            client.say("still here\n");
            client.endInput();
            assertEnds(client, 0, "still here\n", INTRODUCTION);
        }
        stop(server);
    }
}
