package course.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import course.Course;
import course.Lesson;
import course.process.Command;
import course.process.Program;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lessons' compiled programs, started as a student starts them, and how they have to end. */
final class Programs {

    static final Course COURSE = Course.find();

    /** What a client says about itself, on standard error, before its conversation. */
    static final String INTRODUCTION = "(client: (connected to|our end is) \\S+:\\d+\n){0,2}";

    private Programs() {}

    /** Returns the command that starts a program of a lesson on this JDK. */
    static Command command(int number, String program, String... arguments) {
        Lesson lesson = COURSE.lesson(number);
        assertTrue(
                Files.isDirectory(lesson.classes()),
                () -> lesson.name() + " is not compiled: run `mvn test-compile` in the root");
        return Command.java(lesson, program, arguments);
    }

    /** Starts a lesson's server at a free port of localhost. */
    static Program server(int lesson) {
        return command(lesson, "Server", "localhost", "0").start();
    }

    /** Starts a lesson's client, which is to talk to {@code port} of localhost. */
    static Program client(int lesson, int port) {
        return command(lesson, "Client", "localhost", "" + port).start();
    }

    /** Waits for the end of {@code program}, and matches all that it has printed. */
    static Matcher assertEnds(Program program, int status, String out, String err) {
        String ended = "status " + program.status() + "\n" + program.err().text(ISO_8859_1);
        assertMatches("status " + status + "\n" + err, ended);
        return assertMatches(out, program.out().text(ISO_8859_1));
    }

    /**
     * Waits for {@code program} to fail as every program of the lessons does: with status 1 and one
     * line on standard error, which says {@code what} happened, {@code why} in the system's words
     * in parentheses, and what to do next.
     */
    static void assertFails(Program program, String who, String what, String why) {
        assertEnds(program, 1, "", INTRODUCTION + failure(who, what, why));
    }

    /** Returns the pattern of a line that tells a failure. */
    static String failure(String who, String what, String why) {
        return who + ": .*" + what + ".*\\(.*(" + why + ").*\\)\\. [A-Z].*\\.\n";
    }

    /** Ends a server, which must have lived until now and complained in lines of its own only. */
    static void stop(Program server) {
        assertTrue(server.isAlive(), () -> "the server has died" + server.err());
        server.stop();
        List<String> foreign = new ArrayList<>(server.err().text().lines().toList());
        foreign.removeIf(line -> line.startsWith("server: "));
        assertEquals(List.of(), foreign);
    }

    private static Matcher assertMatches(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertTrue(matcher.matches(), () -> "expected " + regex + "\nbut got " + text);
        return matcher;
    }

    /** Says aloud what is left out on a machine without {@code program}. */
    static void assumeExists(String program) {
        assumeTrue(Command.exists(program), "no " + program + " here");
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
