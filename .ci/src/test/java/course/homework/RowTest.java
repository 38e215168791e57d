package course.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

final class RowTest {

    private static Row row(String student, String message) {
        List<Outcome> tests =
                List.of(
                        new Outcome(1, "first", "passed", ""),
                        new Outcome(1, "second", "aborted", "not started: this"),
                        new Outcome(1, "third", "failed", message));
        return new Row(student, "Twice", "wrong", 1.2, tests);
    }

    @Test
    void whatIsWrongComesBeforeWhatIsMissing() {
        assertEquals("ann,Twice,wrong,1,3,2,third: bad", row("ann", "bad").csv());
        assertEquals("[third: bad, second: not started: this]", "" + row("ann", "bad").open());
    }

    @Test
    void fieldsAreQuoted() {
        assertEquals(
                "\"a,\"\"b\"\"\",Twice,wrong,1,3,2,\"third: x, y z\"",
                row("a,\"b\"", "x, y\nz").csv());
    }

    @Test
    void noFieldIsAFormula() {
        assertEquals("'=1+1,Twice,wrong,1,3,2,third: bad", row("=1+1", "bad").csv());
    }
}
