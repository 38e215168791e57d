package course.homework;

import course.process.Command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What a JVM with a student's answer runs in. On Linux, where {@code unshare} may, it sees only its
 * own processes, ends with all of them, and does not see the submissions nor the course; for root
 * it is a user that owns nothing. Elsewhere what it has started is found and ended, and that is
 * all.
 */
final class Cage {

    private static final String MARK = "HOMEWORK_CAGE";
    private static final int FIRST_USER = 61_000; // nobody's, one for each cage at a time

    /** Memory and files of a process in KiB, and threads of its user. */
    private static final String LIMITS = "ulimit -v 6000000; ulimit -f 65536; ulimit -c 0; ";

    private static final String THREADS = "ulimit -u 2500; ";

    private final boolean isRoot;
    private final boolean unshares;
    private final List<Path> hidden;

    /** A cage that hides these folders. */
    Cage(List<Path> hidden) {
        this(hidden, canUnshare());
    }

    Cage(List<Path> hidden, boolean unshares) {
        this.hidden =
                hidden.stream()
                        .filter(path -> hidden.stream().noneMatch(other -> isInside(path, other)))
                        .toList();
        this.unshares = unshares;
        isRoot = "root".equals(System.getProperty("user.name"));
    }

    private static boolean isInside(Path path, Path other) {
        return path.startsWith(other) && !path.equals(other);
    }

    private static boolean canUnshare() {
        if (!Command.exists("unshare") || !Command.exists("setpriv")) {
            return false;
        }
        List<String> words =
                new ArrayList<>(unshare("root".equals(System.getProperty("user.name"))));
        words.addAll(List.of("sh", "-c", "mount -t tmpfs tmpfs /mnt && true"));
        try {
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> unshare(boolean isRoot) {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork"));
        words.addAll(List.of("--kill-child", "--mount-proc"));
        if (!isRoot) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        return words;
    }

    /** Says what it can do here. */
    String description() {
        return unshares
                ? "each answer runs alone: it sees no other submission"
                : "answers run with your rights, and see your files: use a container";
    }

    /**
     * Starts a JVM.
     *
     * @param slot a number that no other cage has at the same time, from 0
     * @param folder the working folder, empty
     */
    Worker start(List<String> java, int slot, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words(java, slot, folder));
        builder.directory(folder.toFile());
        builder.environment().clear();
        String mark = UUID.randomUUID().toString();
        builder.environment().put(MARK, mark);
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Worker(builder, process -> () -> end(process, mark));
    }

    private List<String> words(List<String> java, int slot, Path folder) throws IOException {
        if (File.separatorChar == '\\') {
            return java;
        }
        StringBuilder script = new StringBuilder();
        List<String> words = new ArrayList<>();
        String run = "\"$@\"";
        if (unshares) {
            words.addAll(unshare(isRoot));
            for (Path path : hidden) {
                script.append("mount -t tmpfs -o ro tmpfs " + quoted(path) + " || exit 1; ");
            }
            if (isRoot) {
                int user = FIRST_USER + slot;
                Files.setAttribute(folder, "unix:uid", user);
                script.append(THREADS);
                run = "setpriv --reuid %1$d --regid %1$d --clear-groups %2$s".formatted(user, run);
            }
        }
        // The shell stays: it is the first process, and when it ends all of them do.
        script.append(LIMITS).append(run).append("; exit $?");
        words.addAll(List.of("sh", "-c", script.toString(), "sh"));
        words.addAll(java);
        return words;
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    /** Ends the process and all that it has started, wherever they have gone. */
    private static void end(Process process, String mark) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        Predicate<ProcessHandle> isMarked = handle -> isMarked(handle, mark);
        for (int round = 0; round < 100; round++) { // one may start another meanwhile
            List<ProcessHandle> left = ProcessHandle.allProcesses().filter(isMarked).toList();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean isMarked(ProcessHandle handle, String mark) {
        try {
            Path environment = Path.of("/proc/" + handle.pid() + "/environ");
            return new String(Files.readAllBytes(environment)).contains(MARK + "=" + mark);
        } catch (IOException e) {
            return false; // it has ended, or is not ours
        }
    }
}
