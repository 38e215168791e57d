package course.homework;

import course.Course;
import course.Folders;
import course.Patch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Opens mistakes as whole files, where an editor or an IDE can change them, and takes them back.
 *
 * <pre>
 * bash .ci/mistake open Dialer                       all of a task
 * bash .ci/mistake open Dialer leaks-failed-sockets  one; if there is none, a new one
 * bash .ci/mistake save Dialer leaks-failed-sockets  the file that was changed, or is new
 * bash .ci/mistake save Dialer                       all that are open
 * </pre>
 *
 * A file stands at {@code .ci/target/mistakes/Dialer/NAME/lesson03/homework/Dialer.java}. Its
 * header is the mistake's, in comments; the rest is the wrong answer, which in a new one is still
 * the first solution. It is kept as a patch of the solution that it names, or, if it is new, of the
 * one that it differs least from; and as a whole where it was a {@code .java} before.
 */
public final class OpenMistakes {

    private static final List<String> NEW =
            List.of(
                    "// # What is wrong, in one sentence.",
                    "// nameOfATestThatMustFail: words of its message",
                    "");

    private final Path open;

    OpenMistakes(Course course) {
        open = course.target().resolve("mistakes");
    }

    public static void main(String[] args) {
        if (args.length < 2 || args.length > 3 || !args[0].matches("open|save")) {
            System.err.println("usage: bash .ci/mistake open|save TASK [NAME]");
            System.exit(2);
        }
        Course course = Course.find();
        OpenMistakes mistakes = new OpenMistakes(course);
        Faults faults = new Faults(course.root());
        String name = args.length == 3 ? args[2] : null;
        List<Task> tasks = Tasks.in(course, List.of(args[1]));
        if (tasks.size() != 1) {
            faults.add(course.root(), "one task of the name " + args[1], "" + tasks.size());
        } else if (args[0].equals("open")) {
            mistakes.open(tasks.get(0), name, faults).forEach(System.out::println);
        } else {
            mistakes.save(tasks.get(0), name, faults).forEach(System.out::println);
        }
        faults.all().forEach(System.err::println);
        System.exit(faults.count() == 0 ? 0 : 1);
    }

    private Path file(Task task, String name) {
        return open.resolve(task.name())
                .resolve(name)
                .resolve(task.lesson().packageName())
                .resolve("homework")
                .resolve(task.name() + ".java");
    }

    /** Writes the mistake of this name, or all, and returns the files. */
    List<Path> open(Task task, String name, Faults faults) {
        List<Mistake> mistakes =
                task.mistakes().stream()
                        .filter(file -> name == null || Mistake.name(file).equals(name))
                        .map(file -> Mistake.read(file, faults))
                        .toList();
        return mistakes.isEmpty() && name != null
                ? List.of(begin(task, name, faults))
                : mistakes.stream().map(mistake -> open(task, mistake, faults)).toList();
    }

    private Path begin(Task task, String name, Faults faults) {
        Path file = file(task, name);
        if (task.solutions().isEmpty()) {
            faults.add(task.answers().resolve("solutions"), "a solution", "none");
        } else if (Files.exists(file)) {
            faults.add(file, "no file", "a mistake that is not yet saved");
        } else {
            List<String> lines = new ArrayList<>(NEW);
            lines.addAll(Folders.lines(task.solution(task.solutions().get(0))));
            Folders.write(file, lines);
        }
        return file;
    }

    private Path open(Task task, Mistake mistake, Faults faults) {
        Path file = file(task, mistake.name());
        List<String> answer = mistake.answer(task, faults);
        if (answer != null) {
            List<String> lines = mistake.header(true);
            lines.addAll(answer);
            Folders.write(file, lines);
        }
        return file;
    }

    /** Takes the open file of this name back, or all, and returns what was written. */
    List<Path> save(Task task, String name, Faults faults) {
        List<String> names =
                name != null
                        ? List.of(name)
                        : Folders.names(open.resolve(task.name()), Files::isDirectory);
        return names.stream().map(each -> saveOne(task, each, faults)).toList();
    }

    private Path saveOne(Task task, String name, Faults faults) {
        Path kept = task.answers().resolve("mistakes");
        Path patch = kept.resolve(name + ".patch");
        Path whole = kept.resolve(name + ".java");
        Path file = file(task, name);
        if (!Files.exists(file)) {
            faults.add(file, "this file", "none");
            return file;
        }
        int before = faults.count();
        Mistake mistake = Mistake.parse(file, Folders.lines(file), faults);
        if (faults.count() > before) {
            return file;
        }
        if (Files.exists(whole)) {
            Folders.write(whole, Folders.lines(file));
            return whole;
        }
        String solution = Files.exists(patch) ? Mistake.read(patch, faults).solution() : null;
        if (solution == null || !task.solutions().contains(solution)) {
            solution =
                    task.solutions().stream()
                            .min(Comparator.comparing(idea -> patch(task, idea, mistake).size()))
                            .orElse(null);
        }
        if (solution == null) {
            faults.add(task.answers().resolve("solutions"), "a solution", "none");
            return patch;
        }
        List<String> lines = mistake.header(false);
        lines.add("--- solutions/" + solution);
        lines.addAll(patch(task, solution, mistake));
        Folders.write(patch, lines);
        return patch;
    }

    private static List<String> patch(Task task, String solution, Mistake mistake) {
        return Patch.lines(Folders.lines(task.solution(solution)), mistake.rest());
    }
}
