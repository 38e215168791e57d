package course.readme.checks;

import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sequence diagram is readable on a phone, and has a text for those who do not see it. */
public final class Diagrams implements Check {

    private static final int MOST = 3;

    private static final Pattern NAMED = Pattern.compile("\\s*(?:participant|actor)\\s+(\\w+).*");
    private static final Pattern MESSAGE =
            Pattern.compile("\\s*(\\w+)\\s*(?:<<)?--?(?:>>?|x|\\))[+-]?\\s*(\\w+)\\s*:.*");

    @Override
    public void look(Readme readme, Faults faults) {
        for (Block block : readme.blocks()) {
            if (!block.language().equals("mermaid")) {
                continue;
            }
            faults.checked();
            Set<String> participants = new TreeSet<>();
            for (String line : block.body()) {
                Matcher named = NAMED.matcher(line);
                Matcher message = MESSAGE.matcher(line);
                if (named.matches()) {
                    participants.add(named.group(1));
                } else if (message.matches()) {
                    participants.add(message.group(1));
                    participants.add(message.group(2));
                }
            }
            if (participants.size() > MOST) {
                String fault = "diagram has %d participants; %d at most";
                faults.tell(block.line(), fault.formatted(participants.size(), MOST));
            }
            for (String text : Set.of("accTitle", "accDescr")) {
                if (block.body().stream().noneMatch(s -> s.matches("\\s*" + text + "\\s*[:{].*"))) {
                    faults.tell(block.line(), "diagram without " + text);
                }
            }
        }
    }
}
