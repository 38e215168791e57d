package course.readme;

/**
 * A comment on the line before a block, which says how the block is checked.
 *
 * @param text what stands between {@code <!--} and {@code -->}, for example {@code run first}
 * @param line its line in the page, from 1; 0 for the marker of a block that has none
 */
public record Marker(String text, int line) {

    /** What a block has that nobody marked. */
    static final Marker NONE = new Marker("", 0);

    /** Returns whether it is of this kind: {@code from}, or {@code run first}. */
    public boolean is(String kind) {
        return text.equals(kind) || text.startsWith(kind + " ") || text.startsWith(kind + ":");
    }

    /** Returns its first word. */
    public String kind() {
        return text.split("[ :]")[0];
    }

    /** Returns one of its words; 0 is the kind. */
    public String argument(int index) {
        String[] words = text.split(" +");
        return index < words.length ? words[index] : "";
    }

    /** Returns what stands behind {@code kind}. */
    public String after(String kind) {
        return text.substring(kind.length()).replaceFirst("^:?\\s*", "");
    }
}
