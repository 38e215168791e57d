package course.readme.checks;

import course.Lesson;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words that are bold in a lesson's two pages are the rows of the root's table Words that link
 * the lesson; each is bold once, where it is defined.
 */
public final class Glossary implements Check {

    @Override
    public void look(Readme readme, Faults faults) {
        if (readme.kind() != Readme.Kind.LESSON) {
            return;
        }
        faults.checked();
        List<String> bold = new ArrayList<>(bold(readme));
        readme.sibling().ifPresent(other -> bold.addAll(bold(other)));
        Set<String> defined = new TreeSet<>();
        for (String word : bold) {
            if (!defined.add(word)) {
                faults.tell(1, "defined twice: " + word);
            }
        }
        Set<String> listed = listed(readme);
        if (!defined.equals(listed)) {
            Set<String> only = new TreeSet<>(defined);
            only.removeAll(listed);
            listed.removeAll(defined);
            faults.tell(
                    1,
                    "defines also %s, and the root README lists also %s".formatted(only, listed));
        }
    }

    private static List<String> bold(Readme readme) {
        return Nodes.all(readme.document(), StrongEmphasis.class).stream()
                .map(word -> Nodes.text(word).toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Set<String> listed(Readme readme) {
        Lesson lesson = readme.lesson().orElseThrow();
        Readme root = new Readme(readme.course(), readme.course().root().resolve("README.md"));
        Set<String> listed = new TreeSet<>();
        for (Node node : root.in("Words")) {
            for (TableBody table : Nodes.all(node, TableBody.class)) {
                for (TableRow row : Nodes.all(table, TableRow.class)) {
                    if (Nodes.all(row, Link.class).stream()
                            .anyMatch(l -> l.getDestination().startsWith(lesson.name() + "/"))) {
                        listed.add(Nodes.text(row.getFirstChild()).toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return listed;
    }
}
