package course.readme;

import course.Course;
import course.readme.checks.All;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks the pages at a maintainer's desk: {@code [--fix] [--fast] [lesson03 …] [Excerpts …]}. It
 * ends with status 1 if there are faults.
 *
 * <p>{@code --fix} writes what the sources and the programs say now into the pages. {@code --fast}
 * leaves out what runs programs. Names choose pages, by the beginning of their folder, and checks.
 */
public final class Main {

    private final Course course = Course.find();
    private final boolean fix;
    private final List<String> faults = new ArrayList<>();
    private int checked;
    private int mended;

    private Main(boolean fix) {
        this.fix = fix;
    }

    /** Checks, and prints what is wrong. */
    public static void main(String[] args) {
        List<String> words = new ArrayList<>(List.of(args));
        boolean fix = words.remove("--fix");
        List<Check> checks = words.remove("--fast") ? All.STILL : All.checks();
        List<String> names = checks.stream().map(Check::name).toList();
        List<String> chosen = words.stream().filter(names::contains).toList();
        words.removeAll(names);
        Main main = new Main(fix);
        List<Readme> all = Readme.all(main.course);
        for (String word : words) {
            if (all.stream().noneMatch(page -> page.isNamed(word))) {
                System.out.println(
                        "no page or check is called " + word + "; the checks are " + names);
                System.exit(2);
            }
        }
        List<Readme> looked =
                all.stream()
                        .filter(page -> words.isEmpty() || words.stream().anyMatch(page::isNamed))
                        .toList();
        for (Readme readme : looked) {
            checks.stream()
                    .filter(check -> chosen.isEmpty() || chosen.contains(check.name()))
                    .forEach(check -> main.look(check, readme));
        }
        main.faults.forEach(System.out::println);
        System.out.printf(
                "%,d checked, %d faults%s%n",
                main.checked,
                main.faults.size(),
                main.mended == 0 ? "" : ", " + main.mended + " mended");
        System.exit(main.faults.isEmpty() ? 0 : 1);
    }

    /** Looks at the page as it is now: a check before may have mended it. */
    private void look(Check check, Readme page) {
        Readme readme = new Readme(course, page.file());
        Faults found = new Faults(readme);
        check.look(readme, found);
        checked += found.count();
        found.skipped().forEach(System.out::println);
        List<Mend> mends = found.mends();
        if (!fix || mends.isEmpty()) {
            faults.addAll(found.all());
        } else if (readme.save(mends)) {
            faults.addAll(found.unmended());
            mended += mends.size();
        } else {
            faults.add(readme.shown() + ":1: has changed meanwhile, and was not mended");
        }
    }
}
