package course.homework;

import course.Folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hints that a lesson's README has for a task. */
final class Hints {

    private static final Set<String> NUMBERS = Set.of("1", "2", "3");
    private static final Pattern SUMMARY = Pattern.compile("<summary>Hint (\\d+)</summary>");

    private Hints() {}

    /** Returns their numbers; all, after a fault, where the README has no place for them. */
    static Set<String> of(Task task, Faults faults) {
        Path readme = task.lesson().folder().resolve("README.md");
        List<String> lines = Files.exists(readme) ? Folders.lines(readme) : List.of();
        int make = lines.indexOf("## Make it");
        if (make < 0) {
            faults.add(readme, "a section ## Make it", "none");
            return NUMBERS;
        }
        int head = lines.indexOf("### " + task.name());
        if (head < make) {
            faults.add(readme, "a heading ### " + task.name() + " below ## Make it", "none");
            return NUMBERS;
        }
        Set<String> hints = new TreeSet<>();
        for (String line : lines.subList(head + 1, lines.size())) {
            if (line.matches("###? .*")) {
                break;
            }
            Matcher summary = SUMMARY.matcher(line);
            if (summary.find()) {
                hints.add(summary.group(1));
            }
        }
        for (String number : new TreeSet<>(NUMBERS)) {
            if (!hints.contains(number)) {
                faults.add(readme, "a hint " + number + " for " + task.name(), "none");
            }
        }
        return hints;
    }
}
