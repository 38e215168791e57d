package course.readme.checks;

import course.Lesson;
import course.readme.Check;
import course.readme.Compiled;
import course.readme.Faults;
import course.readme.Mend;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code 300<!-- Server.SILENCE_MILLIS/1000 --> seconds}: a number in prose is the constant's. A
 * word up to twelve may stand for the number.
 */
public final class Numbers implements Check {

    private static final Pattern MARKER =
            Pattern.compile("<!--\\s*(?:(lesson\\d\\d)\\.)?(\\w+)\\.(\\w+)(?:/(\\d+))?\\s*-->");

    private static final Pattern NUMBER = Pattern.compile("(\\d[\\d,]*|[A-Za-z]+)$");

    private static final List<String> WORDS =
            List.of(
                    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                    "ten", "eleven", "twelve");

    /** Returns whether it ties a number to a constant. */
    static boolean isMarker(HtmlInline html) {
        return MARKER.matcher(html.getLiteral()).matches();
    }

    @Override
    public void look(Readme readme, Faults faults) {
        List<HtmlInline> markers =
                Nodes.all(readme.document(), HtmlInline.class).stream()
                        .filter(Numbers::isMarker)
                        .toList();
        Map<String, Compiled> compiled = new HashMap<>();
        Map<Integer, String> mended = new HashMap<>();
        List<Runnable> tell = new ArrayList<>(); // when all mends of a line are known
        try {
            for (HtmlInline marker : markers) {
                faults.checked();
                look(readme, marker, compiled, mended, tell, faults);
            }
        } finally {
            compiled.values().forEach(Compiled::close);
        }
        tell.forEach(Runnable::run);
    }

    private static void look(
            Readme readme,
            HtmlInline html,
            Map<String, Compiled> compiled,
            Map<Integer, String> mended,
            List<Runnable> tell,
            Faults faults) {
        int line = Nodes.line(html);
        Matcher marker = MARKER.matcher(html.getLiteral());
        marker.matches();
        Long value = null;
        try {
            value = value(readme, marker, compiled);
        } catch (ReflectiveOperationException | ArithmeticException | IllegalArgumentException e) {
            faults.tell(line, "no such constant: " + html.getLiteral() + ": " + e);
            return;
        }
        Node before = html.getPrevious();
        Matcher number = NUMBER.matcher(before instanceof Text text ? text.getLiteral() : "");
        if (!number.find()) {
            faults.tell(line, "no number before " + html.getLiteral());
            return;
        }
        String says = number.group(1);
        String is = says.matches("[A-Za-z]+") ? word(value, says) : "%,d".formatted(value);
        if (!says.replace(",", "").equals(is.replace(",", ""))) {
            String text = mended.getOrDefault(line, readme.line(line));
            mended.put(line, text.replace(says + html.getLiteral(), is + html.getLiteral()));
            String what = "\"%s\" is %s by now: %s".formatted(says, is, html.getLiteral());
            tell.add(() -> faults.tell(line, what, new Mend(line, 1, List.of(mended.get(line)))));
        }
    }

    private static String word(long value, String says) {
        String word = value < WORDS.size() ? WORDS.get((int) value) : "%,d".formatted(value);
        boolean isCapital = Character.isUpperCase(says.charAt(0));
        return isCapital ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word;
    }

    private static long value(Readme readme, Matcher marker, Map<String, Compiled> compiled)
            throws ReflectiveOperationException {
        Lesson lesson =
                marker.group(1) == null
                        ? readme.lesson().orElseThrow(() -> new IllegalArgumentException("lesson?"))
                        : readme.course().lesson(marker.group(1));
        Class<?> type =
                compiled.computeIfAbsent(lesson.name(), name -> new Compiled(lesson))
                        .load(marker.group(2));
        Field field = type.getDeclaredField(marker.group(3));
        field.setAccessible(true);
        long value = ((Number) field.get(null)).longValue();
        long divisor = marker.group(4) == null ? 1 : Long.parseLong(marker.group(4));
        if (value % divisor != 0) {
            throw new ArithmeticException(value + " is not a multiple of " + divisor);
        }
        return value / divisor;
    }
}
