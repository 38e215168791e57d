package course.readme.checks;

import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.Heading;

import java.util.ArrayList;
import java.util.List;

/** A lesson's page has its sections in their order; a REFERENCE may have others between them. */
public final class Sections implements Check {

    private static final List<String> LESSON =
            List.of(
                    "# Lesson %d: .+",
                    "## Predict",
                    "## Run",
                    "## What happened",
                    "## Keep in mind",
                    "## Lab",
                    "## When it fails",
                    "## Change it",
                    "## Make it",
                    "## Where to read on");

    @Override
    public void look(Readme readme, Faults faults) {
        if (readme.lesson().isEmpty()) {
            return;
        }
        int number = readme.lesson().orElseThrow().number();
        boolean isLesson = readme.kind() == Readme.Kind.LESSON;
        List<Heading> left = new ArrayList<>(readme.headings());
        left.removeIf(heading -> heading.getLevel() > 2);
        int line = 1;
        for (String section : isLesson ? LESSON : reference(number)) {
            faults.checked();
            String pattern = section.formatted(number);
            int at = 0;
            while (at < left.size() && !shown(left.get(at)).matches(pattern)) {
                at++;
            }
            if (at == left.size()) {
                faults.tell(line, "no section here: " + pattern);
                continue;
            }
            line = Nodes.line(left.get(at));
            List<Heading> before = left.subList(0, at);
            if (isLesson && !before.isEmpty()) {
                faults.tell(Nodes.line(before.get(0)), "no place for " + shown(before.get(0)));
            }
            left.subList(0, at + 1).clear();
        }
        if (isLesson && !left.isEmpty()) {
            faults.tell(Nodes.line(left.get(0)), "no place for " + shown(left.get(0)));
        }
    }

    private static List<String> reference(int number) {
        List<String> sections = new ArrayList<>(List.of("# Lesson %d: reference"));
        if (number > 1) {
            sections.add("## New since lesson " + (number - 1));
        }
        sections.addAll(List.of("## Under the hood", "## " + Facts.FACTS));
        if (number == 5) {
            sections.add("## " + Facts.COMPARED);
        }
        return sections;
    }

    private static String shown(Heading heading) {
        return "#".repeat(heading.getLevel()) + " " + Nodes.text(heading);
    }
}
