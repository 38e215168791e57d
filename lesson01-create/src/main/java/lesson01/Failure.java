package lesson01;

import java.io.IOException;

/** What went wrong, why, and what to do next, in one line. */
final class Failure {

    private Failure() {}

    /** Returns the sentence for {@code e}, with the system's words in it. */
    static String explain(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (why.contains("Too many open files")) {
            return "no socket to be had (" + why + "). Close what is no longer used.";
        }
        return "failed (" + why + "). The words in parentheses are the system's.";
    }
}
