package course.readme.checks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(10)
final class SystemCallsTest {

    private final SystemCalls check = new SystemCalls();
    private final Sketch sketch =
            new Sketch()
                    .write(
                            "lesson01-create/src/main/java/lesson01/Server.java",
                            """
                            package lesson01;

                            class Server {
                                public static void main(String[] args) throws Exception {
                                    try (java.net.ServerSocket s = new java.net.ServerSocket()) {
                                        s.bind(new java.net.InetSocketAddress("localhost", 0));
                                    }
                                }
                            }
                            """)
                    .write(
                            "lesson01-create/src/main/java/lesson01/Client.java",
                            """
                            package lesson01;

                            class Client {
                                public static void main(String[] args) {}
                            }
                            """)
                    .says(
                            """
                            ```
                            strace -f -qq -e trace=socket,bind,listen,close java -cp target/classes lesson01.Server
                            ```

                            <!-- strace lesson01.Server -->
                            - `new ServerSocket()`: none
                            - `bind(address)`: `socket`, `bind`, `listen`
                            - end of the `try`: `close`
                            """);

    @BeforeEach
    void straceIsNeeded() {
        assumeTrue(sketch.look(check).skipped().isEmpty(), "no strace, or no JDK 17 or 25");
    }

    @AfterEach
    void close() {
        sketch.close();
    }

    @Test
    void aListShowsWhatStraceShows() {
        sketch.isGood(check);
    }

    @Test
    void anotherSystemCallIsTold() {
        sketch.drift("`listen`", "`accept`").isTold(check, 6, "system calls differ: strace shows");
    }

    @Test
    void aSystemCallThatIsLeftOutIsTold() {
        sketch.drift("`bind`, ", "").isTold(check, 6, "system calls differ");
    }

    @Test
    void anotherOrderIsTold() {
        sketch.drift("`bind`, `listen`", "`listen`, `bind`")
                .isTold(check, 6, "system calls differ");
    }

    @Test
    void anItemMayGoOnInTheNextLine() {
        sketch.drift("`socket`, `bind`", "`socket`,\n  `bind`").isGood(check);
        sketch.drift("  `bind`, ", "  ").isTold(check, 6, "system calls differ");
    }

    @Test
    void anItemWithoutItsColonIsTold() {
        sketch.drift("`new ServerSocket()`: none", "`new ServerSocket()`")
                .isTold(check, 6, "system calls differ");
    }
}
