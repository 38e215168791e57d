package course.readme.checks;

import course.Course;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

@ResourceLock(Course.PORTS)
final class TranscriptsTest {

    private final Transcripts check = new Transcripts();
    private final Sketch sketch = new Sketch();

    @AfterEach
    void close() {
        sketch.close();
    }

    private void twoTerminals() {
        sketch.says(
                """
                <!-- run first -->
                ```
                $ echo at localhost/127.0.0.1:4711; read line; echo from :4712
                at localhost/127.0.0.1:4711
                Enter ends it
                ```

                <!-- run second: hello|bye -->
                ```
                $ while read line; do echo "$line back"; done; echo end
                hello
                hello back
                bye
                bye back
                end
                ```
                """);
    }

    @Test
    void aCommandPrintsWhatThePageSays() {
        sketch.says("<!-- run -->\n```\n$ echo one\none\n$ echo two\ntwo\n```\n").isGood(check);
    }

    @Test
    void aLineOfATranscriptIsTold() {
        sketch.says("<!-- run -->\n```\n$ echo created\nmade\n```\n")
                .isTold(check, 4, "\"made\" is \"created\"")
                .isMended(check);
    }

    @Test
    void aLineTooMuchIsTold() {
        sketch.says("<!-- prints echo one -->\n```\none\ntwo\n```\n")
                .isTold(check, 4, "\"two\" is \"the end\"")
                .isMended(check);
    }

    @Test
    void twoTerminalsTalkAndInputIsShownWhereItIsTyped() {
        twoTerminals();
        sketch.drift("Enter ends it\n", "from :4712\n")
                .drift("read line; echo from", "echo from")
                .isGood(check);
    }

    @Test
    void aServerMayEndWithEnter() {
        twoTerminals();
        sketch.drift("echo at ", "echo Enter ends it; echo at ")
                .drift("read line; echo from :4712\n", "read line; echo bye\nEnter ends it\n")
                .drift("1:4711\nEnter ends it\n", "1:4711\nbye\n")
                .isGood(check);
    }

    @Test
    void aLineOfTheSecondTerminalIsToldAndBothAreMended() {
        twoTerminals();
        sketch.drift("Enter ends it\n", "from :4712\n")
                .drift("read line; echo from", "echo from")
                .drift("bye back", "bye then")
                .isTold(check, 14, "\"bye then\" is \"bye back\"")
                .isMended(check);
    }

    @Test
    void aPortThatIsTakenIsTold() throws IOException {
        try (ServerSocket taken = new ServerSocket(5005, 1, InetAddress.getLoopbackAddress())) {
            sketch.says("<!-- run first -->\n```\n$ echo :5005; cat\n:5005\n```\n")
                    .isTold(check, 2, "port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void aSecondTerminalNeedsAFirstOne() {
        sketch.says("<!-- run second -->\n```\n$ echo one\none\n```\n")
                .isTold(check, 2, "without a first one");
    }

    /** What Maven would refuse, its stand-in refuses, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvn -q compile exec:javaclient",
                "mvn -q compile exec:java@sever",
                "mvn -q compil exec:java@client",
                "mvn -q compile exec:java@client -Dexec.args=one two",
                "mvn -q compile exec:java@client -Dexec.arg=one"
            })
    void aCommandThatMavenWouldRefuseIsTold(String command) {
        String client = "mvn -q compile exec:java@client \"-Dexec.args=one two\"";
        sketch.write(
                        "lesson01-create/src/main/java/lesson01/Client.java",
                        "package lesson01; class Client { public static void main(String[] args)"
                                + " { System.out.println(args.length); } }")
                .says("<!-- run -->\n```\n$ " + client + "\n2\n```\n")
                .isGood(check);
        sketch.drift(client, command).isTold(check, 4, "is \"mvn: not known on a page: ");
    }
}
