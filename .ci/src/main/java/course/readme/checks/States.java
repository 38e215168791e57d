package course.readme.checks;

import course.process.Command;
import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import jdk.jshell.JShell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code <!-- states PORT -->}: given each row's line, jshell makes the states that ss lists. */
public final class States implements Check {

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|(.*)\\|");

    @Override
    public void look(Readme readme, Faults faults) {
        for (Block table : readme.blocks("states")) {
            if (!Command.exists("ss")) {
                faults.skip("the states of a connection, without ss");
                return;
            }
            faults.checked();
            String port = table.marker().argument(1);
            List<String> earlier = listed(port);
            try (JShell shell = JShell.builder().executionEngine("local").build()) {
                shell.eval("import java.net.*;");
                for (int i = 2; i < table.body().size(); i++) { // without the heads
                    Matcher row = ROW.matcher(table.text(i));
                    if (!row.matches()) {
                        faults.tell(table.line(i), "a row of states without its code");
                        continue;
                    }
                    shell.eval(row.group(1) + ";");
                    String is = states(port, earlier, row.group(2));
                    if (!is.equals(row.group(2))) {
                        faults.tell(table.line(i), "states differ: ss shows " + is);
                    }
                }
            }
        }
    }

    /** The states at {@code port} as soon as they are {@code expected}, or in the end. */
    private static String states(String port, List<String> earlier, String expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        String is;
        do {
            List<String> cells = new ArrayList<>(List.of("", "", ""));
            for (String line : listed(port)) {
                String[] parts = line.split(" ");
                boolean listens = parts[0].equals("LISTEN");
                int end = listens ? 0 : parts[4].endsWith(":" + port) ? 1 : 2;
                if (!earlier.contains(line)) {
                    cells.set(end, parts[0] + (listens ? " " + parts[1] : ""));
                }
            }
            is = " " + String.join(" | ", cells) + " ";
        } while (!is.equals(expected) && System.nanoTime() < deadline);
        return is;
    }

    private static List<String> listed(String port) {
        String command = "ss -tanH 'sport = :%1$s or dport = :%1$s'".formatted(port);
        return Command.bash(Path.of(""), command).lines().stream()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }
}
