package course.readme.checks;

import course.Folders;
import course.Patch;
import course.readme.Block;
import course.readme.Faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A diff of one or more sources, each behind a line {@code --- FILE}. */
final class UnifiedEdit {

    private final Block block;
    private final Faults faults;
    private final List<String> mended = new ArrayList<>();

    private UnifiedEdit(Block block, Faults faults) {
        this.block = block;
        this.faults = faults;
    }

    /** Changes the files in {@code folder}; tells why that cannot be, and returns false then. */
    static boolean apply(Block edit, Path folder, Faults faults) {
        return new UnifiedEdit(edit, faults).apply(folder);
    }

    private boolean apply(Path folder) {
        List<String> body = block.body();
        if (body.isEmpty() || !body.get(0).startsWith("--- ")) {
            faults.tell(block.line(), "an edit begins with a line \"--- FILE\"");
            return false;
        }
        boolean applied = true;
        for (int from = 0, to; from < body.size(); from = to) {
            to = from + 1;
            while (to < body.size() && !body.get(to).startsWith("--- ")) {
                to++;
            }
            applied &= apply(body.subList(from, to), from, folder);
        }
        if (applied && !mended.equals(body)) {
            String moved = "edit stands elsewhere in its source by now";
            faults.tell(block.line(), moved, block.mend(mended));
        }
        return applied;
    }

    private boolean apply(List<String> part, int at, Path folder) {
        Path file = folder.resolve(part.get(0).substring(4).strip()).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            faults.tell(block.line(at), "no source " + part.get(0).substring(4));
            return false;
        }
        List<String> source = Folders.lines(file);
        boolean named = part.size() > 1 && part.get(1).startsWith("+++ ");
        int first = named ? 2 : 1;
        try {
            Patch patch = Patch.read(part.subList(first, part.size()));
            if (patch.changesNothing()) {
                faults.tell(block.line(at), "edit changes nothing");
                return false;
            }
            Folders.write(file, patch.apply(source));
            Iterator<String> heads = patch.heads(source).iterator();
            part.forEach(line -> mended.add(line.startsWith("@@") ? heads.next() : line));
            return true;
        } catch (Patch.Unfit e) {
            faults.tell(block.line(at), "edit does not apply: " + e.getMessage());
            return false;
        }
    }
}
