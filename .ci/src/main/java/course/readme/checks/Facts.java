package course.readme.checks;

import course.Lesson;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;
import course.readme.Tests;

import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each item of a REFERENCE's facts has exactly one proof, or a source outside; each test of
 * FactsTest is the proof of exactly one item. Each row of a comparing table has a proof, as well.
 */
public final class Facts implements Check {

    /** The heading of the facts. */
    static final String FACTS = "Facts, and their proofs";

    /** The heading of lesson 5's comparing table. */
    static final String COMPARED = "Stream against datagram";

    @Override
    public void look(Readme readme, Faults faults) {
        if (readme.kind() != Readme.Kind.REFERENCE) {
            return;
        }
        Lesson lesson = readme.lesson().orElseThrow();
        Map<String, Integer> items = new HashMap<>(); // by test
        for (Node node : readme.in(FACTS)) {
            for (ListItem item : Nodes.all(node, ListItem.class)) {
                count(fact(readme, item, faults), lesson, items);
            }
            count(rows(readme, node, faults), lesson, items);
        }
        for (Node node : readme.in(COMPARED)) {
            count(rows(readme, node, faults), lesson, items);
        }
        if (Files.exists(lesson.test("FactsTest"))) {
            for (String test : Tests.in(lesson.test("FactsTest")).keySet()) {
                faults.checked();
                int count = items.getOrDefault(test, 0);
                if (count != 1) {
                    faults.tell(1, "%s is linked from %d facts".formatted(test, count));
                }
            }
        }
    }

    private static void count(List<Proof> proofs, Lesson lesson, Map<String, Integer> items) {
        proofs.stream()
                .filter(proof -> proof.isFactOf(lesson))
                .forEach(proof -> items.merge(proof.test(), 1, Integer::sum));
    }

    private static List<Proof> fact(Readme readme, ListItem item, Faults faults) {
        faults.checked();
        List<Proof> proofs = Proof.in(readme, item);
        if (proofs.size() > 1 || proofs.isEmpty() && !Proof.isSourced(item)) {
            faults.tell(Nodes.line(item), "a fact with " + proofs.size() + " proofs");
        }
        return proofs;
    }

    private static List<Proof> rows(Readme readme, Node node, Faults faults) {
        List<Proof> proofs = new ArrayList<>();
        for (TableBody table : Nodes.all(node, TableBody.class)) {
            for (TableRow row : Nodes.all(table, TableRow.class)) {
                faults.checked();
                proofs.addAll(Proof.in(readme, row));
                if (Proof.in(readme, row).isEmpty() && !Proof.isSourced(row)) {
                    faults.tell(Nodes.line(row), "a row without a proof");
                }
            }
        }
        return proofs;
    }
}
