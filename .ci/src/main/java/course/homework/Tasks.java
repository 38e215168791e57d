package course.homework;

import course.Course;
import course.Folders;
import course.Lesson;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds tasks by what stands in the lessons. */
final class Tasks {

    /** What stands beside the stubs and is none. */
    private static final Set<String> NO_STUBS = Set.of("ToDo");

    private Tasks() {}

    /**
     * Every name that a stub, a test or a folder of answers has, in the lessons' order.
     *
     * @param only names of tasks or lessons ({@code Dialer}, {@code lesson03}); if empty, all
     */
    static List<Task> in(Course course, List<String> only) {
        List<Task> tasks = new ArrayList<>();
        for (Lesson lesson : course.lessons()) {
            Task any = new Task(lesson, "Any");
            Set<String> names = new TreeSet<>(names(any.stub().getParent(), ".java"));
            names.removeAll(NO_STUBS);
            names.addAll(names(any.test().getParent(), "Test.java"));
            names.addAll(lesson.tasks());
            names.stream()
                    .map(name -> new Task(lesson, name))
                    .filter(
                            task ->
                                    only.isEmpty()
                                            || task.names().stream().anyMatch(only::contains))
                    .forEach(tasks::add);
        }
        return tasks;
    }

    /** The names of the files with this ending, without it. */
    private static List<String> names(Path folder, String ending) {
        return Folders.names(folder, path -> path.toString().endsWith(ending)).stream()
                .map(name -> name.substring(0, name.length() - ending.length()))
                .toList();
    }
}
