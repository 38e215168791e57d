package course.readme;

import java.util.List;

/**
 * A fence, or a list that is marked.
 *
 * @param marker says how it is checked
 * @param language what stands behind the fence's first backticks; {@code list} for a list
 * @param line the line of the fence or of the list's first item, from 1
 * @param indent how far it is indented, since it may stand in a list
 * @param body the lines between the fences, without the indent; all lines of a list
 * @param section the heading of level 2 above it
 * @param folded whether it is in a {@code <details>}
 * @param edit the edit of the sources after which its commands run, or null
 */
public record Block(
        Marker marker,
        String language,
        int line,
        int indent,
        List<String> body,
        String section,
        boolean folded,
        Block edit) {

    /** Returns whether its marker is of this kind. */
    public boolean is(String kind) {
        return marker.is(kind);
    }

    /** Returns the line in the page of one of its lines. */
    public int line(int index) {
        return (isList() ? line : line + 1) + index;
    }

    /** Returns whether it is a list. */
    public boolean isList() {
        return language.equals("list");
    }

    /** Returns the text of one of its lines, or {@code the end}. */
    public String text(int index) {
        return index < body.size() ? body.get(index) : "the end";
    }

    /** Returns what would put {@code lines} in the place of its body. */
    public Mend mend(List<String> lines) {
        String blanks = " ".repeat(indent);
        List<String> indented = lines.stream().map(s -> s.isEmpty() ? s : blanks + s).toList();
        return new Mend(line(0), body.size(), indented);
    }
}
