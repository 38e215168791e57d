package course;

import course.process.Command;
import course.process.Program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of the course. */
public final class Copies {

    private Copies() {}

    /**
     * Copies what students have, as it is now, into a new folder: not what is ignored, nor what a
     * bundle leaves out.
     */
    public static Course students(Course course, Path folder) throws IOException {
        Files.createDirectory(folder);
        String files = "git ls-files -z -co --exclude-standard -- . ':!.ci' ':!*/src/homework'";
        Command copy =
                Command.bash(course.root(), files + " | xargs -0 cp --parents -t \"$0\"")
                        .with("" + folder);
        try (Program program = copy.start()) {
            program.succeeds();
        }
        return new Course(folder);
    }
}
