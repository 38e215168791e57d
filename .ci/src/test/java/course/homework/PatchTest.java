package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

final class PatchTest {

    private static final List<String> TEXT = List.of("a", "b", "c", "d", "e", "f", "g", "b", "c");

    private static List<String> apply(String... patch) throws Patch.Unfit {
        return Patch.parse(List.of(patch)).apply(TEXT);
    }

    private static String why(String... patch) {
        return assertThrows(Patch.Unfit.class, () -> apply(patch)).getMessage();
    }

    @Test
    void whatIsMadeFromTwoTextsMakesOneOfTheOther() throws Patch.Unfit {
        List<String> other = List.of("a", "b", "x", "d", "e", "f", "g", "b", "c", "y");
        List<String> patch = Patch.lines(TEXT, other);
        assertEquals("@@ -1,5 +1,5 @@", patch.get(0));
        assertEquals(other, Patch.parse(patch).apply(TEXT));
    }

    @Test
    void aHunkStandsWhereItsLinesStandOnce() throws Patch.Unfit {
        List<String> changed = List.of("a", "b", "c", "D", "e", "f", "g", "b", "c");
        assertEquals(changed, apply("@@ -7,3 +7,3 @@", " c", "-d", "+D", " e"));
    }

    @Test
    void itsNumberTellsTwoPlacesApart() throws Patch.Unfit {
        assertEquals("B", apply("@@ -8,2 +8,2 @@", "-b", "+B", " c").get(7));
        assertEquals("B", apply("@@ -2,2 +2,2 @@", "-b", "+B", " c").get(1));
        assertTrue(why("@@ -3,2 +3,2 @@", "-b", "+B", " c").contains("in several places"));
    }

    @Test
    void noLineOfAHunkMayDiffer() {
        String why = why("@@ -3,3 +3,3 @@", " c", "-d", "+D", " x");
        assertEquals("the hunk of line 3 does not fit: its lines stand nowhere", why);
    }

    @Test
    void hunksDoNotOverlap() {
        String[] patch = {"@@ -4,1 +4,1 @@", "-d", "+D", "@@ -1,1 +1,1 @@", "-a", "+A"};
        assertTrue(why(patch).contains("line 1 does not fit"));
    }

    @Test
    void whatIsNoHunkIsRefused() {
        assertTrue(why("-a").contains("expected a hunk"));
        assertTrue(why("@@ -1,1 +1,1 @@", "-a", "+b", "?").contains("expected a hunk"));
        assertTrue(why("@@ -1,2 +1,1 @@", "-a", "+b").contains("as many lines"));
        assertTrue(
                assertThrows(Patch.Unfit.class, () -> Patch.parse(List.of()))
                        .getMessage()
                        .contains("at least one hunk"));
    }
}
