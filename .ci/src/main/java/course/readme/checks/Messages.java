package course.readme.checks;

import course.Lesson;
import course.readme.Check;
import course.readme.Compiled;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

import java.util.ArrayList;
import java.util.List;

/**
 * What a page calls a message is one that a program can say: the headings of When it fails, and in
 * the root README all code that begins with a program's name. There {@code …} may stand for the
 * advice.
 */
public final class Messages implements Check {

    /** What the pages call the section. */
    static final String SECTION = "When it fails";

    @Override
    public void look(Readme readme, Faults faults) {
        List<Code> messages = new ArrayList<>();
        List<Lesson> lessons = new ArrayList<>();
        if (readme.kind() == Readme.Kind.LESSON) {
            lessons.add(readme.lesson().orElseThrow());
            for (Node node : readme.in(SECTION)) {
                if (node instanceof Heading heading) {
                    List<Code> codes = Nodes.all(heading, Code.class);
                    messages.addAll(codes);
                    if (codes.isEmpty()) {
                        faults.tell(Nodes.line(heading), "a heading without a message in code");
                    }
                }
            }
        } else if (readme.kind() == Readme.Kind.ROOT) {
            lessons.addAll(readme.course().lessons());
            Nodes.all(readme.document(), Code.class).stream()
                    .filter(code -> code.getLiteral().matches("(client|server|usage): .*"))
                    .forEach(messages::add);
        }
        if (!messages.isEmpty()) {
            look(messages, lessons, faults);
        }
    }

    private static void look(List<Code> messages, List<Lesson> lessons, Faults faults) {
        List<Code> left = new ArrayList<>(messages);
        messages.forEach(message -> faults.checked());
        for (Lesson lesson : lessons) {
            try (Compiled programs = new Compiled(lesson)) {
                Sayings sayings = new Sayings(lesson, programs);
                left.removeIf(message -> sayings.has(message.getLiteral()));
            }
        }
        for (Code message : left) {
            faults.tell(Nodes.line(message), "no program says \"" + message.getLiteral() + "\"");
        }
    }
}
