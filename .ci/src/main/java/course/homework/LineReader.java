package course.homework;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads lines of a stream that may never end one: a long line comes in pieces. */
final class LineReader {

    private static final int LONGEST = 64 * 1024; // bytes

    private final InputStream in;
    private long total;

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in, LONGEST);
    }

    /** How many bytes the lines had so far. */
    long total() {
        return total;
    }

    /** Returns the next line without its end, or null at the end of the stream. */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b == -1) {
            return null;
        }
        while (b != -1 && b != '\n' && line.size() < LONGEST) {
            total++;
            line.write(b);
            b = in.read();
        }
        return line.toString(StandardCharsets.UTF_8).replace("\r", "");
    }
}
