/** The checks of a page, one kind of fault each. */
package course.readme.checks;
