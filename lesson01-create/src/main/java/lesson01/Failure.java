package lesson01;

import java.io.IOException;

/** What went wrong, why, and what to do next, in one line. */
final class Failure {

    private Failure() {}

    /** Returns the sentence for {@code e}, with the JDK's own words in parentheses. */
    static String explain(IOException e) {
        return "no socket to be had (" + e.getMessage() + "). Close what is no longer used.";
    }
}
