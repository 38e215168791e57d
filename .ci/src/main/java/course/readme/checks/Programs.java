package course.readme.checks;

import course.Folders;
import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code <!-- program Hello.java -->}: a whole program, and the blocks that run it by its name. */
public final class Programs implements Check {

    /** Returns whether a block is a command on one of the page's own programs. */
    static boolean runs(Readme readme, Block block) {
        return readme.blocks("program").stream().anyMatch(program -> isOf(program, block));
    }

    private static boolean isOf(Block program, Block block) {
        String file = program.marker().argument(1);
        boolean isRun = block.is("prints") || block.is("run");
        return isRun
                && (block.marker().text().contains(file)
                        || block.body().stream()
                                .anyMatch(line -> line.startsWith("$ ") && line.contains(file)));
    }

    @Override
    public void look(Readme readme, Faults faults) {
        for (Block program : readme.blocks("program")) {
            faults.checked();
            List<Block> runs = readme.blocks().stream().filter(b -> isOf(program, b)).toList();
            String file = program.marker().argument(1);
            if (!file.matches("\\w+\\.java")) {
                faults.tell(program.line(), "a program without the name of its file");
            } else if (runs.isEmpty()) {
                faults.tell(program.line(), "no block runs " + file);
            } else {
                run(program, runs, faults);
            }
        }
    }

    private static void run(Block program, List<Block> runs, Faults faults) {
        try {
            Path folder = Files.createTempDirectory("program");
            try {
                String text = String.join("\n", program.body()) + "\n";
                Files.writeString(folder.resolve(program.marker().argument(1)), text);
                new Terminals(folder, faults).run(runs);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
