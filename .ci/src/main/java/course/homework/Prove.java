package course.homework;

import course.Course;
import course.Folders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Proves the tests of the homework. For every task: the stub is not started in every test; each
 * solution passes every test, every time; each mistake fails the tests that it names, with the
 * words that it promises, and passes the rest; each sentence of the contract has its tests, and
 * each test its mistake.
 *
 * <pre>
 * bash .ci/prove [--times N] [lesson03 | Dialer ...]
 * bash .ci/prove Dialer leaks-failed-sockets      one mistake, or one solution
 * </pre>
 */
public final class Prove {

    static final int TIMES = 20; // how often a solution has to pass; a mistake fails once
    private static final int SIDE_BY_SIDE = 10; // JVMs; they mostly wait
    static final int WAIT_SECONDS = 60; // the longest run of all tests of a task

    private final Course course;
    private final Prover prover;
    private final int times;
    private final int mistakeTimes;
    private final int waitSeconds;

    Prove(Course course, Prover prover, int times, int mistakeTimes, int waitSeconds) {
        this.course = course;
        this.prover = prover;
        this.times = times;
        this.mistakeTimes = mistakeTimes;
        this.waitSeconds = waitSeconds;
    }

    public static void main(String[] args) throws Exception {
        List<String> only = new ArrayList<>(List.of(args));
        int times = TIMES;
        int mistakeTimes = 1;
        if (only.size() > 1 && only.get(0).equals("--times")) {
            times = Integer.parseInt(only.get(1));
            mistakeTimes = times;
            only.subList(0, 2).clear();
        }
        Course course = Course.find();
        int faults;
        try (Prover prover = new Prover()) {
            Prove prove = new Prove(course, prover, times, mistakeTimes, WAIT_SECONDS);
            faults = prove.tasks(only).size();
        }
        System.exit(faults == 0 ? 0 : 1);
    }

    /**
     * Proves all tasks that are asked for, prints a line for each, and returns the faults.
     *
     * @param only names of lessons and tasks, and of those answers that alone are to run
     */
    Set<String> tasks(List<String> only) throws Exception {
        List<Task> tasks = Tasks.in(course, only);
        Set<String> chosen = new LinkedHashSet<>(only);
        tasks.forEach(task -> chosen.removeAll(task.names()));
        Set<String> all = new LinkedHashSet<>();
        for (String name : chosen) {
            if (tasks.stream().noneMatch(task -> task.hasAnswer(name))) {
                all.add("expected a task or an answer, got none of the name " + name);
            }
        }
        all.forEach(System.out::println);
        try (Running running = start(tasks, chosen)) {
            for (Task task : tasks) {
                all.addAll(running.end(task));
            }
        }
        return all;
    }

    /**
     * Begins to run the answers of the tasks, one of each task after another: those of one task
     * wait longer than those of another.
     *
     * @param chosen names of answers; if empty, all
     */
    Running start(List<Task> tasks, Set<String> chosen) throws Exception {
        Running running = new Running(chosen);
        for (Task task : tasks) {
            running.prepare(task);
        }
        running.begin();
        return running;
    }

    /** The answers of some tasks, of which so many run at the same time. */
    final class Running implements AutoCloseable {

        private final ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        private final Map<Task, Faults> faults = new HashMap<>();
        private final Map<Task, Map<Answer, FutureTask<Result>>> results = new LinkedHashMap<>();
        private final Set<String> chosen;

        Running(Set<String> chosen) {
            this.chosen = chosen;
        }

        private void prepare(Task task) throws Exception {
            Faults told = new Faults(course.root());
            faults.put(task, told);
            if (!Answers.areWhole(task, told)) {
                return;
            }
            if (!prover.base(task, told).isSound()) {
                told.add(task.test(), "a test that compiles with the stub", "words");
                return;
            }
            Map<Answer, FutureTask<Result>> runs = new LinkedHashMap<>();
            for (Answer answer : Answers.of(task, told)) {
                if (answer.isStub() || chosen.isEmpty() || chosen.contains(answer.name())) {
                    int seconds = waitSeconds * (answer.isMistake() ? mistakeTimes : 3);
                    runs.put(
                            answer,
                            new FutureTask<>(
                                    () -> prover.run(answer, runs(answer), seconds, told)));
                }
            }
            results.put(task, runs);
        }

        private void begin() {
            List<Iterator<FutureTask<Result>>> left = new ArrayList<>();
            results.values().forEach(runs -> left.add(runs.values().iterator()));
            while (!left.isEmpty()) {
                left.removeIf(runs -> !runs.hasNext());
                left.forEach(runs -> pool.execute(runs.next()));
            }
        }

        /** Waits for the end of a task's answers, prints what came out, and returns the faults. */
        Set<String> end(Task task) throws Exception {
            Faults told = faults.get(task);
            if (results.containsKey(task)) {
                System.out.println(Prove.this.end(task, results.get(task), chosen.isEmpty(), told));
            }
            told.all().forEach(System.out::println);
            return told.all();
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }

    private String end(
            Task task, Map<Answer, FutureTask<Result>> results, boolean isAll, Faults faults)
            throws Exception {
        Judge judge = null;
        Set<String> tests = Set.of();
        double seconds = 0;
        for (Answer answer : results.keySet()) {
            Result result = results.get(answer).get();
            seconds += result.seconds();
            if (judge == null) { // the stub's run names the tests
                tests = result.tests();
                judge = new Judge(task, tests, Hints.of(task, faults), faults);
            }
            judge.look(answer, result, runs(answer));
        }
        if (isAll) {
            judge.end();
        }
        List<String> items = Contract.items(Folders.read(task.stub()));
        Contract.check(task, items, tests, prover.quotes(task, faults), faults);
        long mistakes = results.keySet().stream().filter(Answer::isMistake).count();
        return String.format(
                Locale.ROOT,
                "%s  %-16s  %2d tests of %2d sentences, %d solutions x %d, %2d mistakes; JVMs: %.1f"
                        + " s",
                task.lesson().packageName(),
                task.name(),
                tests.size(),
                items.size(),
                results.size() - 1 - mistakes,
                times,
                mistakes,
                seconds);
    }

    private int runs(Answer answer) {
        return answer.isStub() ? 2 : answer.isMistake() ? mistakeTimes : times;
    }
}
