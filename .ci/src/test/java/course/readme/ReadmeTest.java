package course.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.Course;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class ReadmeTest {

    @TempDir Path root;

    private Readme page(String text) throws IOException {
        Path file = root.resolve("lesson01-create/README.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return new Readme(new Course(root), file);
    }

    @Test
    void aBlockKnowsItsMarkerItsLinesAndItsPlace() throws IOException {
        Readme page =
                page(
                        """
                        ## Run

                        1. Do this:

                           <!-- run second: hello|bye -->
                           ```text
                           $ one

                           two
                           ```

                        <details><summary>More</summary>

                        <!-- states 6003 -->
                        - `a`: b
                        - `c`: d

                        </details>
                        """);
        Block fence = page.blocks().get(0);
        assertTrue(fence.is("run second"));
        assertFalse(fence.is("run first"));
        assertEquals("hello|bye", fence.marker().after("run second"));
        assertEquals(List.of("$ one", "", "two"), fence.body());
        assertEquals(7, fence.line(0));
        assertEquals("Run", fence.section());
        Block list = page.blocks().get(1);
        assertEquals("6003", list.marker().argument(1));
        assertEquals(15, list.line(0));
        assertEquals(List.of("- `a`: b", "- `c`: d"), list.body());
        assertTrue(list.folded());
        assertFalse(fence.folded());
    }

    @Test
    void aBlockBelongsToTheEditAboveItUpToTheNextHeading() throws IOException {
        Readme page =
                page(
                        """
                        ## A

                        <!-- edit -->
                        ```diff
                        ```

                        ### B

                        <!-- run -->
                        ```
                        ```

                        <!-- edit -->
                        ```diff
                        ```

                        ## C

                        <!-- run -->
                        ```
                        ```
                        """);
        List<Block> blocks = page.blocks();
        assertSame(blocks.get(0), blocks.get(1).edit());
        assertNull(blocks.get(2).edit());
        assertNull(blocks.get(3).edit());
    }

    @Test
    void aMarkerTwoLinesAboveIsNone() throws IOException {
        assertEquals("", page("<!-- run -->\n\n```\n```\n").blocks().get(0).marker().text());
    }

    @Test
    void mendsAreWrittenWithTheIndentOfTheirBlock() throws IOException {
        Readme page = page("- a\n\n  <!-- run -->\n  ```\n  $ x\n  y\n  ```\n");
        assertTrue(page.save(List.of(page.blocks().get(0).mend(List.of("$ x", "", "z")))));
        assertEquals(
                "- a\n\n  <!-- run -->\n  ```\n  $ x\n\n  z\n  ```\n",
                Files.readString(page.file()));
    }

    @Test
    void aPageThatHasChangedMeanwhileIsNotWritten() throws IOException {
        Readme page = page("one\n");
        Files.writeString(page.file(), "two\n");
        assertFalse(page.save(List.of(new Mend(1, 1, List.of("three")))));
        assertEquals("two\n", Files.readString(page.file()));
    }

    @Test
    void anchorsAreThoseOfAForge() throws IOException {
        Readme page = page("# The `pipe`, first\n\n## Ä & B\n\n```\n# none\n```\n\n## Ä & B\n");
        assertTrue(page.anchors().contains("the-pipe-first"), "" + page.anchors());
        assertTrue(page.anchors().contains("ä--b"), "" + page.anchors());
        assertEquals(3, page.anchors().size(), "" + page.anchors());
    }
}
