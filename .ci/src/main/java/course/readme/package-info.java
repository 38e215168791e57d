/** The pages of the course: what a check sees of them, and what it tells. */
package course.readme;
