package course.readme;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;

import java.util.ArrayList;
import java.util.List;

/** What is asked of the nodes of a parsed page. */
public final class Nodes {

    private Nodes() {}

    /** Returns the nodes of one type in {@code root}, itself among them, in their order. */
    public static <T extends Node> List<T> all(Node root, Class<T> type) {
        List<T> found = new ArrayList<>();
        collect(root, type, found);
        return found;
    }

    private static <T extends Node> void collect(Node node, Class<T> type, List<T> found) {
        if (type.isInstance(node)) {
            found.add(type.cast(node));
        }
        for (Node child : children(node)) {
            collect(child, type, found);
        }
    }

    /** Returns the nodes directly in {@code parent}. */
    public static List<Node> children(Node parent) {
        List<Node> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            children.add(node);
        }
        return children;
    }

    /** Returns whether {@code node} is in a node of this type. */
    public static boolean isIn(Node node, Class<? extends Node> type) {
        for (Node parent = node; parent != null; parent = parent.getParent()) {
            if (type.isInstance(parent)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the line where a node begins, from 1. */
    public static int line(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            List<SourceSpan> spans = at.getSourceSpans();
            if (!spans.isEmpty()) {
                return spans.get(0).getLineIndex() + 1;
            }
        }
        return 1;
    }

    /** Returns the line where a node ends, from 1. */
    public static int lastLine(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        return spans.isEmpty() ? line(node) : spans.get(spans.size() - 1).getLineIndex() + 1;
    }

    /** Returns what a reader sees of a node, code as well. */
    public static String text(Node root) {
        StringBuilder text = new StringBuilder();
        root.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Text node) {
                        text.append(node.getLiteral());
                    }

                    @Override
                    public void visit(Code node) {
                        text.append(node.getLiteral());
                    }

                    @Override
                    public void visit(SoftLineBreak node) {
                        text.append(' ');
                    }

                    @Override
                    public void visit(HardLineBreak node) {
                        text.append(' ');
                    }
                });
        return text.toString();
    }
}
