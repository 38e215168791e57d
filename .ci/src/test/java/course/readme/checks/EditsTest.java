package course.readme.checks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EditsTest {

    private static final String SOURCE = "lesson01-create/src/main/java/lesson01/Server.java";

    private final Edits check = new Edits();
    private final Sketch sketch =
            new Sketch()
                    .write("lesson01-create/pom.xml", "<project/>")
                    .write(SOURCE, "class Server {\n    one();\n    two();\n    three();\n}\n")
                    .says(
                            """
                            ## Change it

                            <!-- edit -->
                            ```diff
                            --- src/main/java/lesson01/Server.java
                            @@ -2,2 +2,2 @@
                             one();
                            -two();
                            +2();
                            ```

                            <!-- run -->
                            ```
                            $ grep 2 src/main/java/lesson01/Server.java
                            2();
                            ```

                            <!-- edit -->
                            ```diff
                            --- src/main/java/lesson01/Server.java
                            @@ -4,2 +4,1 @@
                            -three();
                             }
                            ```

                            <!-- run -->
                            ```
                            $ cat src/main/java/lesson01/Server.java
                            class Server {
                                one();
                                two();
                            }
                            ```

                            ## Make it

                            <!-- run -->
                            ```
                            $ cat no-such-file
                            ```
                            """
                                    .replace(
                                            " one();\n-two();\n+2();",
                                            "     one();\n-    two();\n+    2();")
                                    .replace("-three();", "-    three();")
                                    .replace("\n2();", "\n    2();"));

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void eachEditStartsFromTheSourcesAndPrintsWhatThePageSays() {
        sketch.isGood(check);
    }

    @Test
    void whatAnEditPrintsIsToldAndMended() {
        sketch.drift("\n    2();\n```\n\n<!-- edit", "\n    two();\n```\n\n<!-- edit")
                .isTold(check, 15, "\"    two();\" is \"    2();\"")
                .isMended(check);
    }

    @Test
    void anEditWhoseLinesAreGoneIsTold() {
        sketch.drift("     one();\n-", "     eins();\n-").isTold(check, 5, "edit does not apply");
    }

    @Test
    void anEditWhoseLinesHaveMovedIsToldAndMended() {
        sketch.drift(SOURCE, "class Server {", "class Server {\n")
                .drift("class Server {\n", "class Server {\n\n")
                .drift("@@ -4,2 +4,1 @@", "@@ -5,2 +5,1 @@")
                .isTold(check, 4, "edit stands elsewhere")
                .isMended(check);
    }

    @Test
    void aBareHeadOfAHunkIsEnoughToBeMended() {
        sketch.drift("@@ -4,2 +4,1 @@", "@@").isTold(check, 19, "elsewhere").isMended(check);
    }

    @Test
    void anEditThatNothingRunsIsTold() {
        sketch.drift("<!-- run -->\n```\n$ cat src", "```\n$ cat src")
                .isTold(check, 19, "no block below this edit");
    }

    @Test
    void anEditWithoutAFileIsTold() {
        sketch.drift("```diff\n--- src/main/java/lesson01/Server.java\n@@ -4", "```diff\n@@ -4")
                .isTold(check, 19, "begins with a line");
    }

    @Test
    void anEditOfAFileThatIsGoneIsTold() {
        sketch.drift("Server.java\n@@ -4", "Servant.java\n@@ -4").isTold(check, 20, "no source");
    }
}
