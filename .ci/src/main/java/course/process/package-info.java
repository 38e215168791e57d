/** Programs in processes of their own: what they print, and what they ask of the kernel. */
package course.process;
