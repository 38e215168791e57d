package lesson04.homework;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A guest of a room, as the guest sees it: the other end of a {@link TestSocket}. */
final class TestGuest {

    /** How long a test waits for anything before it fails; a right answer takes milliseconds. */
    static final int PATIENCE_MILLIS = 3_000;

    /** How long it waits where a test has waited in vain for the same before. */
    static final int LITTLE_MILLIS = 500;

    private static final String ENDED =
            "Does a failure or a full queue of one guest end what another says?";

    /** How often a guest has waited for a line in vain: an answer may pass on none at all. */
    private static int inVain;

    /** Whether a socket was seen to stay open: then no test waits as long for it again. */
    private static boolean leavesOpen;

    final String name;
    final Socket socket = new Socket();
    final TestSocket roomsEnd;
    private final InputStream in;
    private int patience;
    private int said;
    private String end;
    private boolean waitedInVain;

    TestGuest(String name, ServerSocket listener) throws IOException {
        this.name = name;
        socket.connect(listener.getLocalSocketAddress());
        roomsEnd = (TestSocket) listener.accept();
        in = new BufferedInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
        waitAtMost(inVain < 3 ? PATIENCE_MILLIS : PATIENCE_MILLIS / 3);
    }

    /** Waits at most so long for each line from now on. */
    void waitAtMost(int millis) throws IOException {
        socket.setSoTimeout(millis);
        patience = millis;
    }

    /** Writes {@code text} in one go, a byte for each character; who should hear it will tell. */
    void say(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            said += text.length();
        } catch (IOException e) {
            end = e.toString(); // the room has closed its end
        }
    }

    /** Waits until the room has dealt with what was said: it asks for more. */
    void awaitTaken() {
        roomsEnd.awaitAsked(said);
    }

    /** Ends the connection at once, both ways. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Returns the next line with its line feed, or what came of it before the end. */
    private String next() {
        StringBuilder line = new StringBuilder();
        try {
            int next;
            while ((next = in.read()) != -1) {
                line.append((char) next);
                if (next == '\n') {
                    return line.toString();
                }
            }
            end = "the end of the stream";
        } catch (SocketTimeoutException e) {
            end = Tried.say("nothing more within %d ms", patience);
            waitedInVain = true;
            inVain++;
        } catch (IOException e) {
            end = e.toString();
        }
        return line.toString();
    }

    /** Fails unless {@code line} comes next, which {@code speaker} has said. */
    void hears(String line, TestGuest speaker, String cause, int hint) {
        String got = next();
        boolean hasEnded = speaker.roomsEnd.isClosed();
        hears(line, got, hasEnded ? ENDED : cause, hasEnded ? 3 : hint);
    }

    /** Fails unless {@code line} comes next. */
    void hears(String line, String cause, int hint) {
        hears(line, next(), cause, hint);
    }

    private void hears(String line, String got, String cause, int hint) {
        String words = words(got) + (got.endsWith("\n") ? "" : got.isEmpty() ? end : ", " + end);
        if (words.equals(words(line)) && !got.equals(line)) {
            int first = Arrays.mismatch(line.toCharArray(), got.toCharArray());
            words += Tried.say(", first difference at byte %d", first);
        }
        Tried.to("%s waited for the next line", name)
                .check(got.equals(line), words(line), words, cause, hint);
    }

    /** Fails unless {@code line} comes next, or after {@code other}. */
    void hearsAfter(String other, String line, String cause, int hint) {
        String got = next();
        hears(line, got.equals(other) ? next() : got, cause, hint);
    }

    /** Fails unless the stream ends, or is reset, and the room closes its end. */
    void isLetGo(String when, String cause, int hint) {
        while (next().endsWith("\n")) {
            // Lines from before.
        }
        Tried tried = Tried.to("%s %s", name, when);
        tried.check(!waitedInVain, "the room to close the socket", "it still open", cause, hint);
        isClosed(when, "Does shutdownOutput() close a socket, or only say the end?");
    }

    /** Fails unless the room closes its end. */
    void isClosed(String when, String cause) {
        boolean isClosed = roomsEnd.isClosedSoon(leavesOpen ? LITTLE_MILLIS : PATIENCE_MILLIS);
        leavesOpen = !isClosed;
        Tried.to("%s %s", name, when)
                .check(isClosed, "the room to close the socket", "it still open", cause, 3);
    }

    /** Returns {@code text} as a message may show it: what cannot be printed is escaped. */
    private static String words(String text) {
        if (text.isEmpty()) {
            return "";
        }
        StringBuilder words = new StringBuilder();
        for (char letter : text.toCharArray()) {
            boolean isPlain = letter >= ' ' && letter <= '~';
            words.append(
                    letter == '\n' ? "\\n" : isPlain ? letter : Tried.say("\\x%02x", (int) letter));
        }
        int length = words.length();
        String all = length <= 40 ? words.toString() : words.substring(0, 20) + "...";
        return '"' + all + '"' + (length <= 40 ? "" : Tried.say(" (%d bytes)", text.length()));
    }
}
