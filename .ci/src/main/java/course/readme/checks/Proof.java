package course.readme.checks;

import course.Lesson;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.Link;
import org.commonmark.node.Node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link to the test that proves what stands before it: {@code [proof](src/test/java/…#L176
 * "nameOfTheTest")}.
 *
 * @param file the test's source
 * @param hash the line, as in {@code #L176}; empty if there is none
 * @param test the name of the method
 */
record Proof(Link link, Path file, String hash, String test) {

    private static final Pattern TARGET = Pattern.compile("((?:.*/)?src/test/.*\\.java)(#.*)?");

    /** Returns the proof that {@code link} is. */
    static Optional<Proof> of(Readme readme, Link link) {
        Matcher target = TARGET.matcher(link.getDestination());
        if (!target.matches()) {
            return Optional.empty();
        }
        Path file = readme.folder().resolve(target.group(1)).normalize();
        String hash = target.group(2) == null ? "" : target.group(2);
        String title = link.getTitle() == null ? "" : link.getTitle();
        return Optional.of(new Proof(link, file, hash, title));
    }

    /** Returns the proofs in a node. */
    static List<Proof> in(Readme readme, Node node) {
        return Nodes.all(node, Link.class).stream().flatMap(l -> of(readme, l).stream()).toList();
    }

    /** Returns whether a node leads to a source outside: an RFC, the JDK's documentation. */
    static boolean isSourced(Node node) {
        return Nodes.all(node, Link.class).stream()
                .anyMatch(link -> link.getDestination().startsWith("https:"));
    }

    /** Returns whether it is one of the facts' tests of {@code lesson}. */
    boolean isFactOf(Lesson lesson) {
        return file.equals(lesson.test("FactsTest"));
    }
}
