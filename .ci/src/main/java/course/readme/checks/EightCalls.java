package course.readme.checks;

import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Link;

import java.util.ArrayList;
import java.util.List;

/**
 * The root's table of the eight calls: each row has its own call's Java, system call and lesson.
 */
public final class EightCalls implements Check {

    /** What a row must have: the call, words of its Java, its system call, its lesson. */
    private record Row(String call, String java, String system, String lesson) {}

    private static final List<Row> ROWS =
            List.of(
                    new Row("create", "new ServerSocket()", "socket", "lesson01-create"),
                    new Row("bind", "bind(address)", "bind", "lesson02-bind-listen"),
                    new Row("listen", "bind(address, backlog)", "listen", "lesson02-bind-listen"),
                    new Row("connect", "connect(", "connect", "lesson03-connect-accept"),
                    new Row("accept", "accept()", "accept", "lesson03-connect-accept"),
                    new Row("write", "getOutputStream()", "write", "lesson04-read-write"),
                    new Row("read", "getInputStream()", "read", "lesson04-read-write"),
                    new Row("close", "close()", "close", ""));

    @Override
    public void look(Readme readme, Faults faults) {
        if (readme.kind() != Readme.Kind.ROOT) {
            return;
        }
        List<TableRow> rows = new ArrayList<>();
        for (TableBlock table : Nodes.all(readme.document(), TableBlock.class)) {
            List<TableRow> all = Nodes.all(table, TableRow.class);
            String head = Nodes.text(all.get(0));
            if (Nodes.text(all.get(0).getFirstChild()).equals("call") && head.contains("system")) {
                rows.addAll(all.subList(1, all.size()));
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
        List<String> cells = Nodes.children(row).stream().map(Nodes::text).toList();
        String all = String.join(" | ", cells);
        boolean isLesson =
                expected.lesson.isEmpty()
                        || Nodes.all(row, Link.class).stream()
                                .anyMatch(link -> link.getDestination().contains(expected.lesson));
        boolean isSystem =
                cells.subList(1, cells.size()).stream()
                        .anyMatch(cell -> cell.matches(expected.system + "(\\(2\\))?"));
        if (!cells.get(0).equals(expected.call)
                || !all.contains(expected.java)
                || !isSystem
                || !isLesson) {
            faults.tell(Nodes.line(row), "the row of the call differs from " + expected);
        }
    }
}
