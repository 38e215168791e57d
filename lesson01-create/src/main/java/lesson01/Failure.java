package lesson01;

import java.io.IOException;
import java.util.Locale;

/** What went wrong, why, and what to do next, in one line. */
final class Failure {

    private Failure() {}

    /** Returns the sentence for {@code e}, with the system's own words in parentheses. */
    static String explain(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        // Locale.ROOT: in Turkish the lower case of I would be another letter than i.
        String error = e.toString().toLowerCase(Locale.ROOT);
        if (error.contains("too many open files")) {
            return "no socket left (" + why + "). Close what is no longer used.";
        }
        return "failed (" + why + "). Search for the words in parentheses.";
    }
}
