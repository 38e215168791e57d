package course.readme.checks;

import course.Lesson;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

import java.util.ArrayList;
import java.util.List;

/** A lesson's page begins with a line of links: home, the other lessons, and its other page. */
public final class Navigation implements Check {

    @Override
    public void look(Readme readme, Faults faults) {
        if (readme.lesson().isEmpty()) {
            return;
        }
        faults.checked();
        Node first = readme.document().getFirstChild();
        List<String> missing = new ArrayList<>(List.of("../README.md"));
        for (Lesson lesson : readme.course().lessons()) {
            if (!lesson.equals(readme.lesson().orElseThrow())) {
                missing.add("../" + lesson.name() + "/README.md");
            }
        }
        readme.sibling().ifPresent(other -> missing.add(other.file().getFileName().toString()));
        if (first instanceof Paragraph) {
            Nodes.all(first, Link.class).forEach(link -> missing.remove(link.getDestination()));
        }
        if (!missing.isEmpty()) {
            faults.tell(1, "the first line has no link to " + String.join(", ", missing));
        }
    }
}
