package course.readme.checks;

import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import java.util.List;

/**
 * {@code run}, {@code run first}, {@code run second} and {@code prints}: what is really printed.
 */
public final class Transcripts implements Check {

    @Override
    public void look(Readme readme, Faults faults) {
        List<Block> blocks =
                readme.blocks().stream()
                        .filter(block -> block.edit() == null)
                        .filter(block -> !Programs.runs(readme, block))
                        .toList();
        if (readme.lesson().isEmpty()) {
            new Terminals(readme.folder(), faults).run(blocks);
            return;
        }
        try (LessonCopy copy = new LessonCopy(readme.lesson().get())) {
            copy.run(blocks, faults);
        }
    }
}
