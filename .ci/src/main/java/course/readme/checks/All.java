package course.readme.checks;

import course.readme.Check;

import java.util.List;
import java.util.stream.Stream;

/** The checks, by how they are made. */
public final class All {

    /** They read, and compile at most: a second a page. */
    public static final List<Check> STILL =
            List.of(
                    new Navigation(),
                    new Sections(),
                    new Words(),
                    new Markers(),
                    new Folds(),
                    new Excerpts(),
                    new Diffs(),
                    new Facts(),
                    new Sentences(),
                    new Proved(),
                    new Links(),
                    new Glossary(),
                    new Messages(),
                    new Numbers(),
                    new EightCalls(),
                    new Pictures(),
                    new Diagrams());

    /** They run programs, under Maven, strace or Node.js. */
    public static final List<Check> RUNNING =
            List.of(
                    new Transcripts(),
                    new Programs(),
                    new Edits(),
                    new SystemCalls(),
                    new States(),
                    new Mermaid());

    /** They measure, and nothing else runs meanwhile. */
    public static final List<Check> MEASURING = List.of(new Labs());

    private All() {}

    /** Returns all of them, the fast ones first. */
    public static List<Check> checks() {
        return Stream.of(STILL, RUNNING, MEASURING).flatMap(List::stream).toList();
    }
}
