package course.homework;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is not as it should be, each once, with the file that it is about. */
final class Faults {

    private final Path root;
    private final Set<String> told = Collections.synchronizedSet(new LinkedHashSet<>());

    Faults(Path root) {
        this.root = root;
    }

    void add(Path file, String expected, String got) {
        String place = file.startsWith(root) ? "" + root.relativize(file) : "" + file;
        told.add((place.isEmpty() ? "." : place) + ": expected " + expected + ", got " + got);
    }

    void addAll(Iterable<String> faults) {
        faults.forEach(told::add);
    }

    int count() {
        return told.size();
    }

    Set<String> all() {
        return told;
    }
}
