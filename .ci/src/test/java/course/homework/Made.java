package course.homework;

import course.Course;
import course.Folders;

import java.nio.file.Path;
import java.util.List;

/** A made course of one task that is as it should be; a test changes something in it. */
final class Made {

    private static final String SOUND =
            """
            == README.md
            ## Make it
            ### Twice
            <details><summary>Hint 1</summary>What is zero and zero?</details>
            <details><summary>Hint 2</summary>An operator.</details>
            <details><summary>Hint 3</summary>Two and a star.</details>
            ## Where to read on
            == src/main/java/lesson01/homework/Twice.java
            package lesson01.homework;

            /**
             * Doubles.
             *
             * <ul>
             *   <li>Zero stays {@code 0}.
             *   <li>One is two.
             *   <li>Free: any operator.
             * </ul>
             */
            final class Twice {

                private Twice() {}

                /** Returns {@code n} twice. */
                static int twice(int n) {
                    throw new ToDo("return n twice");
                }
            }
            == src/test/java/lesson01/homework/TwiceTest.java
            package lesson01.homework;

            import org.junit.jupiter.api.Order;
            import org.junit.jupiter.api.Tag;
            import org.junit.jupiter.api.Test;
            import org.junit.jupiter.api.extension.ExtendWith;

            @Tag("homework")
            @ExtendWith(Homework.class)
            final class TwiceTest {

                @Test
                @Order(1)
                @Proves("Zero stays 0.")
                void zeroStaysZero() {
                    Tried.to("twice(0)").same(0, Twice.twice(0), "A sum?", 1);
                }

                @Test
                @Order(2)
                @Proves("One is two.")
                void oneIsTwo() {
                    Tried.to("twice(1)").same(2, Twice.twice(1), "A product?", 2);
                }
            }
            == src/homework/Twice/solutions/product/Twice.java
            package lesson01.homework;

            /** Doubles. */
            final class Twice {

                private Twice() {}

                static int twice(int n) {
                    return 2 * n;
                }
            }
            == src/homework/Twice/solutions/sum/Twice.java
            package lesson01.homework;

            /** Doubles. */
            final class Twice {

                private Twice() {}

                static int twice(int n) {
                    return n + n;
                }
            }
            == src/homework/Twice/mistakes/square.patch
            # Takes the square.
            oneIsTwo: expected 2; got 1. A product?

            --- solutions/product
            @@ -9,1 +9,1 @@
            -        return 2 * n;
            +        return n * n;
            == src/homework/Twice/mistakes/two.java
            // # Returns 2.
            // zeroStaysZero: A sum?

            package lesson01.homework;

            /** Doubles. */
            final class Twice {

                private Twice() {}

                static int twice(int n) {
                    return 2;
                }
            }
            """;

    static final String STUB = "src/main/java/lesson01/homework/Twice.java";
    static final String TEST = "src/test/java/lesson01/homework/TwiceTest.java";
    static final String PRODUCT = "src/homework/Twice/solutions/product/Twice.java";
    static final String SUM = "src/homework/Twice/solutions/sum/Twice.java";
    static final String SQUARE = "src/homework/Twice/mistakes/square.patch";
    static final String TWO = "src/homework/Twice/mistakes/two.java";
    static final String README = "README.md";

    private final Path lesson;

    /** Writes it to {@code root}. */
    Made(Path root) {
        lesson = root.resolve("lesson01-create");
        Folders.write(root.resolve("pom.xml"), "");
        for (String file : SOUND.replaceFirst("== ", "").split("\n== ")) {
            String[] parts = file.split("\n", 2);
            write(parts[0], parts[1].endsWith("\n") ? parts[1] : parts[1] + "\n");
        }
        Path real = Course.find().lesson(1).folder();
        String tests = "src/test/java/lesson01/homework/";
        write("src/main/java/lesson01/homework/ToDo.java", real);
        for (String helper : List.of("Homework", "Noise", "Proves", "Stage", "Summary", "Tried")) {
            write(tests + helper + ".java", real);
        }
        write("src/test/resources/junit-platform.properties", real);
    }

    private void write(String file, Path from) {
        write(file, Folders.read(from.resolve(file)));
    }

    /** Writes a file of its lesson. */
    Made write(String file, String text) {
        Folders.write(lesson.resolve(file), text);
        return this;
    }

    /** Takes a file or a folder away. */
    Made without(String file) {
        Folders.delete(lesson.resolve(file));
        return this;
    }

    /** Replaces the first piece of a file that matches. */
    Made with(String file, String regex, String replacement) {
        String text = Folders.read(lesson.resolve(file));
        String changed = text.replaceFirst(regex, replacement);
        if (changed.equals(text)) {
            throw new IllegalArgumentException("nothing in " + file + " is like " + regex);
        }
        return write(file, changed);
    }

    Course course() {
        return new Course(lesson.getParent());
    }
}
