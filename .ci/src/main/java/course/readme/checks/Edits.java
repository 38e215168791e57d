package course.readme.checks;

import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import java.util.List;

/**
 * {@code <!-- edit -->}: a diff of the sources that applies to a copy of the lesson, in which the
 * blocks below it print what they say.
 */
public final class Edits implements Check {

    @Override
    public void look(Readme readme, Faults faults) {
        for (Block edit : readme.blocks("edit")) {
            faults.checked();
            List<Block> runs = readme.blocks().stream().filter(b -> b.edit() == edit).toList();
            if (runs.stream().noneMatch(block -> block.is("run") || block.is("run first"))) {
                faults.tell(edit.line(), "no block below this edit runs what it has changed");
            }
            try (LessonCopy copy = new LessonCopy(readme.lesson().orElseThrow())) {
                if (UnifiedEdit.apply(edit, copy.folder(), faults)) {
                    copy.run(runs, faults);
                }
            }
        }
    }
}
