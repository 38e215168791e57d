package course.readme.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.Course;
import course.Folders;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small course in a folder of its own, in which a test writes pages and lets them drift. */
final class Sketch implements AutoCloseable {

    static final String LESSON = "lesson01-create/README.md";
    static final String REFERENCE = "lesson01-create/REFERENCE.md";

    private final Course real = Course.find();
    private final Course course;
    private String page = LESSON;

    Sketch() {
        try {
            course = new Course(Files.createTempDirectory("sketch").toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("pom.xml", "<project/>\n");
        write("README.md", "# Home\n");
        write(LESSON, "# Lesson 1: create\n");
    }

    /** Chooses the page that the next calls are about. */
    Sketch page(String name) {
        page = name;
        return this;
    }

    /** Writes a file. */
    Sketch write(String name, String text) {
        Folders.write(course.root().resolve(name), text);
        return this;
    }

    /** Writes the page. */
    Sketch says(String text) {
        return write(page, text);
    }

    /** Copies a file or a folder of the real course. */
    Sketch take(String name) {
        for (Path file : Folders.files(real.root().resolve(name))) {
            write("" + real.root().relativize(file), Folders.read(file));
        }
        return this;
    }

    /** Uses what the real course has made in its target, and leaves it there. */
    Sketch shareTarget(String name) {
        try {
            Path target = course.target();
            Files.createDirectories(target);
            Files.createDirectories(real.target().resolve(name));
            Files.createSymbolicLink(target.resolve(name), real.target().resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts {@code by} into the place of {@code what} in a file, which has it once. */
    Sketch drift(String name, String what, String by) {
        String text = text(name);
        assertEquals(2, text.split(java.util.regex.Pattern.quote(what), -1).length, what);
        return write(name, text.replace(what, by));
    }

    /** Puts {@code by} into the place of {@code what} in the page. */
    Sketch drift(String what, String by) {
        return drift(page, what, by);
    }

    String text(String name) {
        return Folders.read(course.root().resolve(name));
    }

    Readme readme() {
        return new Readme(course, course.root().resolve(page));
    }

    Faults look(Check check) {
        Readme readme = readme();
        Faults faults = new Faults(readme);
        check.look(readme, faults);
        return faults;
    }

    /** Expects that something was compared, and no fault. */
    Sketch isGood(Check check) {
        Faults faults = look(check);
        assertEquals(List.of(), faults.all());
        assertTrue(faults.count() > 0, "nothing was checked");
        return this;
    }

    /** Expects one fault, at this line of the page. */
    Sketch isTold(Check check, int line, String fault) {
        List<String> all = look(check).all();
        assertEquals(1, all.size(), "" + all);
        String place = page + ":" + line + ": ";
        assertTrue(all.get(0).startsWith(place), all.get(0));
        assertTrue(all.get(0).contains(fault), all.get(0));
        return this;
    }

    /** Lets {@code --fix} mend the page, after which it is good. */
    Sketch isMended(Check check) {
        Faults faults = look(check);
        assertTrue(readme().save(faults.mends()), "not saved");
        return isGood(check);
    }

    @Override
    public void close() {
        Folders.delete(course.root());
    }
}
