package course.programs;

import static course.programs.Programs.server;
import static course.programs.Sockets.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.process.Program;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lesson 4's server goes on, whatever its clients do, and keeps nothing of them. What each of them
 * does to its conversation is for the lesson's own test of this name.
 */
class HostilePeersTest {

    private static final int ROUNDS = 50;

    /** The ten kinds. What a peer leaves open stays open until the round ends. */
    private enum Kind {
        CLOSES_AT_ONCE {
            @Override
            void attack(Socket peer) throws IOException {
                peer.close();
            }
        },
        RESETS_AT_ONCE {
            @Override
            void attack(Socket peer) throws IOException {
                Sockets.reset(peer);
            }
        },
        RESETS_AFTER_AN_ANSWER {
            @Override
            void attack(Socket peer) throws IOException {
                drip(peer, 1);
                Sockets.reset(peer);
            }
        },
        RESETS_AFTER_WRITING {
            @Override
            void attack(Socket peer) throws IOException {
                peer.getOutputStream().write(random(1_000, 1));
                Sockets.reset(peer);
            }
        },
        CLOSES_WITH_UNREAD_DATA {
            @Override
            void attack(Socket peer) throws IOException {
                peer.getOutputStream().write(random(100_000, 1));
                peer.getInputStream().read(); // the rest has come, or is on its way
                peer.close();
            }
        },
        RESETS_AFTER_THE_HALF_CLOSE {
            @Override
            void attack(Socket peer) throws IOException {
                peer.getOutputStream().write(random(1_000, 1));
                peer.shutdownOutput();
                Sockets.reset(peer);
            }
        },
        NEVER_READS {
            @Override
            void attack(Socket peer) throws IOException {
                fill(peer);
            }
        },
        NEVER_WRITES {
            @Override
            void attack(Socket peer) {}
        },
        DRIPS {
            @Override
            void attack(Socket peer) throws IOException {
                drip(peer, 100);
            }
        },
        SENDS_OUT_OF_BAND_DATA {
            @Override
            void attack(Socket peer) throws IOException {
                peer.sendUrgentData('!');
            }
        };

        abstract void attack(Socket peer) throws IOException;
    }

    /** How many peers each port was given to: a port is free again after a reset. */
    private final Map<String, Integer> peersOf = new HashMap<>();

    @Test
    void tenKindsFiftyTimesEachHarmNobodyAndLeaveNothingBehind() throws Exception {
        try (Program server = server(4)) {
            int port = server.awaitPort();
            attack(port); // what the server opens the first time only is open now
            long before = Descriptors.areSeen() ? Descriptors.atRest(server) : 0;
            for (int round = 1; round < ROUNDS; round++) {
                attack(port);
            }
            assertComplainsInOneLineEach(server);
            assumeTrue(Descriptors.areSeen(), "no /proc/self/fd here: nobody looks for leaks");
            Descriptors.awaitAtMost(before, server);
            Programs.stop(server);
        }
    }

    /** Lets each kind attack, and a good client converse before, between, and after. */
    private void attack(int port) throws IOException {
        List<Socket> peers = new ArrayList<>();
        try {
            for (Kind kind : Kind.values()) {
                Socket peer = Sockets.connect(port);
                peers.add(peer);
                peersOf.merge("" + peer.getLocalPort(), 1, Integer::sum);
                kind.attack(peer);
                Sockets.converse(port);
            }
        } finally {
            for (Socket peer : peers) {
                peer.close();
            }
        }
        Sockets.converse(port);
    }

    private void assertComplainsInOneLineEach(Program server) {
        List<String> lines = server.err().lines();
        String complaint = "server: \\S*/127\\.0\\.0\\.1:\\d+ [^(]*\\([^)]+\\)\\. [A-Z].*\\.";
        assertEquals(List.of(), lines.stream().filter(line -> !line.matches(complaint)).toList());
        int most = ROUNDS * Kind.values().length;
        assertTrue(lines.size() <= most, () -> lines.size() + " lines about " + most + " peers");
        Map<String, Integer> linesOf = new HashMap<>();
        lines.forEach(
                line ->
                        linesOf.merge(
                                line.replaceAll("^[^:]*: \\S*:(\\d+) .*", "$1"), 1, Integer::sum));
        linesOf.forEach(
                (port, count) ->
                        assertTrue(
                                count <= peersOf.getOrDefault(port, 0),
                                count + " lines about one peer at " + port));
    }

    /** Writes until the server reads no more, because it cannot get rid of what it has read. */
    private static void fill(Socket peer) throws IOException {
        SocketChannel channel = peer.getChannel();
        ByteBuffer bytes = ByteBuffer.wrap(random(1_000_000, 1));
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (selector.select(50) > 0) { // milliseconds without room: it is full
                channel.write(bytes.rewind());
                selector.selectedKeys().clear();
            }
        }
    }

    private static void drip(Socket peer, int count) throws IOException {
        peer.setTcpNoDelay(true);
        for (int i = 0; i < count; i++) {
            peer.getOutputStream().write(i);
            assertEquals(i, peer.getInputStream().read());
        }
    }
}
