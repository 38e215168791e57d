package checks;

import static checks.Checks.check;
import static checks.Checks.expect;
import static checks.Program.java;
import static checks.Sockets.random;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Lesson 4's server serves on, whatever a peer does. */
final class BadPeers {

    /** What a write to somebody who has gone, or a read, ends with. */
    private static final String GONE = "Connection reset( by peer)?|Broken pipe";

    private BadPeers() {}

    /** What a peer does with its end of the connection. */
    private interface Behaviour {
        void of(Socket peer) throws IOException;
    }

    static void add() {
        serves("closes at once", Socket::close);
        servesAndTells("resets at once", "Connection reset", Sockets::reset);
        servesAndTells("resets after writing", GONE, BadPeers::writeAndReset);
        servesAndTells("closes with unread data", GONE, BadPeers::closeUnread);
        serves("half-closes, then resets", BadPeers::halfCloseAndReset);
        serves("never reads", BadPeers::neverRead);
        serves("never writes", peer -> {});
        serves("drips a byte at a time", BadPeers::drip);
        serves("sends out-of-band data", peer -> peer.sendUrgentData('!'));
    }

    /** Checks that a good peer is served, during and after a bad one. */
    private static void serves(String what, Behaviour behaviour) {
        servesAndTells(what, "", behaviour);
    }

    /** The same, and that the server tells what happened to the bad one, if {@code why} is set. */
    private static void servesAndTells(String what, String why, Behaviour behaviour) {
        check(
                "lesson04.Server serves on when a peer " + what,
                () -> {
                    try (Program server = java("lesson04.Server", "localhost", "0")) {
                        meet(server, behaviour, why);
                        server.stop();
                    }
                });
    }

    private static void meet(Program server, Behaviour behaviour, String why) throws Exception {
        int port = server.port();
        try (Socket peer = Sockets.connect(port)) {
            String name = "/127\\.0\\.0\\.1:" + peer.getLocalPort();
            behaviour.of(peer);
            Sockets.converse(port);
            server.out.await("server: accepted " + name);
            if (!why.isEmpty()) {
                server.err.await("server: " + name + " .*\\((" + why + ")\\)\\. .*");
            }
        }
        Sockets.converse(port);
    }

    private static void writeAndReset(Socket peer) throws IOException {
        peer.getOutputStream().write(random(1_000, 1));
        Sockets.reset(peer);
    }

    private static void closeUnread(Socket peer) throws IOException {
        peer.getOutputStream().write(random(100_000, 1));
        peer.getInputStream().read(); // the first byte has come, the others stay unread
        peer.close();
    }

    private static void halfCloseAndReset(Socket peer) throws IOException {
        peer.getOutputStream().write(random(1_000, 1));
        peer.shutdownOutput();
        Sockets.reset(peer);
    }

    /** Writes until the server reads no more, since it cannot get rid of what it has read. */
    private static void neverRead(Socket peer) throws IOException {
        SocketChannel channel = peer.getChannel();
        ByteBuffer bytes = ByteBuffer.wrap(random(1_000_000, 1));
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (selector.select(500) > 0) {
                channel.write(bytes.rewind());
                selector.selectedKeys().clear();
            }
        }
    }

    private static void drip(Socket peer) throws IOException {
        peer.setTcpNoDelay(true);
        for (int i = 0; i < 1_000; i++) {
            peer.getOutputStream().write(i);
            expect(i & 0xff, peer.getInputStream().read());
        }
    }
}
