package lesson01.homework;

/**
 * Thrown where an answer is still missing. An {@link Error}, so that no test takes it for an
 * answer.
 */
final class ToDo extends Error {

    private static final long serialVersionUID = 1;

    /** Says in {@code task} what is to be done here. */
    ToDo(String task) {
        super(task);
    }
}
