package lesson04.homework;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/**
 * A room in which every line of one guest goes to all the others.
 *
 * <p>A line is bytes up to and with a line feed, {@code \n}, at most {@link #MAX_LINE} of them. The
 * room passes lines on whole and byte for byte, as bytes, never as text; {@code \r} is a byte like
 * any other. There is no limit on how many guests there are.
 *
 * <ul>
 *   <li>A line goes to all who are in the room when it is read, but not back to the one who said
 *       it. Each guest hears the lines of any other in the order in which they were said, never one
 *       inside another. A half-said line holds up nobody.
 *   <li>A guest leaves when his stream ends (a close, or a half-close) or fails (a reset). What he
 *       said after his last line feed is not passed on. The room then hangs up on him: it closes
 *       his socket, forgets him, and no thread waits for him any more. Lines that still wait for
 *       him may be lost.
 *   <li>A guest whose line is too long is hung up on as soon as that is certain, be it that no line
 *       feed ever comes. Nothing of that line is passed on; his lines before it are.
 *   <li>A guest may read slowly, or not at all: {@link #MAX_WAITING} lines may wait in the room for
 *       him, whatever the kernel keeps besides. When too many wait he is hung up on; until then he
 *       misses none.
 *   <li>Whatever one guest does or fails to do, the others hear each other within a second. A guest
 *       who is silent may stay as long as he likes.
 * </ul>
 *
 * All methods may be called from several threads at once.
 */
public final class ChatRoom implements Closeable {

    /** The longest line, in bytes, with its line feed. */
    public static final int MAX_LINE = 1_024;

    /** How many lines may wait in the room for a guest, at least; twice as many at most. */
    public static final int MAX_WAITING = 100;

    /** Opens an empty room. */
    public ChatRoom() {
        throw new ToDo("keep the guests where many threads can see them");
    }

    /**
     * Lets a guest in, and returns at once. From the return on he hears what the others say, and
     * {@link #guests} counts him. What he has said already, and the room finds in {@code guest}, is
     * passed on too. What others said before is not told again; a line that is being passed on
     * while he joins may reach him or not.
     *
     * @param guest a connected socket; it is the room's from now on, and the room closes it
     * @throws IOException when the room is closed; {@code guest} is then closed. When {@code guest}
     *     is closed or reset already, {@code join} may throw too, or let him in, and he leaves at
     *     once; either way he soon is not counted
     */
    public void join(Socket guest) throws IOException {
        throw new ToDo("let a guest in, and pass his lines on to the others");
    }

    /** Returns how many guests are in the room: who has been hung up on is not counted. */
    public int guests() {
        throw new ToDo("count the guests");
    }

    /** Hangs up on all guests, and lets nobody in any more. A second call does nothing. */
    @Override
    public void close() {
        throw new ToDo("hang up on all guests");
    }
}
