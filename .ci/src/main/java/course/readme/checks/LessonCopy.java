package course.readme.checks;

import course.Folders;
import course.Lesson;
import course.readme.Block;
import course.readme.Compiled;
import course.readme.Faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A copy of a lesson's programs, in which the page's commands run. What Maven does in them is done
 * without Maven, which takes seconds to start: {@code mvn -q compile} is done beforehand, and
 * {@code exec:java@client} is a function of the shell.
 */
final class LessonCopy implements AutoCloseable {

    private static final String MVN =
            """
            mvn() {
                local form='^-q compile( exec:java(@(server|client|lab))?( -Dexec[.]args=(.*))?)?$'
                if [ $# -gt 4 ] || ! [[ $* =~ $form ]]; then
                    echo "mvn: not known on a page: $*" >&2
                    exit 1
                fi
                if [ $# -eq 2 ]; then return; fi
                local program=${BASH_REMATCH[3]:-demo}
                java -cp target/classes PACKAGE.${program^} ${BASH_REMATCH[5]} # word by word
            }
            """;

    private final Path folder;
    private final Lesson copy;

    LessonCopy(Lesson lesson) {
        try {
            folder = Files.createTempDirectory("lesson");
            copy = new Lesson(folder.resolve(lesson.name()));
            Files.createDirectories(copy.folder());
            for (Path file : Folders.files(lesson.mainSources())) {
                Path to = copy.folder().resolve("" + lesson.folder().relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where the copy is. */
    Path folder() {
        return copy.folder();
    }

    /** Runs the transcripts among the blocks, after the compiler if there is a program's. */
    void run(List<Block> blocks, Faults faults) {
        List<Block> programs = blocks.stream().filter(LessonCopy::runsProgram).toList();
        if (!programs.isEmpty() && !Compiled.into(copy.classes(), copy)) {
            faults.checked();
            faults.tell(programs.get(0).line(), "the lesson does not compile");
            return;
        }
        Path shell = folder.resolve("mvn.sh");
        Folders.write(shell, MVN.replace("PACKAGE", copy.packageName()));
        new Terminals(copy.folder(), faults, shell).run(blocks);
    }

    private static boolean runsProgram(Block block) {
        return block.body().stream()
                .anyMatch(line -> line.contains("mvn -q compile") || line.contains(" java "));
    }

    @Override
    public void close() {
        Folders.delete(folder);
    }
}
