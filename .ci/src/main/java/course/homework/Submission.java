package course.homework;

import course.Folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What a student has handed in: a clone, an unpacked ZIP, or the files alone. */
record Submission(String student, Path folder) {

    static final int LARGEST = 1 << 20; // bytes of an answer

    private static final int DEEPEST = 20;
    private static final int MOST = 50_000; // files and folders that are looked at

    /** Folders that hold no answer of a student. */
    private static final Set<String> OTHERS = Set.of(".git", "target", "bin", "out");

    /** The submissions in a folder, one for each folder in it, in the order of their names. */
    static List<Submission> in(Path folder) {
        return Folders.names(folder, Files::isDirectory).stream()
                .filter(name -> !name.startsWith("."))
                .map(name -> new Submission(name, folder.resolve(name)))
                .toList();
    }

    /**
     * Returns the file with the answer to {@code task}, or null: the one whose path is most like
     * the course's, and then the shortest. Links lead to other students, or nowhere: none is
     * followed.
     */
    Path answer(Task task) {
        List<Path> found = new ArrayList<>();
        String wanted = task.name() + ".java";
        int[] seen = {0};
        SimpleFileVisitor<Path> visitor =
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes all) {
                        boolean skip = OTHERS.contains("" + dir.getFileName());
                        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes all) {
                        if (all.isRegularFile() && wanted.equals("" + file.getFileName())) {
                            found.add(file);
                        }
                        return seen[0]++ < MOST
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.TERMINATE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                };
        try {
            Files.walkFileTree(folder, Set.of(), DEEPEST, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream()
                .filter(file -> !folder.relativize(file).toString().contains("src/homework"))
                .min(
                        Comparator.comparing((Path file) -> -likeness(task.stub(), file))
                                .thenComparing(Path::getNameCount)
                                .thenComparing(Path::toString))
                .orElse(null);
    }

    /** How many names at the ends of both paths are the same. */
    private static int likeness(Path one, Path other) {
        int same = 0;
        int most = Math.min(one.getNameCount(), other.getNameCount());
        while (same < most
                && one.getName(one.getNameCount() - 1 - same)
                        .equals(other.getName(other.getNameCount() - 1 - same))) {
            same++;
        }
        return same;
    }
}
