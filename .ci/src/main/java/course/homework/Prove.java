package course.homework;

import course.Course;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Proves the tests of the homework. For every task: the stub is not started in every test; each
 * solution passes every test, every time; each mistake fails the tests that it names, with the
 * words that it promises, and passes the rest; each sentence of the contract has its tests, and
 * each test its mistake. {@code bash .ci/prove [--times N] [lesson03 | Dialer ...]}.
 */
public final class Prove {

    static final int TIMES = 20; // how often a solution has to pass; a mistake fails once
    private static final int SIDE_BY_SIDE = 8; // JVMs; they mostly wait
    static final int WAIT_SECONDS = 60; // the longest run of all tests of a task

    private final Course course;
    private final Prover prover;
    private final int times;
    private final int mistakeTimes;
    private final int waitSeconds;
    private final Faults faults;

    Prove(Course course, Prover prover, int times, int mistakeTimes, int waitSeconds) {
        this.course = course;
        this.prover = prover;
        this.times = times;
        this.mistakeTimes = mistakeTimes;
        this.waitSeconds = waitSeconds;
        faults = new Faults(course.root());
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

    /** Proves all tasks that are asked for, prints a line for each, and returns the faults. */
    Set<String> tasks(List<String> only) throws Exception {
        List<Task> tasks = Tasks.in(course, only);
        if (tasks.isEmpty()) {
            faults.add(course.root(), "a task", "none of the name " + only);
        }
        ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            for (Task task : tasks) {
                int before = faults.count();
                if (Layout.check(task, faults)) {
                    System.out.println(task(task, pool));
                }
                faults.all().stream().skip(before).forEach(System.out::println);
            }
        } finally {
            pool.shutdownNow();
        }
        return faults.all();
    }

    private String task(Task task, ExecutorService pool) throws Exception {
        Map<Answer, Future<Result>> results = new LinkedHashMap<>();
        if (!prover.base(task, faults).isSound()) {
            return task.name() + ": the stub and its test do not compile without a word";
        }
        for (Answer answer : Layout.answers(task, faults)) {
            int seconds = waitSeconds * (answer.isMistake() ? mistakeTimes : 3);
            results.put(
                    answer, pool.submit(() -> prover.run(answer, runs(answer), seconds, faults)));
        }
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
        judge.end();
        List<String> items = Contract.items(Folders.read(task.stub()));
        Contract.check(task, items, tests, prover.quotes(task, faults), faults);
        return String.format(
                Locale.ROOT,
                "%s  %-16s  %2d tests of %2d sentences, %d solutions x %d, %2d mistakes, %5.1f s",
                task.lesson().packageName(),
                task.name(),
                tests.size(),
                items.size(),
                task.solutions().size(),
                times,
                task.mistakes().size(),
                seconds);
    }

    private int runs(Answer answer) {
        return answer.isStub() ? 2 : answer.isMistake() ? mistakeTimes : times;
    }
}
