package course.homework;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contract of a task: the list items in the comments of its stub. Each is quoted by a test that
 * proves it, but for those that begin with {@code Free:} and promise the student a choice.
 */
final class Contract {

    private static final int MOST = 12; // more is read by nobody

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
    private static final Pattern ITEM =
            Pattern.compile("(?s)<li>(.*?)(?=<li>|</li>|</ul>|</ol>|\\z)");
    private static final Pattern CODE =
            Pattern.compile("\\{@(?:code|literal)\\s([^{}]*(?:\\{[^{}]*\\}[^{}]*)*)\\}");
    private static final Pattern LINK =
            Pattern.compile("\\{@link(?:plain)?\\s([^\\s(}]+(?:\\([^)]*\\))?)(?:\\s([^}]*))?\\}");

    private static final String PACKAGE = "\\b(?:[a-z]\\w*[.])+(?=[A-Z])";

    private Contract() {}

    /** Returns the items of a stub's source, as they read without their tags. */
    static List<String> items(String source) {
        List<String> items = new ArrayList<>();
        Matcher comment = COMMENT.matcher(source);
        while (comment.find()) {
            String text = comment.group(1).replaceAll("(?m)^\\s*\\*", "").replaceAll("\\s+", " ");
            Matcher item = ITEM.matcher(text);
            while (item.find()) {
                items.add(plain(item.group(1)));
            }
        }
        return items;
    }

    private static String plain(String text) {
        String linked =
                LINK.matcher(text)
                        .replaceAll(
                                link -> {
                                    String name =
                                            link.group(1)
                                                    .replaceFirst("^#", "")
                                                    .replaceAll(PACKAGE, "");
                                    String label = link.group(2);
                                    return Matcher.quoteReplacement(
                                            label == null ? name.replace('#', '.') : label);
                                });
        return CODE.matcher(linked)
                .replaceAll("$1")
                .replaceAll("</?\\w+>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
    }

    /** Returns what each test of a class says that it proves, by its {@code @Proves}. */
    static Map<String, List<String>> quotes(Class<?> test) throws ReflectiveOperationException {
        Map<String, List<String>> quotes = new LinkedHashMap<>();
        for (Method method : test.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                if (annotation.annotationType().getSimpleName().equals("Proves")) {
                    Method value = annotation.annotationType().getDeclaredMethod("value");
                    value.setAccessible(true);
                    quotes.put(method.getName(), List.of((String[]) value.invoke(annotation)));
                }
            }
        }
        return quotes;
    }

    /** Compares the contract with what the tests say that they prove. */
    static void check(
            Task task,
            List<String> items,
            Iterable<String> tests,
            Map<String, List<String>> quotes,
            Faults faults) {
        List<String> promises = items.stream().filter(item -> !item.startsWith("Free:")).toList();
        if (promises.isEmpty() || promises.size() > MOST) {
            String got = "" + promises.size();
            faults.add(task.stub(), "1 to " + MOST + " list items, the contract", got);
        }
        for (String test : tests) {
            List<String> quoted = quotes.getOrDefault(test, List.of());
            if (quoted.isEmpty()) {
                faults.add(task.test(), "@Proves at " + test, "none");
            }
            for (String item : quoted) {
                if (!promises.contains(item)) {
                    String expected = "an item of the contract in @Proves of " + test;
                    faults.add(task.test(), expected, "\"" + item + "\"");
                }
            }
        }
        for (String item : promises) {
            if (quotes.values().stream().noneMatch(quoted -> quoted.contains(item))) {
                faults.add(task.test(), "a test that @Proves(\"" + item + "\")", "none");
            }
        }
    }
}
