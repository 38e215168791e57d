package course.readme.checks;

import course.Folders;
import course.Lesson;
import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            try {
                Path copy = Files.createTempDirectory("edit");
                try {
                    Path folder = copy(readme.course().root(), readme.lesson().orElseThrow(), copy);
                    if (UnifiedEdit.apply(edit, folder, faults)) {
                        new Terminals(folder, faults).run(runs);
                    }
                } finally {
                    Folders.delete(copy);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Copies what Maven needs in order to run one lesson, and returns the lesson's new folder. */
    private static Path copy(Path root, Lesson lesson, Path to) throws IOException {
        Path folder = to.resolve(lesson.name());
        copyAll(root.resolve("pom.xml"), to.resolve("pom.xml"));
        copyAll(root.resolve(".mvn"), to.resolve(".mvn"));
        copyAll(lesson.folder().resolve("pom.xml"), folder.resolve("pom.xml"));
        copyAll(lesson.folder().resolve("src/main"), folder.resolve("src/main"));
        return folder;
    }

    private static void copyAll(Path from, Path to) throws IOException {
        for (Path path : Folders.files(from)) {
            Path copy = path.equals(from) ? to : to.resolve("" + from.relativize(path));
            Files.createDirectories(copy.getParent());
            Files.copy(path, copy);
        }
    }
}
