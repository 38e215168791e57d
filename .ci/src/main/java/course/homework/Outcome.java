package course.homework;

/** How one test ended in one of the runs: {@code passed}, {@code failed}, {@code aborted} … */
record Outcome(int run, String test, String state, String message) {

    boolean passed() {
        return state.equals("passed");
    }

    /** Whether the test met a {@code ToDo}. */
    boolean isNotStarted() {
        return message.matches("not started: \\S.*");
    }

    @Override
    public String toString() {
        return message.isEmpty() ? state : state + ": " + message;
    }
}
