package course.readme.checks;

import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.HtmlInline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be checked is marked, so that it is; each marker is known, and stands before a block.
 */
public final class Markers implements Check {

    private static final List<String> KINDS =
            List.of("from", "diff", "run", "prints", "lab", "edit", "program");

    private static final List<String> KINDS_OF_LISTS = List.of("strace", "states");

    @Override
    public void look(Readme readme, Faults faults) {
        if (readme.kind() == Readme.Kind.OTHER) {
            return; // CONTRIBUTING shows markers
        }
        for (Block block : readme.blocks()) {
            String kind = block.marker().kind();
            boolean isShown = kind.isEmpty() && !block.folded();
            List<String> kinds = block.isList() ? KINDS_OF_LISTS : KINDS;
            if (!kind.isEmpty() && !kinds.contains(kind)) {
                faults.tell(block.marker().line(), "no such marker: " + block.marker().text());
            } else if (isShown && block.text(0).startsWith("$ ")) {
                faults.tell(block.line(), "a transcript without its marker");
            } else if (isShown && block.language().matches("java|diff")) {
                faults.tell(block.line(), "source without its marker");
            }
        }
        comments(readme, faults);
        for (String kind : kinds(readme)) {
            faults.checked();
            if (readme.blocks(kind).isEmpty()) {
                faults.tell(1, "nothing is marked <!-- " + kind + " -->");
            }
        }
    }

    /** Each comment is the marker of a block, or one that ties a number to a constant. */
    private static void comments(Readme readme, Faults faults) {
        Map<Integer, Integer> known = new HashMap<>(); // comments by line
        for (Block block : readme.blocks()) {
            known.merge(block.marker().line(), 1, Integer::sum);
        }
        for (HtmlInline html : Nodes.all(readme.document(), HtmlInline.class)) {
            if (Numbers.isMarker(html)) {
                known.merge(Nodes.line(html), 1, Integer::sum);
            }
        }
        for (int line : readme.comments()) {
            faults.checked();
            int comments = readme.line(line).split("<!--", -1).length - 1;
            if (comments > known.getOrDefault(line, 0)) {
                faults.tell(line, "a comment that marks nothing");
            }
        }
    }

    private static List<String> kinds(Readme readme) {
        return switch (readme.kind()) {
            case LESSON -> List.of("from", "run", "lab", "edit");
            case REFERENCE ->
                    readme.lesson().orElseThrow().number() % 4 == 1 // the first of their kind
                            ? List.of("strace")
                            : List.of("diff", "strace");
            case ROOT -> List.of("program", "prints");
            case OTHER -> List.of();
        };
    }
}
