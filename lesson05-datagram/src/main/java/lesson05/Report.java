package lesson05;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a Lab prints: an introduction, tables with a bar in each row, and a conclusion. */
final class Report {

    /** The longest line, in characters. */
    static final int COLUMNS = 80;

    /** The longest bar, in characters. Wide columns leave less. */
    static final int BAR = 30;

    /** The longest cell, in characters. What the system says may be longer. */
    static final int CELL = 30;

    /** The value of a row that has no bar. */
    static final double NO_BAR = 0;

    private final List<Object[]> rows = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    /** Begins a table with these headings. */
    Report(Object... headings) {
        row(NO_BAR, headings);
    }

    /** Adds a row. The largest {@code value} of the table gets the longest bar. */
    void row(double value, Object... cells) {
        values.add(value);
        rows.add(cells);
    }

    /** Prints an empty line, and the table: numbers on the right of their column, words left. */
    void print() {
        Object[] headings = rows.get(0);
        Object[] first = rows.get(Math.min(1, rows.size() - 1));
        String format = "";
        for (int i = 0; i < headings.length; i++) {
            int column = i;
            int width = rows.stream().mapToInt(row -> text(row[column]).length()).max().orElse(0);
            format += "  %" + (first[i] instanceof Number ? "" : "-") + width + "s";
        }
        format += "  ";
        double longest =
                Math.min(BAR, COLUMNS - String.format(Locale.ROOT, format, headings).length());
        double largest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        line("");
        for (int i = 0; i < rows.size(); i++) {
            Object[] cells = Stream.of(rows.get(i)).map(Report::text).toArray();
            line(format + bar(longest * values.get(i) / largest), cells);
        }
    }

    private static String text(Object cell) {
        String text = cell instanceof Double ? String.format(Locale.ROOT, "%.2f", cell) : "" + cell;
        return text.substring(0, Math.min(CELL, text.length()));
    }

    /** Returns a bar of this length: at least one character for anything above zero. */
    private static String bar(double length) {
        return length > 0 ? "#".repeat((int) Math.max(1, Math.round(length))) : "";
    }

    /** Prints what the Lab does, what to predict before it does it, and what to change then. */
    static void introduce(String title, String does, String predict, String change) {
        line(title);
        paragraph("does", does);
        paragraph("predict", predict);
        paragraph("change", change);
    }

    /** Prints an empty line, and what the tables mean. */
    static void conclude(String... sentences) {
        line("");
        paragraph("so", String.join(" ", sentences));
    }

    /** Returns a sentence with these values. */
    static String sentence(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Returns a sentence with these values, marked unless it is {@code expected} in the course. */
    static String sentence(boolean expected, String format, Object... values) {
        return (expected ? "" : "differs: ") + sentence(format, values);
    }

    /** Prints {@code text} beside its name, in as many lines as it takes. */
    private static void paragraph(String name, String text) {
        String line = String.format(Locale.ROOT, "  %-9s", name);
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > COLUMNS) {
                line("%s", line);
                line = " ".repeat(11);
            }
            line += " " + word;
        }
        line("%s", line);
    }

    /** Prints a line, formatted alike for every locale, with ? for what is not ASCII. */
    static void line(String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        System.out.println(text.replaceAll("[^ -~]", "?").stripTrailing());
    }
}
