package course.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system calls in a log of {@code strace -f}, each in one piece. */
public final class Calls {

    private static final Pattern WHOLE = Pattern.compile("(\\w+)\\((.*?)(?:\\) += (.*))?");
    private static final String UNFINISHED = " <unfinished ...>";

    private final List<Call> begun;
    private final List<Call> returned;

    private Calls(List<Call> begun, List<Call> returned) {
        this.begun = List.copyOf(begun);
        this.returned = List.copyOf(returned);
    }

    /** Reads a log; a line of it begins with the thread's number. */
    public static Calls of(String log) {
        List<Call> begun = new ArrayList<>();
        List<Call> returned = new ArrayList<>();
        Map<String, String> unfinished = new HashMap<>(); // by thread
        Map<String, Integer> places = new HashMap<>(); // of the unfinished among the begun
        for (String line : log.split("\n")) {
            String[] parts = line.split(" +", 2);
            String thread = parts[0];
            String text = parts.length < 2 ? "" : parts[1];
            if (text.endsWith(UNFINISHED)) {
                text = text.substring(0, text.length() - UNFINISHED.length());
                unfinished.put(thread, text);
                places.put(thread, begun.size());
                begun.add(call(thread, text));
            } else if (text.startsWith("<... ") && unfinished.containsKey(thread)) {
                String rest = text.replaceFirst("<.*? resumed>", "");
                Call call = call(thread, unfinished.remove(thread) + rest);
                begun.set(places.remove(thread), call);
                returned.add(call);
            } else if (text.matches("\\w+\\(.*\\) += .*")) {
                begun.add(call(thread, text));
                returned.add(call(thread, text));
            }
        }
        return new Calls(begun, returned);
    }

    private static Call call(String thread, String text) {
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            throw new IllegalArgumentException("not a call: " + text);
        }
        String result = whole.group(3) == null ? "" : whole.group(3);
        return new Call(thread, whole.group(1), whole.group(2), result);
    }

    /** Returns all calls in the order in which they began, those that still wait, too. */
    public List<Call> begun() {
        return begun;
    }

    /** Returns the calls that have returned, in the order in which they did. */
    public List<Call> returned() {
        return returned;
    }
}
