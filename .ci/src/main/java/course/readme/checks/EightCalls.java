package course.readme.checks;

import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Code;
import org.commonmark.node.Link;

import java.util.ArrayList;
import java.util.List;

/**
 * The root's table of the eight calls: each row has its own call's words, Java, system call and
 * lesson, so that no two cells are swapped.
 */
public final class EightCalls implements Check {

    /** What a row must have. */
    private record Row(String call, String words, String java, String system, String lesson) {}

    private static final List<Row> ROWS =
            List.of(
                    new Row("create", "to create a socket", "Socket()", "socket", "lesson01"),
                    new Row("bind", "a socket's identification", "bind(", "bind", "lesson02"),
                    new Row("listen", "ready to receive", "ServerSocket", "listen", "lesson02"),
                    new Row("connect", "act as a sender", "connect(", "connect", "lesson03"),
                    new Row("accept", "confirmation", "accept(", "accept", "lesson03"),
                    new Row("write", "to send data", "write", "write", "lesson04"),
                    new Row("read", "to receive data", "read", "read", "lesson04"),
                    new Row("close", "to close a connection", "close(", "close", ""));

    @Override
    public void look(Readme readme, Faults faults) {
        if (readme.kind() != Readme.Kind.ROOT) {
            return;
        }
        List<TableRow> rows = new ArrayList<>();
        for (TableBody table : Nodes.all(readme.document(), TableBody.class)) {
            List<TableRow> all = Nodes.all(table, TableRow.class);
            if (Nodes.text(all.get(0)).startsWith(ROWS.get(0).call)) {
                rows.addAll(all);
            }
        }
        if (rows.size() != ROWS.size()) {
            faults.tell(1, "no table of the eight calls, or more than one");
            return;
        }
        for (int i = 0; i < ROWS.size(); i++) {
            faults.checked();
            look(ROWS.get(i), rows.get(i), faults);
        }
    }

    private static void look(Row expected, TableRow row, Faults faults) {
        String text = Nodes.text(row);
        List<String> codes =
                Nodes.all(row, Code.class).stream().map(code -> code.getLiteral()).toList();
        List<String> links =
                Nodes.all(row, Link.class).stream().map(link -> link.getDestination()).toList();
        if (!text.startsWith(expected.call)
                || !text.contains(expected.words)
                || codes.stream().noneMatch(code -> code.contains(expected.java))
                || codes.stream().noneMatch(code -> code.matches(expected.system + "(\\(2\\))?"))
                || links.stream().anyMatch(link -> !link.startsWith(expected.lesson))
                || links.isEmpty() && !expected.lesson.isEmpty()) {
            faults.tell(Nodes.line(row), "the row of a call lacks what belongs to it: " + expected);
        }
    }
}
