package course.homework;

import course.Folders;

import java.nio.file.Path;
import java.util.List;

/**
 * The stub of a task, a solution or a mistake.
 *
 * @param file the file that it stands in, as a whole or as a patch
 * @param lines its source
 * @param mistake what is said of a mistake, else null
 */
record Answer(Task task, Path file, List<String> lines, Mistake mistake) {

    static Answer of(Task task, Path file) {
        return new Answer(task, file, Folders.lines(file), null);
    }

    boolean isStub() {
        return file.equals(task.stub());
    }

    /** {@code leaks-failed-sockets}, or the idea of a solution: {@code one-loop}. */
    String name() {
        return isMistake() ? mistake.name() : "" + file.getParent().getFileName();
    }

    boolean isMistake() {
        return mistake != null;
    }
}
