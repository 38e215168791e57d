package course.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import course.process.Output;
import course.process.Program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The descriptors that a program holds, as the kernel of Linux shows them in {@code /proc}. */
final class Descriptors {

    private Descriptors() {}

    static boolean areSeen() {
        return Files.isDirectory(Path.of("/proc/self/fd"));
    }

    static long of(Program program) {
        return new File("/proc/" + program.pid() + "/fd").list().length;
    }

    /** Waits until their number has stayed the same for 200 milliseconds. */
    static long atRest(Program program) throws InterruptedException {
        long count = of(program);
        for (int same = 0; same < 20; same++) {
            TimeUnit.MILLISECONDS.sleep(10);
            long next = of(program);
            if (next != count) {
                count = next;
                same = 0;
            }
        }
        return count;
    }

    /** Waits until {@code program} holds no more than {@code most}: what it had has come back. */
    static void awaitAtMost(long most, Program program) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Output.PATIENCE_SECONDS);
        while (of(program) > most) {
            assertTrue(
                    System.nanoTime() < end,
                    () -> of(program) + " descriptors are open, and " + most + " before");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
