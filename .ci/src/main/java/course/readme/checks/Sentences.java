package course.readme.checks;

import course.Lesson;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;
import course.readme.Tests;

import org.commonmark.node.ListItem;
import org.commonmark.node.Node;

import java.util.Map;

/**
 * Each fact of a REFERENCE says what the comment of its test says, word by word: whoever changes a
 * number there, or the sense, has both in view.
 */
public final class Sentences implements Check {

    @Override
    public void look(Readme readme, Faults faults) {
        if (readme.kind() != Readme.Kind.REFERENCE) {
            return;
        }
        Lesson lesson = readme.lesson().orElseThrow();
        Map<String, Tests.Method> tests = Tests.in(lesson.test("FactsTest"));
        for (Node node : readme.in(Facts.FACTS)) {
            for (ListItem item : Nodes.all(node, ListItem.class)) {
                for (Proof proof : Proof.in(readme, item)) {
                    if (tests.containsKey(proof.test())) {
                        faults.checked();
                        compare(item, tests.get(proof.test()).sentence(), faults);
                    }
                }
            }
        }
    }

    private static void compare(ListItem item, String sentence, Faults faults) {
        String says = Nodes.text(item).replaceFirst(" proof$", "");
        if (!says.equals(sentence)) {
            faults.tell(Nodes.line(item), "the test of this fact says \"" + sentence + "\"");
        }
    }
}
