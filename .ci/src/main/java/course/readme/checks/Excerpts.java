package course.readme.checks;

import course.Folders;
import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Mend;
import course.readme.Readme;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code <!-- from FILE -->}: the lines stand in the source one after another, as indented. */
public final class Excerpts implements Check {

    @Override
    public void look(Readme readme, Faults faults) {
        for (Block block : readme.blocks("from")) {
            faults.checked();
            String name = block.marker().argument(1);
            Path file = readme.folder().resolve(name);
            if (!Files.isRegularFile(file)) {
                faults.tell(block.marker().line(), "no source " + name);
            } else if (block.body().isEmpty()) {
                faults.tell(block.line(), "an excerpt without lines");
            } else {
                compare(block, Folders.lines(file), name, faults);
            }
        }
    }

    private static void compare(Block block, List<String> source, String name, Faults faults) {
        int start = bestStart(block.body(), source);
        int same = start < 0 ? 0 : same(block.body(), source, start);
        if (same == block.body().size()) {
            return;
        }
        boolean isThere = start >= 0 && start + same < source.size();
        String is = isThere ? source.get(start + same).strip() : start < 0 ? "nothing" : "the end";
        String says = block.text(same).strip();
        Optional<List<String>> region = region(block.body(), source);
        String how = region.isPresent() ? "" : ", and its first and last line are not to be found";
        faults.tell(
                block.line(same),
                "excerpt differs from %s: \"%s\" there is \"%s\"%s".formatted(name, says, is, how),
                region.map(block::mend).stream().toArray(Mend[]::new));
    }

    /** Where in the source most lines of the excerpt stand one after another, or -1. */
    private static int bestStart(List<String> excerpt, List<String> source) {
        int best = -1;
        for (int i = 0; i < source.size(); i++) {
            int same = same(excerpt, source, i);
            if (same > 0 && (best < 0 || same > same(excerpt, source, best))) {
                best = i;
            }
        }
        return best;
    }

    /** How many lines of the excerpt stand in the source from {@code start} on, indented alike. */
    private static int same(List<String> excerpt, List<String> source, int start) {
        int indent = indent(source.get(start)) - indent(excerpt.get(0));
        int same = 0;
        while (indent >= 0 && same < excerpt.size() && start + same < source.size()) {
            String text = excerpt.get(same);
            String indented = text.isBlank() ? "" : " ".repeat(indent) + text;
            if (!indented.equals(source.get(start + same))) {
                return same;
            }
            same++;
        }
        return same;
    }

    /**
     * The source from the excerpt's first line, unique, to its last: unique, or the next like it.
     */
    private static Optional<List<String>> region(List<String> excerpt, List<String> source) {
        String last = excerpt.get(excerpt.size() - 1);
        int from = unique(excerpt.get(0), source);
        int only = unique(last, source);
        int indent = from < 0 ? 0 : indent(source.get(from)) - indent(excerpt.get(0));
        for (int to = from; from >= 0 && indent >= 0 && to < source.size(); to++) {
            if (source.get(to).equals(" ".repeat(indent) + last) || to == only) {
                Stream<String> region = source.subList(from, to + 1).stream();
                return Optional.of(
                        region.map(s -> s.substring(Math.min(indent, indent(s)))).toList());
            }
        }
        return Optional.empty();
    }

    private static int unique(String line, List<String> source) {
        List<String> stripped = source.stream().map(String::strip).toList();
        int first = stripped.indexOf(line.strip());
        return first == stripped.lastIndexOf(line.strip()) ? first : -1;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
