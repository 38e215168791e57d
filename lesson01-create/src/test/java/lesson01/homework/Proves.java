package lesson01.homework;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Quotes what a test proves: list items of the contract, which stands in the stub's comments. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Proves {

    /** Each a whole item, as it reads without its tags. */
    String[] value();
}
