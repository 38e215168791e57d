package course.readme.checks;

import course.process.Command;
import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import jdk.jshell.JShell;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code <!-- states PORT -->}: given each item's line, jshell makes the states that ss lists. */
public final class States implements Check {

    private static final Pattern ITEM = Pattern.compile("- `([^`]+)`: (.*)");

    @Override
    public void look(Readme readme, Faults faults) {
        for (Block list : readme.blocks("states")) {
            if (!Command.exists("ss")) {
                faults.skip("the states of a connection, without ss");
                return;
            }
            faults.checked();
            String port = list.marker().argument(1);
            List<String> earlier = listed(port);
            try (JShell shell = JShell.builder().executionEngine("local").build()) {
                shell.eval("import java.net.*;");
                for (int i = 0; i < list.body().size(); i++) {
                    Matcher item = ITEM.matcher(list.text(i));
                    if (!item.matches()) {
                        faults.tell(list.line(i), "an item of states without its code");
                        continue;
                    }
                    shell.eval(item.group(1) + ";");
                    String is = states(port, earlier, item.group(2));
                    if (!is.equals(item.group(2))) {
                        faults.tell(list.line(i), "states differ: ss shows " + is);
                    }
                }
            }
        }
    }

    /** The states at {@code port} as soon as they are {@code expected}, or in the end. */
    private static String states(String port, List<String> earlier, String expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        String is = states(port, earlier);
        while (!is.equals(expected) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            is = states(port, earlier);
        }
        return is;
    }

    /** The states at {@code port}, but for what was listed earlier. */
    private static String states(String port, List<String> earlier) {
        String[] ends = {"", "", ""};
        for (String line : listed(port)) {
            String[] parts = line.split(" ");
            if (earlier.contains(line)) {
                continue;
            } else if (parts[0].equals("LISTEN")) {
                ends[0] = "LISTEN " + parts[1];
            } else if (parts[4].endsWith(":" + port)) {
                ends[1] = "client's end " + parts[0];
            } else {
                ends[2] = "server's end " + parts[0];
            }
        }
        String is = Stream.of(ends).filter(s -> !s.isEmpty()).collect(Collectors.joining(", "));
        return is.isEmpty() ? "nothing" : is;
    }

    private static List<String> listed(String port) {
        String command = "ss -tanH 'sport = :%1$s or dport = :%1$s'".formatted(port);
        return Command.bash(Path.of(""), command).lines().stream()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }
}
