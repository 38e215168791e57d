/**
 * The homework: its answers and mistakes, the proof of its tests, and grading.
 *
 * <ul>
 *   <li>{@code Task} knows where the files of a task stand, {@code Answers} which there must be,
 *       {@code Contract} and {@code Hints} what its texts promise.
 *   <li>A {@code Mistake} is a {@link course.Patch} of a solution. {@link
 *       course.homework.OpenMistakes} makes whole files of mistakes and takes them back: {@code
 *       bash .ci/mistake}.
 *   <li>{@link course.homework.Prove} lets a {@code Prover} compile and run every answer, and a
 *       {@code Judge} compare how its tests ended with how they must: {@code bash .ci/prove}.
 *   <li>{@link course.homework.Grade} takes the answers from {@code Submission}s; a {@code Grader}
 *       compiles each in one JVM and runs it in another, in a {@code Cage}, and makes a {@code Row}
 *       of what comes: {@code bash .ci/grade}. {@link course.homework.GradeOne} does it for one,
 *       and {@link course.homework.Autograder} builds what services need for that.
 *   <li>Answers run in JVMs of their own. {@code Jvms} starts them, a {@code Worker} speaks with
 *       one, and {@link course.homework.child.Child} is the program in it.
 * </ul>
 */
package course.homework;
