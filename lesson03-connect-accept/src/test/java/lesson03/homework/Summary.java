package lesson03.homework;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where each task stands, and one thing to do next. JUnit closes it after the last test. */
final class Summary implements AutoCloseable {

    private final Noise noise = Noise.begin();
    private final Map<String, Task> tasks = new LinkedHashMap<>();

    /** Returns the task, in which {@code stage} begins if it is not null. */
    Task task(String name, String stage) {
        Task task = tasks.computeIfAbsent(name, Task::new);
        task.stage = stage == null ? task.stage : stage;
        return task;
    }

    @Override
    public void close() {
        noise.end();
        System.out.println("homework of " + Summary.class.getPackageName().split("[.]")[0]);
        tasks.values().forEach(task -> System.out.println("  " + task.line()));
        System.out.println(
                tasks.values().stream()
                        .filter(task -> !task.state().equals("done"))
                        .min(Comparator.comparing(Task::urgency))
                        .map(task -> "next: " + task.next())
                        .orElse("next: nothing, all is done here"));
    }

    /** How the tests of one task ended. */
    static final class Task {

        private final String name;
        private final Map<String, int[]> stages = new LinkedHashMap<>(); // tests done, and all
        private String stage = "";
        private int done;
        private int wrong;
        private int missing;
        private String firstWrong;
        private String firstMissing;

        Task(String name) {
            this.name = name;
        }

        void done() {
            done++;
            count(1);
        }

        void missing(String reason) {
            firstMissing = missing++ == 0 ? reason : firstMissing;
            count(0);
        }

        /** Of several wrong tests the first is told: the later ones are often its echoes. */
        void wrong(Method test, String message) {
            if (wrong++ == 0) {
                Proves proves = test.getAnnotation(Proves.class);
                String contract =
                        proves == null
                                ? ""
                                : "\n  the contract: " + String.join(" ", proves.value());
                firstWrong = test.getName() + " of " + name + " pass:\n  " + message + contract;
            }
            count(0);
        }

        private void count(int done) {
            int[] counts = stages.computeIfAbsent(stage, key -> new int[2]);
            counts[0] += done;
            counts[1]++;
        }

        String state() {
            if (wrong > 0) {
                return "wrong";
            }
            return missing == 0 ? "done" : done == 0 ? "not started" : "begun";
        }

        String line() {
            int all = done + wrong + missing;
            String line = Tried.say("%-16s  %-11s  %2d of %2d tests", name, state(), done, all);
            String parts =
                    stages.entrySet().stream()
                            .map(stage -> stage.getKey() + " " + of(stage.getValue()))
                            .collect(Collectors.joining(", "));
            return stages.size() < 2 ? line : line + ": " + parts;
        }

        private static String of(int[] counts) {
            return counts[0] == counts[1] ? "done" : Tried.say("%d of %d", counts[0], counts[1]);
        }

        /** What is wrong comes first, and what is not started last. */
        int urgency() {
            return List.of("wrong", "begun", "not started").indexOf(state());
        }

        String next() {
            return switch (state()) {
                case "wrong" -> "make the test " + firstWrong;
                case "begun" -> "in " + name + ".java this is missing: " + firstMissing;
                default -> "open " + name + ".java in src/main/java; its comments say what to do";
            };
        }
    }
}
