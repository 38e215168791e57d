package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MessagesTest {

    private static final String LESSON = "lesson03-connect-accept/README.md";
    private static final String FAILURE =
            "lesson03-connect-accept/src/main/java/lesson03/Failure.java";

    private static final String SENTENCES =
            """
            package lesson03;

            import java.io.IOException;
            import java.net.SocketAddress;

            final class Failure {
                private static final String[][] SENTENCES = {
                    {"refused", "nobody listens on %s (%s). Start the server first."},
                    {"Boom", "%s failed (%s). The words in parentheses are the system's."},
                };

                static String explain(IOException e, SocketAddress address) {
                    for (String[] row : SENTENCES) {
                        if (e.toString().contains(row[0])) {
                            return String.format(row[1], address, e.getMessage());
                        }
                    }
                    return address + " broke (" + e.getMessage() + "). Mend it.";
                }
            }
            """;

    private static final String SERVER =
            """
            package lesson03;

            final class Server {
                public static void main(String[] args) {
                    System.err.println("usage: [host [port]], by default localhost 5003");
                    System.err.println("server: " + args[0] + " was silent for " + 3 + " seconds");
                    System.err.println("server: " + args[1]);
                }
            }
            """;

    private static final String PAGE =
            """
            # Lesson 3: connect

            ## When it fails

            ### `client: nobody listens on localhost/127.0.0.1:5003 (Connection refused). Start the server first.`

            Text with `client: nothing like it`.

            ### `server: localhost/127.0.0.1:5003 failed (Boom). The words in parentheses are the system's.`

            ### `server: /127.0.0.1:4711 was silent for 3 seconds`

            ### `usage: [host [port]], by default localhost 5003`
            """;

    private final Messages check = new Messages();
    private final Sketch sketch =
            new Sketch()
                    .write(FAILURE, SENTENCES)
                    .write(FAILURE.replace("Failure", "Server"), SERVER)
                    .page(LESSON)
                    .says(PAGE);

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void aProgramSaysEachMessage() {
        sketch.isGood(check);
        sketch.drift(
                        "failed (Boom). The words in parentheses are the system's.",
                        "broke (x). Mend it.")
                .isGood(check);
    }

    @Test
    void aMessageInThePageIsTold() {
        sketch.drift("Start the server first.`", "Start a server.`")
                .isTold(check, 5, "no program says \"client: nobody listens");
        sketch.says(PAGE.replace("was silent", "said nothing"))
                .isTold(check, 11, "no program says \"server: /127.0.0.1:4711 said nothing");
        sketch.says(PAGE.replace("localhost 5003`", "localhost 5004`"))
                .isTold(check, 13, "no program says \"usage: ");
    }

    @Test
    void aMessageInTheProgramIsTold() {
        sketch.drift(FAILURE, "Start the server first", "Start one first")
                .isTold(check, 5, "no program says");
    }

    @Test
    void aMessageThatAnotherRowWouldSayIsTold() {
        sketch.drift("(Boom)", "(Connection refused)").isTold(check, 9, "no program says");
    }

    @Test
    void aMessageThatIsAllPutInIsTold() {
        sketch.drift("server: /127.0.0.1:4711 was silent for 3 seconds", "server: hello you there")
                .isTold(check, 11, "no program says");
    }

    @Test
    void aHeadingWithoutAMessageIsTold() {
        sketch.drift("### `usage: [host [port]], by default localhost 5003`", "### Nothing happens")
                .isTold(check, 13, "a heading without a message");
    }

    @Test
    void theRootMayLeaveOutTheAdvice() {
        String text =
                "`client: nobody listens on localhost/127.0.0.1:5003 (Connection refused). …`\n";
        sketch.page("README.md");
        new java.io.File(sketch.readme().folder().resolve("lesson01-create/README.md").toString())
                .delete();
        new java.io.File(sketch.readme().folder().resolve("lesson01-create").toString()).delete();
        sketch.says(text)
                .isGood(check)
                .drift("nobody", "somebody")
                .isTold(check, 1, "no program says");
    }
}
