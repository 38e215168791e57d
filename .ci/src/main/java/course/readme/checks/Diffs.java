package course.readme.checks;

import course.process.Command;
import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import java.util.List;

/** {@code <!-- diff A B -->}: the difference between two files, as git shows it. */
public final class Diffs implements Check {

    private static final String COMMAND =
            "git diff --no-index --no-ext-diff --no-color --unified=1 %s %s";

    @Override
    public void look(Readme readme, Faults faults) {
        for (Block block : readme.blocks("diff")) {
            String a = block.marker().argument(1);
            String b = block.marker().argument(2);
            List<String> real = Command.bash(readme.folder(), COMMAND.formatted(a, b)).lines();
            List<String> hunks = real.subList(Math.min(4, real.size()), real.size());
            Comparison.of("diff", block, hunks, Ports.oneToOne(), faults);
        }
    }
}
