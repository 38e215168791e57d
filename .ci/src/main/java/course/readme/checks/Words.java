package course.readme.checks;

import course.readme.Check;
import course.readme.Faults;
import course.readme.Nodes;
import course.readme.Readme;

import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

import java.util.stream.Stream;

/**
 * A lesson's README has 600 to 1,200 words, and its reader runs something within the first 300.
 * Words are what is read: in headings, paragraphs, lists and tables. Code, what is folded,
 * alternative texts and proof links are not counted.
 */
public final class Words implements Check {

    private static final int LEAST = 600;
    private static final int MOST = 1_200;
    private static final int MOST_IN_LESSON_4 = 1_600;
    private static final int MOST_IN_THE_ROOT = 2_500;
    private static final int MOST_BEFORE_RUN = 300;

    @Override
    public void look(Readme readme, Faults faults) {
        int words = count(readme, Integer.MAX_VALUE);
        if (readme.kind() == Readme.Kind.ROOT) {
            expect(words, 0, MOST_IN_THE_ROOT, "words", faults);
        } else if (readme.kind() == Readme.Kind.LESSON) {
            boolean isLong = readme.lesson().orElseThrow().number() == 4;
            expect(words, LEAST, isLong ? MOST_IN_LESSON_4 : MOST, "words", faults);
            readme.headings().stream()
                    .filter(heading -> Nodes.text(heading).equals("Run"))
                    .map(run -> count(readme, Nodes.line(run)))
                    .forEach(c -> expect(c, 0, MOST_BEFORE_RUN, "words before Run", faults));
        }
    }

    private static void expect(int is, int least, int most, String what, Faults faults) {
        faults.checked();
        if (is > most) {
            faults.tell(1, "%,d %s; %,d at most".formatted(is, what, most));
        } else if (is < least) {
            faults.tell(1, "%,d %s; %,d at least".formatted(is, what, least));
        }
    }

    /** Counts the words above {@code end}. */
    static int count(Readme readme, int end) {
        int count = 0;
        for (Text text : Nodes.all(readme.document(), Text.class)) {
            int line = Nodes.line(text);
            if (line < end && !readme.isFolded(line) && isRead(readme, text)) {
                Stream<String> words = Stream.of(text.getLiteral().split("\\s+"));
                count += (int) words.filter(s -> s.matches(".*\\w.*")).count();
            }
        }
        return count;
    }

    private static boolean isRead(Readme readme, Text text) {
        Node parent = text.getParent();
        boolean isProof = parent instanceof Link link && Proof.of(readme, link).isPresent();
        return !isProof && !Nodes.isIn(text, Image.class);
    }
}
