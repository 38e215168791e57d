package course.readme.checks;

import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is folded unfolds: each {@code <details>} has its summary and its end, and a blank line
 * behind each, without which a forge shows the Markdown there as it is written.
 */
public final class Folds implements Check {

    private static final String OPENS = "<details><summary>.+</summary>";
    private static final String CLOSES = "</details>";

    @Override
    public void look(Readme readme, Faults faults) {
        Deque<Integer> open = new ArrayDeque<>();
        for (Node node : Nodes.all(readme.document(), Node.class)) {
            String html = html(node).strip();
            if (!html.contains("details")) {
                continue;
            }
            faults.checked();
            int line = Nodes.line(node);
            if (!html.matches(OPENS) && !html.equals(CLOSES)) {
                faults.tell(line, "expected <details><summary>…</summary> or </details> alone");
            }
            if (html.startsWith("<details")) {
                open.push(line);
            } else if (open.poll() == null) {
                faults.tell(line, "nothing is folded that could end here");
            }
        }
        open.forEach(line -> faults.tell(line, "folds all that follows: it has no " + CLOSES));
    }

    /** An HTML block goes on up to a blank line. */
    private static String html(Node node) {
        if (node instanceof HtmlInline inline) {
            return inline.getLiteral();
        }
        return node instanceof HtmlBlock block ? block.getLiteral() : "";
    }
}
