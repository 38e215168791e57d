package course.homework;

import course.Folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The stub of a task, its solutions and its mistakes, and whether all of them are there. */
final class Answers {

    private static final int SOLUTIONS = 2; // at least, so that tests demand no design

    private Answers() {}

    /** Whether the task has all its files, and no others. */
    static boolean areWhole(Task task, Faults faults) {
        int before = faults.count();
        Set<Path> wanted = new LinkedHashSet<>(List.of(task.stub(), task.test()));
        task.solutions().forEach(idea -> wanted.add(task.solution(idea)));
        for (Path file : wanted) {
            if (!Files.isRegularFile(file)) {
                faults.add(file, "this file", "none");
            }
        }
        if (task.solutions().size() < SOLUTIONS) {
            Path folder = task.answers().resolve("solutions");
            faults.add(folder, "at least two solutions", "" + task.solutions());
        }
        if (task.mistakes().isEmpty()) {
            faults.add(task.answers().resolve("mistakes"), "at least one mistake", "none");
        }
        task.mistakes().stream()
                .filter(file -> file.toString().matches(".*[.](patch|java)"))
                .forEach(wanted::add);
        for (Path file : Folders.files(task.answers())) {
            if (!wanted.contains(file)) {
                faults.add(file, "no such file here", "one");
            }
        }
        return faults.count() == before;
    }

    /** The stub, the solutions, and the mistakes of a task that is whole. */
    static List<Answer> of(Task task, Faults faults) {
        List<Answer> answers = new ArrayList<>();
        Stream.concat(Stream.of(task.stub()), task.solutions().stream().map(task::solution))
                .forEach(file -> answers.add(Answer.of(task, file)));
        for (Path file : task.mistakes()) {
            Mistake mistake = Mistake.read(file, faults);
            List<String> lines = mistake.answer(task, faults);
            if (lines != null) {
                answers.add(new Answer(task, file, lines, mistake));
            }
        }
        return answers;
    }
}
