package course.readme.checks;

import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.BulletList;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;

import java.util.ArrayList;
import java.util.List;

/**
 * A lesson keeps five to seven facts in mind and asks two or three questions; each fact has a
 * proof, and so has each answer, which is folded.
 */
public final class Proved implements Check {

    @Override
    public void look(Readme readme, Faults faults) {
        if (readme.kind() != Readme.Kind.LESSON) {
            return;
        }
        List<ListItem> facts = items(readme, "Keep in mind", BulletList.class);
        List<ListItem> questions = items(readme, "Predict", OrderedList.class);
        count(facts.size(), 5, 7, "facts to keep in mind", faults);
        count(questions.size(), 2, 3, "questions to predict", faults);
        facts.forEach(fact -> proof(readme, fact, "a fact to keep in mind", faults));
        for (ListItem question : questions) {
            proof(readme, question, "an answer to a question", faults);
            int from = Nodes.line(question);
            if (from == Nodes.lastLine(question) || !readme.isFolded(Nodes.lastLine(question))) {
                faults.tell(from, "a question whose answer is not folded");
            }
        }
    }

    private static void count(int is, int least, int most, String what, Faults faults) {
        faults.checked();
        if (is < least || is > most) {
            faults.tell(1, "%d %s; %d to %d are good".formatted(is, what, least, most));
        }
    }

    private static void proof(Readme readme, ListItem item, String what, Faults faults) {
        faults.checked();
        if (Proof.in(readme, item).isEmpty()) {
            faults.tell(Nodes.line(item), what + " without its proof");
        }
    }

    private static List<ListItem> items(
            Readme readme, String section, Class<? extends ListBlock> type) {
        List<ListItem> items = new ArrayList<>();
        for (Node node : readme.in(section)) {
            if (type.isInstance(node)) {
                Nodes.children(node).forEach(item -> items.add((ListItem) item));
            }
        }
        return items;
    }
}
