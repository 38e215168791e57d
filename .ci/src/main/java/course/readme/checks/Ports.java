package course.readme.checks;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports of a transcript beside those of the real output. They differ each time, but for the
 * lessons' own; where the transcript has one twice, so must the output.
 */
final class Ports {

    private static final Pattern PORT = Pattern.compile("(?<=:)(?!500[2-5]\\b)\\d{1,5}\\b");

    private final Map<String, String> real = new HashMap<>();
    private final boolean oneToOne;

    private Ports(boolean oneToOne) {
        this.oneToOne = oneToOne;
    }

    /** Two ports of the transcript are two of the output, as well. */
    static Ports oneToOne() {
        return new Ports(true);
    }

    /** Two ports of the transcript may be one of the output, which the kernel has given twice. */
    static Ports anyOrder() {
        return new Ports(false);
    }

    /** Returns whether two lines are the same, but for ports. */
    boolean same(String text, String other) {
        if (!PORT.matcher(text).replaceAll("#").equals(PORT.matcher(other).replaceAll("#"))) {
            return false;
        }
        Matcher ours = PORT.matcher(text);
        Matcher theirs = PORT.matcher(other);
        while (ours.find() && theirs.find()) {
            String port = theirs.group();
            real.putIfAbsent(ours.group(), port);
            boolean alone = Collections.frequency(real.values(), port) == 1;
            if (!real.get(ours.group()).equals(port) || oneToOne && !alone) {
                return false;
            }
        }
        return true;
    }
}
