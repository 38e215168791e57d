package course.programs;

import static course.programs.Programs.COURSE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.Lesson;
import course.process.Command;
import course.process.Program;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tests and the demos of all lessons pass on machines unlike ours, or say what they leave out.
 * Conditions that have nothing to do with each other share a machine, because a run takes seconds.
 * All run in a folder with blanks and umlauts in its name.
 */
@Order(5)
class AnyMachineTest {

    /** How long the tests of a lesson may take, in seconds: many times what they need. */
    private static final int PATIENCE_SECONDS = 150;

    /** Starts a process whose ports nobody else can have: it needs root, unshare and ip. */
    private static final List<String> OWN_NETWORK =
            List.of("unshare", "--net", "bash", "-c", "ip link set lo up && exec \"$@\"", "-");

    private static LessonCopies copies;

    /**
     * How the lessons start: in a network of their own, or as they are where that is not permitted;
     * some would get a port at one address that other programs have at another.
     */
    private static List<String> network;

    @BeforeAll
    static void copyTheLessons() throws IOException {
        copies = LessonCopies.of(COURSE);
        network = starts(OWN_NETWORK) ? OWN_NETWORK : List.of();
    }

    @AfterAll
    static void deleteThem() throws IOException {
        copies.delete();
    }

    @Test
    void withIPv4AloneIn96MegabytesInPersian() {
        String ipv4 = "-Djava.net.preferIPv4Stack=true";
        assertPass(List.of(), ipv4, "-Xmx96m", "-Duser.language=fa", "-Duser.country=IR");
    }

    @Test
    void with400ProcessesForAnOrdinaryUserInTurkish() {
        List<String> ordinary = ordinaryUser(400);
        String ipv6 = "-Djava.net.preferIPv6Addresses=true";
        assertPass(ordinary, ipv6, "-Duser.language=tr", "-Duser.country=TR");
    }

    /** It starts 100 threads: where that is too many, its end says so. */
    @Test
    void serverOfLesson4With90ProcessesEndsAndSaysWhy() {
        Command java = copies.java(COURSE.lesson(4)).under(ordinaryUser(90));
        try (Program server = java.with("lesson04.Server", "localhost", "0").start()) {
            assertEquals(1, server.status());
            server.err().await(".*OutOfMemoryError: unable to create native thread.*");
        }
    }

    @Test
    void withoutIPv6With1024DescriptorsInArabic() {
        assumeFalse(network.isEmpty(), "no network of our own: it needs root, unshare and ip");
        String off = "echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6";
        String command = off + " && ulimit -n 1024 && exec \"$@\"";
        List<String> without = List.of("bash", "-c", command, "-");
        assertPass(without, "-Duser.language=ar", "-Duser.country=EG");
    }

    /** Returns how to start a process as a user that may have so many, threads included. */
    private static List<String> ordinaryUser(int processes) {
        String user = "setpriv --reuid=nobody --regid=65534 --clear-groups prlimit --nproc=";
        List<String> ordinary = List.of((user + processes).split(" "));
        assumeTrue(starts(ordinary), "no other user: it needs root, setpriv and prlimit");
        return ordinary;
    }

    private static boolean starts(List<String> prefix) {
        if (!Command.exists(prefix.get(0))) {
            return false;
        }
        try (Program trial = Command.of(copies.root(), "true").under(prefix).start()) {
            return trial.status() == 0;
        }
    }

    /**
     * Runs everything in processes that {@code prefix} starts, with these options of Java: one
     * lesson after another, because together they need a quarter more of the processor.
     */
    private static void assertPass(List<String> prefix, String... options) {
        List<String> faults = new ArrayList<>();
        for (Lesson lesson : copies.lessons()) {
            faults.addAll(faults(lesson, prefix, options));
        }
        assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
    }

    /** Returns what went wrong in a lesson, and prints what was left out. */
    private static List<String> faults(Lesson lesson, List<String> prefix, String... options) {
        List<String> faults = new ArrayList<>();
        Command java = copies.java(lesson, options).under(prefix).under(network);
        Command tests = java.with(LessonTests.class.getName(), "" + lesson.testClasses());
        try (Program program = tests.start()) {
            int status = program.status(PATIENCE_SECONDS);
            for (String line : program.out().text().lines().toList()) {
                if (line.startsWith(LessonTests.FAILED)) {
                    faults.add(lesson.name() + ": " + line);
                } else if (line.startsWith(LessonTests.LEFT_OUT)) {
                    System.out.println(lesson.name() + ": " + line);
                }
            }
            if (status != 0 && faults.isEmpty()) {
                faults.add(lesson.name() + " ended with status " + status + program.err());
            }
        }
        try (Program demo = java.with(lesson.packageName() + ".Demo").start()) {
            if (demo.status() != 0 || !demo.err().text().isEmpty()) {
                faults.add("the demo of " + lesson.name() + " failed" + demo.err());
            }
        }
        return faults;
    }
}
