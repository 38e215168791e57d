package course.homework.child;

import java.io.File;
import java.util.List;

/**
 * What a child is to run.
 *
 * @param test the test class
 * @param runs how often
 * @param strictAtLast whether the second of two runs is one with {@code -Dhomework=strict}
 * @param folders where the classes are, the first before the others
 */
public record Job(String test, int runs, boolean strictAtLast, List<String> folders) {

    static Job of(String line) {
        String[] parts = line.split("\t");
        return new Job(
                parts[0],
                Integer.parseInt(parts[1]),
                Boolean.parseBoolean(parts[2]),
                List.of(parts[3].split(File.pathSeparator)));
    }

    /** Returns the line of input that says it. */
    public String line() {
        String path = String.join(File.pathSeparator, folders);
        return String.join("\t", test, "" + runs, "" + strictAtLast, path);
    }
}
