package course.readme;

import java.util.List;

/**
 * Lines in the place of others, which {@code --fix} writes.
 *
 * @param line the first line that goes, from 1
 * @param count how many go
 * @param by what comes in their place
 */
public record Mend(int line, int count, List<String> by) {}
