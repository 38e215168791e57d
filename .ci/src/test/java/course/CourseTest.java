package course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;

final class CourseTest {

    private final Course course = Course.find();

    @Test
    void theCourseHasFiveLessons() {
        assertEquals(
                "[1, 2, 3, 4, 5]", "" + course.lessons().stream().map(Lesson::number).toList());
    }

    @Test
    void aLessonIsFoundByTheStartOfItsName() {
        Lesson lesson = course.lesson("lesson03");
        assertEquals("lesson03-connect-accept", lesson.name());
        assertEquals("lesson03", lesson.packageName());
        assertEquals(5003, lesson.port());
        assertTrue(Files.exists(lesson.source("Server")), "Server");
        assertThrows(IllegalArgumentException.class, () -> course.lesson("lesson"));
    }

    @Test
    void eachTaskHasAStubAndAGrader() {
        for (Lesson lesson : course.lessons()) {
            assertEquals(2, lesson.tasks().size(), lesson.name());
            for (String task : lesson.tasks()) {
                assertTrue(Files.exists(lesson.stub(task)), task);
                assertTrue(Files.exists(lesson.grader(task)), task);
            }
        }
    }
}
