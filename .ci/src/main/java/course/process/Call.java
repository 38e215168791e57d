package course.process;

/**
 * One system call.
 *
 * @param thread the number of the thread that made it
 * @param arguments what stands between the parentheses
 * @param result what it returned, with the error if there was one; empty while it waits
 */
public record Call(String thread, String name, String arguments, String result) {

    /** Returns the number of the descriptor that it is about: a new one's is its result. */
    public String descriptor() {
        String text = name.equals("socket") ? result : arguments.split(",")[0];
        return text.replaceFirst("<.*", "");
    }

    /** Returns the descriptor that it has made or is about, as strace -y names it for ever. */
    public String socket() {
        String text = name.equals("socket") ? result : arguments.split(",")[0];
        return text.replaceFirst("^\\d+<(.*)>$", "$1");
    }

    /** Returns the new descriptor of an accept, as strace -y names it. */
    public String accepted() {
        return result.replaceFirst("^\\d+<(.*)>$", "$1");
    }

    /** Returns whether it has an answer: it does not wait, nor is it to be asked again. */
    public boolean isAnswered() {
        return result.matches("-?\\d.*") && !result.contains("EAGAIN");
    }

    /** Returns whether {@code shown} means it: {@code shutdown}, or {@code shutdown(SHUT_WR)}. */
    public boolean is(String shown) {
        String[] parts = shown.split("[()]");
        return parts[0].equals(name) && (parts.length == 1 || arguments.contains(parts[1]));
    }

    @Override
    public String toString() {
        return name + "(" + arguments.replaceAll("\\{.*?\\}", "{}") + ")";
    }
}
