/** What runs in the JVM of an answer: as little as can be, since it is copied there by itself. */
package course.homework.child;
