package lesson01.homework;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Begins a part of a task that is worth something by itself: this test, and those after it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Stage {

    /** The name of the part, as the summary shows it. */
    String value();
}
