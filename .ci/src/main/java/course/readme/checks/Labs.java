package course.readme.checks;

import course.Jdk;
import course.Lesson;
import course.process.Command;
import course.readme.Block;
import course.readme.Check;
import course.readme.Compiled;
import course.readme.Faults;
import course.readme.Readme;

import java.util.List;
import java.util.stream.Stream;

/**
 * {@code <!-- lab -->}: only the shape, since figures, bars and conclusions are the machine's. The
 * Lab runs without Maven, which takes seconds to start, with the same compiler of the JVM.
 */
public final class Labs implements Check {

    private static final String COMMAND = "mvn -q compile exec:java@lab`";

    @Override
    public void look(Readme readme, Faults faults) {
        for (Block block : readme.blocks("lab")) {
            faults.checked();
            String before = String.join("\n", readme.lines().subList(0, block.line()));
            if (!before.contains(COMMAND)) {
                faults.tell(block.marker().line(), "no command before the Lab's output");
                continue;
            }
            List<String> real = run(readme.lesson().orElseThrow());
            List<String> says = shape(block.body());
            List<String> is = shape(real);
            if (!says.equals(is)) {
                int same = 0;
                while (text(says, same).equals(text(is, same))) {
                    same++;
                }
                String fault = "Lab differs in shape: \"%s\" is \"%s\"";
                String what = fault.formatted(text(says, same), text(is, same));
                faults.tell(block.line(same), what, block.mend(real));
            }
        }
    }

    private static List<String> run(Lesson lesson) {
        try (Compiled programs = new Compiled(lesson)) {
            String[] java = {Jdk.program("java"), "-XX:TieredStopAtLevel=1"};
            return Command.of(programs.folder(), java)
                    .with("-cp", "" + programs.classes(), lesson.packageName() + ".Lab")
                    .lines();
        }
    }

    private static String text(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "the end";
    }

    static List<String> shape(List<String> lines) {
        String text = String.join("\n", lines).replaceAll("\n +so  .*(\n .*)*", "\nso");
        Stream<String> plain = text.lines().map(s -> s.replaceAll("#+", ""));
        return plain.map(s -> s.replaceAll("-?\\d[\\d.,]*", "0"))
                .map(s -> s.strip().replaceAll(" +", " "))
                .toList();
    }
}
