package course.homework;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares how the answers to one task ended with how they must end. */
final class Judge {

    /** What {@code Tried} makes. */
    private static final Pattern SENTENCE =
            Pattern.compile(".+; expected .+; got .+[?] See hint (\\d)[.]");

    private static final Pattern COMMENT_OR_TEXT =
            Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*|(\"(?:\\\\.|[^\"\\\\\n])*\")|\\s+");

    private final Task task;
    private final Set<String> tests;
    private final Set<String> hints;
    private final Faults faults;
    private final Set<String> caught = new LinkedHashSet<>();
    private final Map<String, Path> sources = new HashMap<>();

    /**
     * Begins.
     *
     * @param tests the names of all tests
     * @param hints the numbers of the hints that the README has
     */
    Judge(Task task, Set<String> tests, Set<String> hints, Faults faults) {
        this.task = task;
        this.tests = tests;
        this.hints = hints;
        this.faults = faults;
        if (tests.isEmpty()) {
            faults.add(task.test(), "a test", "none");
        }
    }

    /** Looks at one answer that ran so many times. */
    void look(Answer answer, Result result, int runs) {
        Path twin = sources.put(plain(answer.lines()), answer.file());
        if (twin != null) {
            String copy = "a copy of " + twin.getParent().getFileName() + "/" + twin.getFileName();
            faults.add(answer.file(), "an answer of its own", copy);
        }
        if (answer.isMistake()) {
            caught.addAll(answer.mistake().expected().keySet());
        }
        if (!result.isWhole()) {
            String where = result.last().isEmpty() ? "" : ", in " + result.last();
            faults.add(answer.file(), "an end of all tests", result.broken() + where);
        } else if (answer.isStub()) {
            lookAtStub(answer, result);
        } else if (answer.isMistake()) {
            lookAtMistake(answer, result, runs);
        } else {
            lookAtSolution(answer, result, runs);
        }
    }

    /** Ends: each test has its mistake. */
    void end() {
        for (String test : tests) {
            if (!caught.contains(test)) {
                faults.add(task.test(), "a mistake that " + test + " catches", "none");
            }
        }
    }

    /** The stub has two runs, the second with {@code -Dhomework=strict}. */
    private void lookAtStub(Answer stub, Result result) {
        for (String test : tests) {
            Outcome plain = result.of(1, test);
            Outcome strict = result.of(2, test);
            if (!plain.state().equals("aborted") || !plain.isNotStarted()) {
                faults.add(stub.file(), test + " not started", "" + plain);
            } else if (!strict.state().equals("failed") || !strict.isNotStarted()) {
                faults.add(stub.file(), test + " failed with -Dhomework=strict", "" + strict);
            }
        }
    }

    private void lookAtSolution(Answer answer, Result result, int runs) {
        for (String test : all(result)) {
            for (int run = 1; run <= runs; run++) {
                Outcome outcome = result.of(run, test);
                if (!outcome.passed()) {
                    String expected = test + " passed in run " + run + " of " + runs;
                    faults.add(answer.file(), expected, "" + outcome);
                    break;
                }
            }
        }
    }

    private void lookAtMistake(Answer answer, Result result, int runs) {
        Map<String, String> expected = answer.mistake().expected();
        for (String test : expected.keySet()) {
            if (!tests.contains(test)) {
                faults.add(answer.file(), "a test of " + task.name() + "Test", "\"" + test + "\"");
            }
        }
        for (String test : all(result)) {
            for (int run = 1; run <= runs; run++) {
                look(answer, result.of(run, test), expected.get(test));
            }
        }
    }

    /** How a test ended that must pass, where no words are expected of it, and else must fail. */
    private void look(Answer answer, Outcome outcome, String words) {
        String test = outcome.test();
        if (words == null) {
            if (!outcome.passed()) {
                faults.add(answer.file(), test + " passed", "" + outcome);
            }
            return;
        }
        if (!outcome.state().equals("failed")) {
            faults.add(answer.file(), test + " failed", "" + outcome);
            return;
        }
        if (!outcome.message().contains(words)) {
            faults.add(answer.file(), test + " to say \"" + words + "\"", "" + outcome);
        }
        Matcher sentence = SENTENCE.matcher(outcome.message());
        if (!sentence.matches()) {
            String form = "\"tried; expected …; got …. A question? See hint N.\"";
            faults.add(answer.file(), test + " to say " + form, "" + outcome);
        } else if (!hints.contains(sentence.group(1))) {
            Path readme = task.lesson().folder().resolve("README.md");
            String told = "hint " + sentence.group(1) + " of " + test + " in the README";
            faults.add(readme, told, "hints " + hints);
        }
    }

    private Set<String> all(Result result) {
        Set<String> all = new LinkedHashSet<>(tests);
        all.addAll(result.tests());
        return all;
    }

    /** A source without its comments and its blanks. */
    private static String plain(List<String> lines) {
        return COMMENT_OR_TEXT
                .matcher(String.join("\n", lines))
                .replaceAll(m -> m.group(1) == null ? "" : Matcher.quoteReplacement(m.group(1)));
    }
}
