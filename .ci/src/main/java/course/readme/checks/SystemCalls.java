package course.readme.checks;

import course.Jdk;
import course.process.Call;
import course.process.Calls;
import course.process.Command;
import course.process.Program;
import course.process.Strace;
import course.readme.Block;
import course.readme.Check;
import course.readme.Compiled;
import course.readme.Faults;
import course.readme.Readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code <!-- strace lesson04.Server on 25 without X -->}: behind the colon of each item of the
 * list are the system calls that the program makes on its own sockets, each thread's in their
 * order. The command is the last line before the list that begins with {@code strace}.
 */
public final class SystemCalls implements Check {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final List<Integer> LISTS_ARE_FOR = List.of(17, 25);

    @Override
    public void look(Readme readme, Faults faults) {
        List<Block> lists = readme.blocks("strace");
        if (lists.isEmpty()) {
            return;
        }
        if (!LISTS_ARE_FOR.contains(Jdk.version()) || !Strace.isAvailable()) {
            faults.skip("the lists of system calls, without strace or JDK 17 or 25");
            return;
        }
        try (Compiled programs = new Compiled(readme.lesson().orElseThrow())) {
            for (Block list : lists) {
                faults.checked();
                List<String> says = shown(list);
                List<Call> is = trace(readme, list, programs.folder(), says.size());
                Map<String, List<Call>> threads =
                        is.stream().collect(Collectors.groupingBy(Call::thread));
                if (!isMerged(says, List.copyOf(threads.values()))) {
                    faults.tell(list.line(), "system calls differ: strace shows " + is);
                }
            }
        }
    }

    /** The calls behind the colons of the list; without those that JDK 25 does not make, there. */
    private static List<String> shown(Block list) {
        List<String> shown =
                list.body().stream()
                        .map(line -> line.replaceFirst("^- .*?: ", ""))
                        .flatMap(line -> CODE.matcher(line).results())
                        .map((MatchResult code) -> code.group(1))
                        .collect(Collectors.toCollection(ArrayList::new));
        String[] without = list.marker().text().split(" on 25 without ");
        if (Jdk.version() == 25 && without.length > 1) {
            Stream.of(without[1].split(" ")).forEach(c -> shown.remove(shown.lastIndexOf(c)));
        }
        return shown;
    }

    /** Traces one end of a conversation of one line. */
    private static List<Call> trace(Readme readme, Block list, Path work, int enough) {
        String command =
                readme.blocks().stream()
                        .filter(block -> block.line() < list.line())
                        .flatMap(block -> block.body().stream())
                        .map(line -> line.replaceFirst("^\\$ ", ""))
                        .filter(line -> line.startsWith("strace "))
                        .reduce("", (before, line) -> line);
        String traced = command.replaceFirst("strace ", "strace -o log ");
        int lesson = readme.lesson().orElseThrow().number();
        boolean isServer = list.marker().argument(1).endsWith(".Server");
        String plain = "java -cp target/classes lesson%02d.".formatted(lesson);
        String server = (isServer ? traced : plain + "Server") + (lesson > 1 ? " localhost 0" : "");
        try (Program listener = Command.bash(work, server).merged().start()) {
            int port = lesson > 1 ? listener.awaitPort() : 0;
            String client = isServer ? plain + "Client" : traced;
            String address = lesson > 2 ? " localhost " + port : "";
            Command.bash(work, client + address).lines("hello\n");
            Path log = work.resolve("log");
            if (listener.out().toString().contains("Enter")) {
                listener.say("\n");
                listener.status();
            } else {
                for (int i = 0; i < 100 && isServer && ours(log).size() < enough; i++) {
                    pause(); // it may still be hanging up
                }
                listener.stop();
            }
            return ours(log);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answered calls of a trace on the program's own socket and what it has accepted. */
    private static List<Call> ours(Path log) {
        List<Call> ours = new ArrayList<>();
        List<String> descriptors = new ArrayList<>();
        for (Call call : Calls.of(read(log)).returned()) {
            if (call.name().equals("socket")) { // only the last one is not Java's own
                ours.clear();
                descriptors.clear();
                descriptors.add(call.result());
            }
            if (descriptors.contains(call.descriptor()) && call.isAnswered()) {
                ours.add(call);
                if (call.name().startsWith("accept")) {
                    descriptors.add(call.result());
                } else if (call.name().equals("close")) {
                    descriptors.remove(call.descriptor());
                }
            }
        }
        return ours;
    }

    private static String read(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the list is made of the threads' sequences, each in its order. */
    private static boolean isMerged(List<String> list, List<List<Call>> threads) {
        if (list.isEmpty()) {
            return threads.stream().allMatch(List::isEmpty);
        }
        for (int i = 0; i < threads.size(); i++) {
            List<Call> thread = threads.get(i);
            if (!thread.isEmpty() && thread.get(0).is(list.get(0))) {
                List<List<Call>> rest = new ArrayList<>(threads);
                rest.set(i, thread.subList(1, thread.size()));
                if (isMerged(list.subList(1, list.size()), rest)) {
                    return true;
                }
            }
        }
        return false;
    }
}
