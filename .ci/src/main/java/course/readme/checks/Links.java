package course.readme.checks;

import course.readme.Check;
import course.readme.Faults;
import course.readme.Mend;
import course.readme.Nodes;
import course.readme.Readme;
import course.readme.Tests;

import org.commonmark.node.Image;
import org.commonmark.node.Link;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Links lead to what is there; a proof leads to the line of its test, which runs. */
public final class Links implements Check {

    /** A proof that leads to another line than its test's. */
    private record Moved(int line, String what) {}

    @Override
    public void look(Readme readme, Faults faults) {
        List<Moved> moved = new ArrayList<>();
        Map<Integer, String> mended = new HashMap<>(); // the moved ones' lines
        Map<Path, Map<String, Tests.Method>> tests = new HashMap<>();
        for (Link link : Nodes.all(readme.document(), Link.class)) {
            faults.checked();
            Proof proof = Proof.of(readme, link).orElse(null);
            if (isDead(readme, link, faults) || proof == null) {
                continue;
            }
            Tests.Method test = tests.computeIfAbsent(proof.file(), Tests::in).get(proof.test());
            int line = Nodes.line(link);
            if (isTold(proof, test, line, faults)) {
                continue;
            }
            String was = link.getDestination();
            String is = was.replaceFirst("(#.*)?$", "#L" + test.line());
            if (!was.equals(is)) {
                moved.add(new Moved(line, proof.test() + " is on line " + test.line()));
                String text = mended.getOrDefault(line, readme.line(line));
                String title = " \"" + proof.test() + "\"";
                mended.put(line, text.replace("](" + was + title, "](" + is + title));
            }
        }
        for (Moved one : moved) {
            Mend mend = new Mend(one.line, 1, List.of(mended.get(one.line)));
            faults.tell(one.line, one.what, mend);
        }
        for (Image image : Nodes.all(readme.document(), Image.class)) {
            faults.checked();
            if (!Files.exists(readme.folder().resolve(image.getDestination()))) {
                faults.tell(Nodes.line(image), "no picture: " + image.getDestination());
            }
        }
    }

    /** Tells why a proof proves nothing, whatever its line. */
    private static boolean isTold(Proof proof, Tests.Method test, int line, Faults faults) {
        if (!Nodes.text(proof.link()).matches("proof( \\d+)?")) {
            faults.tell(line, "a link to a test has the text \"proof\" or \"proof 1\"");
            return true;
        }
        if (test == null) {
            faults.tell(line, "no such test: \"" + proof.test() + "\"");
            return true;
        }
        if (test.isDisabled()) {
            faults.tell(line, "a disabled test: " + proof.test());
            return true;
        }
        return false;
    }

    private static boolean isDead(Readme readme, Link link, Faults faults) {
        String fault = fault(readme, link.getDestination());
        if (!fault.isEmpty()) {
            faults.tell(Nodes.line(link), fault + ": " + link.getDestination());
        }
        return !fault.isEmpty();
    }

    private static String fault(Readme readme, String target) {
        if (target.matches("https?://.*")) {
            return "";
        }
        if (target.startsWith("/") || target.contains(":")) {
            return "link to another place";
        }
        String[] parts = target.split("#", 2);
        Path file =
                parts[0].isEmpty() ? readme.file() : readme.folder().resolve(parts[0]).normalize();
        if (!Files.exists(file)) {
            return "dead link";
        }
        boolean isForAll = readme.kind() != Readme.Kind.OTHER;
        if (isForAll
                && readme.course().shown(file).matches("[.](ci|github)/.*|.*/src/homework.*")) {
            return "link to what a student's copy lacks";
        }
        boolean isAnchor = parts.length > 1 && !parts[1].matches("L\\d+");
        if (isAnchor && !new Readme(readme.course(), file).anchors().contains(parts[1])) {
            return "dead anchor";
        }
        return "";
    }
}
