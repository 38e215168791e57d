package lesson05.homework;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Phaser;

/** Asks questions through a socket whose link is played, and answers them. */
final class TestQuestions {

    static final InetSocketAddress PEER = address(1, 5_005);
    static final InetSocketAddress OTHER_PORT = address(1, 5_006);
    static final InetSocketAddress OTHER_ADDRESS = address(2, 5_005);

    static final String TIME = "time?";

    /** How long an answer that comes at once is waited for, in milliseconds. */
    static final int LONG = 5_000;

    /** How long a call may take in all, in seconds. */
    static final int PATIENCE = 8;

    /** More numbers than 16 bits have. */
    static final int CALLS = 66_000;

    /** So many of these calls may meet the number of another by chance, if it is random. */
    static final int CHANCE = 10;

    private TestQuestions() {}

    static Object answerOnce(DatagramSocket peer) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        peer.receive(packet);
        byte[] answer = answer(packet.getData(), "ten");
        peer.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        return null;
    }

    static TestSocket.Script answering(String text) {
        return (to, question) -> to.comes(PEER, answer(question, text));
    }

    static TestSocket.Script answering(
            SocketAddress first, String text, SocketAddress second, String other) {
        return (to, question) -> {
            to.comes(first, answer(question, text));
            to.comes(second, answer(question, other));
        };
    }

    static void sendShort(TestSocket to, byte[] question) {
        for (int length = 3; length >= 0; length--) {
            to.comes(PEER, Arrays.copyOf(question, length));
        }
        to.comes(PEER, answer(question, "ten"));
    }

    /** Returns the answer as text, or what {@link Question#ask} threw. */
    static Object ask(Tried tried, TestSocket socket, int attempts, int timeoutMillis)
            throws Exception {
        return ask(tried, socket, PEER, TIME.getBytes(ISO_8859_1), attempts, timeoutMillis);
    }

    static Object ask(
            Tried tried,
            DatagramSocket socket,
            SocketAddress server,
            byte[] question,
            int attempts,
            int timeoutMillis)
            throws Exception {
        Callable<byte[]> call =
                () -> Question.ask(socket, server, question, attempts, timeoutMillis);
        String end = "an end of ask()";
        String cause = "What ends the attempts, and what makes them late?";
        try {
            byte[] answer =
                    socket instanceof TestSocket played
                            ? played.within(PATIENCE, call, end, cause)
                            : tried.within(PATIENCE, call, end, cause, 2);
            return answer == null ? null : shown(answer, 0);
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    static Object askOften(TestSocket... sockets) {
        for (int call = 0; call < CALLS / 2; call++) {
            TestSocket socket = sockets[call % 2];
            socket.keeps = false;
            socket.hurries = true;
            try {
                Question.ask(socket, PEER, new byte[1], 1, 1);
            } catch (IOException e) {
                // as the script says
            }
        }
        return null;
    }

    /** Asks through a socket that waits at each call for that of the other thread. */
    static Object askMeeting(Tried tried, Phaser meeting, String text) throws Exception {
        TestSocket socket =
                new TestSocket(
                        tried,
                        (to, question) -> {
                            String told = new String(question, ISO_8859_1).substring(4);
                            to.comes(PEER, answer(question, told));
                        });
        socket.meeting = meeting;
        socket.hurries = true;
        try {
            return ask(tried, socket, PEER, text.getBytes(ISO_8859_1), 1, LONG);
        } finally {
            meeting.arriveAndDeregister();
        }
    }

    static byte[] answer(byte[] question, String text) {
        byte[] answer = Arrays.copyOf(question, 4 + text.length());
        System.arraycopy(text.getBytes(ISO_8859_1), 0, answer, 4, text.length());
        return answer;
    }

    static int number(byte[] question) {
        return ByteBuffer.wrap(Arrays.copyOf(question, 4)).getInt();
    }

    /** Returns the text behind the number; a long one by its length and its last letter. */
    static String shown(byte[] bytes, int start) {
        if (bytes.length < start) {
            return Tried.say("%d bytes", bytes.length);
        }
        String text = new String(bytes, ISO_8859_1).substring(start);
        int end = text.length() - 1;
        if (end < 20) {
            return text;
        }
        char last = text.charAt(end);
        Object letter = Character.isLetter(last) ? last : (Object) (int) last;
        return Tried.say("%d bytes that end with %s", end + 1, letter);
    }

    static InetSocketAddress address(int last, int port) {
        try {
            byte[] loopback = {127, 0, 0, (byte) last};
            return new InetSocketAddress(InetAddress.getByAddress(loopback), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
