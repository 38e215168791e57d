package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.Folders;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class OpenMistakesTest {

    @TempDir Path folder;

    private Task task;
    private OpenMistakes mistakes;
    private Faults faults;

    @BeforeEach
    void make() {
        Made made = new Made(folder);
        task = Tasks.in(made.course(), List.of("Twice")).get(0);
        mistakes = new OpenMistakes(made.course());
        faults = new Faults(folder);
    }

    private Path open(String name) {
        return mistakes.open(task, name, faults).get(0);
    }

    private static void change(Path file, String what, String by) {
        String text = Folders.read(file);
        assertTrue(text.contains(what), text);
        Folders.write(file, text.replace(what, by));
    }

    @Test
    void whatIsOpenedAndSavedIsTheSame() {
        String patch = Folders.read(task.mistakes().get(0));
        String whole = Folders.read(task.mistakes().get(1));
        assertEquals(2, mistakes.open(task, null, faults).size());
        mistakes.save(task, null, faults);
        assertEquals(List.of(), List.copyOf(faults.all()));
        assertEquals(hunk(patch), hunk(Folders.read(task.mistakes().get(0))));
        assertEquals(whole, Folders.read(task.mistakes().get(1)));
    }

    /** A patch without the places of its hunks and the lines around them. */
    private static List<String> hunk(String patch) {
        return patch.lines().filter(line -> !line.matches("@@.*| .*|")).toList();
    }

    @Test
    void aChangeIsSavedAsAPatchOfTheSameSolution() {
        Path file = open("square");
        change(file, "n * n", "n + n * n");
        mistakes.save(task, "square", faults);
        String patch = Folders.read(task.mistakes().get(0));
        assertTrue(patch.contains("--- solutions/product\n"), patch);
        assertTrue(patch.contains("+        return n + n * n;\n"), patch);
    }

    @Test
    void aNewOneBeginsWithASolution() {
        Path file = open("three");
        change(file, "2 * n", "3 * n");
        mistakes.save(task, "three", faults);
        Path patch = task.answers().resolve("mistakes/three.patch");
        assertTrue(Folders.read(patch).contains("+        return 3 * n;\n"), Folders.read(patch));
        assertEquals(List.of(), List.copyOf(faults.all()));
    }

    @Test
    void aNewOneIsNotBegunTwice() {
        Path file = open("three");
        change(file, "2 * n", "3 * n");
        open("three");
        assertTrue(("" + faults.all()).contains("a mistake that is not yet saved"));
        assertTrue(Folders.read(file).contains("3 * n"));
    }

    @Test
    void aHeaderThatCannotBeReadIsNotSaved() {
        change(open("three"), "// # ", "// ");
        mistakes.save(task, "three", faults);
        assertTrue(("" + faults.all()).contains("expected a first line"), "" + faults.all());
        assertTrue(Files.notExists(task.answers().resolve("mistakes/three.patch")));
    }
}
