package course;

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
    void eachHeadIsCorrectedToTheLinesOfItsHunk() throws Patch.Unfit {
        List<String> added = List.of("@@", " a", "+x", "+y", "@@ -9,1 +9,1 @@ the end", "-g", " b");
        Patch patch = Patch.read(added);
        assertEquals(List.of("@@ -1,1 +1,3 @@", "@@ -7,2 +9,1 @@ the end"), patch.heads(TEXT));
        Patch gone = Patch.read(List.of("@@ -1,9 +1,9 @@ class A", "-a"));
        assertEquals(List.of("@@ -1,1 +0,0 @@ class A"), gone.heads(TEXT));
        Patch made = Patch.read(List.of("@@ -3,9 +4,9 @@", "+x"));
        assertEquals(List.of("@@ -3,0 +4,1 @@"), made.heads(TEXT));
        assertEquals("x", made.apply(TEXT).get(3));
    }

    @Test
    void whetherItChangesAnything() throws Patch.Unfit {
        assertTrue(Patch.read(List.of("@@", " a")).changesNothing());
        assertTrue(!Patch.read(List.of("@@", " a", "@@", "-e", "+E")).changesNothing());
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
        assertTrue(why("@@", "-a", "+b").contains("as many lines"));
        assertTrue(
                assertThrows(Patch.Unfit.class, () -> Patch.parse(List.of()))
                        .getMessage()
                        .contains("at least one hunk"));
    }
}
