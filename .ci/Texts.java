import jdk.jshell.JShell;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/**
 * Checks that the READMEs say what the sources, the programs, the kernel and the tests say. From
 * the root: {@code java .ci/Texts.java [--fix] [--fast] [lesson03]}, and {@code java .ci/Texts.java
 * --self-test}. {@code --fix} rewrites excerpts, diffs, transcripts and Labs; {@code --fast} leaves
 * out what starts Maven, strace or npm.
 */
final class Texts {

    private static final int WAIT_SECONDS = 120; // the longest wait for a program
    private static final int MOST_WORDS = 2_500;
    private static final String MERMAID = "11.12.0"; // the version from npm

    /** Mermaid cleans texts with a browser's help; without one they stay as they are. */
    private static final String PARSE =
            """
            import DOMPurify from 'dompurify';
            import { readFileSync } from 'node:fs';
            DOMPurify.addHook = () => {};
            DOMPurify.sanitize = text => text;
            const { default: mermaid } = await import('mermaid');
            for (const [index, text] of JSON.parse(readFileSync(0)).entries()) {
                await mermaid.parse(text).catch(
                    e => console.log(index + ' ' + e.message.replaceAll('\\n', ' ')));
            }
            """;

    private static final List<String> NONE = List.of();
    private static final List<String> KINDS =
            List.of("from", "diff", "run", "prints", "strace", "states", "lab");
    private static final List<String> STILL =
            List.of(
                    "excerpts",
                    "diffs",
                    "facts",
                    "links",
                    "words",
                    "sections",
                    "markers",
                    "messages",
                    "glossary");
    private static final List<String> MOVING =
            List.of("transcripts", "labs", "systemCalls", "states");

    private static final int JAVA = Runtime.version().feature();

    private static final Pattern LINK =
            Pattern.compile("\\[([^\\]]*)\\]\\(((?:[^()\\s]|\\([^()]*\\))*)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern PORT = Pattern.compile("(?<=:)(?!500[2-5]\\b)\\d{1,5}\\b");

    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]+)\\*\\*");
    private static final Pattern STATE_ROW = Pattern.compile("\\| `([^`]+)` \\|(.*)\\|");

    private static final List<String> SECTIONS =
            List.of(
                    "# Lesson \\d: .+",
                    "## Predict",
                    "## Run",
                    "## Investigate",
                    "### Facts, and their proofs",
                    "### Lab",
                    "## What can go wrong",
                    "## Modify",
                    "## Make",
                    "## Where to read on");

    /** What stands between two fences, or a table's rows, and the marker on the line before it. */
    private record Block(String marker, String language, int line, List<String> body) {

        boolean is(String kind) {
            return marker.equals(kind) || marker.startsWith(kind + " ");
        }

        String argument(int index) {
            return marker.split(" ")[index];
        }
    }

    /** One README: its lines, and of each line its section, and whether it is prose. */
    private static final class Readme {
        final Path file;
        final List<String> lines;
        final List<Block> blocks = new ArrayList<>();
        final List<String> sections = new ArrayList<>();
        final boolean[] fenced;
        final boolean[] folded;
        final Map<Block, List<String>> fixes = new LinkedHashMap<>();

        Readme(Path file) {
            this.file = file;
            lines = List.of(read(file).split("\n"));
            fenced = new boolean[lines.size()];
            folded = new boolean[lines.size()];
            String section = "";
            boolean details = false;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                details |= line.contains("<details>");
                int end = end(i);
                for (int j = i; j <= end; j++) {
                    fenced[j] = line.strip().startsWith("```");
                    folded[j] = details;
                    section = !fenced[j] && line.matches("#+ .*") ? line : section;
                    sections.add(section);
                }
                details &= !line.contains("</details>");
                i = end;
            }
        }

        /** Returns the last line of the block that begins at {@code start}, having noted it. */
        private int end(int start) {
            String first = lines.get(start).strip();
            boolean fence = first.startsWith("```");
            String before = start == 0 ? "" : lines.get(start - 1).strip();
            String marker =
                    before.startsWith("<!-- ") ? before.substring(5, before.length() - 4) : "";
            if (!fence && (marker.isEmpty() || !first.startsWith("|"))) {
                return start;
            }
            int end = start + 1;
            while (end < lines.size()
                    && (fence
                            ? !lines.get(end).strip().equals("```")
                            : lines.get(end).startsWith("|"))) {
                end++;
            }
            int indent = lines.get(start).indexOf(first);
            List<String> body =
                    lines.subList(start + 1, end).stream()
                            .map(line -> line.isBlank() ? "" : line.substring(indent))
                            .toList();
            String language = fence ? first.substring(3) : "table";
            blocks.add(new Block(marker, language, start + 1, body));
            return Math.min(fence ? end : end - 1, lines.size() - 1);
        }

        Path folder() {
            return file.getParent();
        }

        boolean isLesson() {
            return Texts.isLesson(folder());
        }

        /** Writes the file with its mended blocks, unless it has changed meanwhile. */
        void save() {
            List<String> text = new ArrayList<>(lines);
            List<Block> mended = new ArrayList<>(fixes.keySet());
            mended.sort((a, b) -> b.line - a.line);
            for (Block block : mended) {
                List<String> old = text.subList(block.line, block.line + block.body.size());
                old.clear();
                old.addAll(fixes.get(block));
            }
            if (!mended.isEmpty() && read(file).equals(String.join("\n", lines) + "\n")) {
                write(file, String.join("\n", text) + "\n");
            } else if (!mended.isEmpty()) {
                System.out.println(file + " has changed meanwhile, and was not mended: try again");
            }
        }
    }

    private final Path root;
    private final boolean fix;
    private final List<String> faults = new ArrayList<>();
    private int checked;

    private Texts(Path root, boolean fix) {
        this.root = root;
        this.fix = fix;
    }

    public static void main(String[] args) throws Exception {
        List<String> options = List.of(args);
        Runtime.getRuntime().addShutdownHook(new Thread(Texts::endAll));
        if (options.contains("--self-test")) {
            System.exit(selfTest() ? 0 : 1);
        }
        boolean fast = options.contains("--fast");
        Texts texts = new Texts(Path.of("").toAbsolutePath(), options.contains("--fix"));
        String only = options.stream().filter(o -> !o.startsWith("--")).findFirst().orElse("");
        List<Readme> readmes = texts.readmes(only);
        for (Readme readme : readmes) {
            texts.check(STILL, readme);
            if (!fast) {
                texts.check(MOVING, readme);
            }
            readme.save();
        }
        if (!fast) {
            texts.diagrams(readmes);
        }
        texts.faults.forEach(System.out::println);
        System.out.println(texts.checked + " checked, " + texts.faults.size() + " faults");
        System.exit(texts.faults.isEmpty() ? 0 : 1);
    }

    private List<Readme> readmes(String only) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return Stream.concat(Stream.of(root), entries.sorted())
                    .filter(path -> path == root || isLesson(path))
                    .filter(path -> only.isEmpty() || name(path).startsWith(only))
                    .map(path -> new Readme(path.resolve("README.md")))
                    .toList();
        }
    }

    private static boolean isLesson(Path folder) {
        return name(folder).matches("lesson\\d\\d-.*");
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private void fault(Readme readme, int line, String what) {
        faults.add(root.relativize(readme.file) + ":" + (line + 1) + ": " + what);
    }

    private static List<Block> blocks(Readme readme, String kind) {
        return readme.blocks.stream().filter(block -> block.is(kind)).toList();
    }

    // Excerpts and diffs

    private void excerpts(Readme readme) {
        for (Block block : blocks(readme, "from")) {
            checked++;
            String name = block.argument(1);
            Path file = readme.folder().resolve(name);
            if (!Files.isRegularFile(file)) {
                fault(readme, block.line - 2, "no source " + name);
                continue;
            }
            List<String> source = List.of(read(file).split("\n"));
            int start = bestStart(block.body, source);
            int same = start < 0 ? 0 : same(block.body, source, start);
            if (start >= 0 && same == block.body.size()) {
                continue;
            }
            if (fix && mendExcerpt(readme, block, source)) {
                continue;
            }
            String is = start < 0 ? "nothing" : line(source, start + same).strip();
            String fault = "excerpt differs from %s: \"%s\" there is \"%s\"";
            String says = block.body.get(same).strip();
            fault(readme, block.line + same, fault.formatted(name, says, is));
        }
    }

    /** Where in the source most lines of the excerpt stand one after another, or -1. */
    private static int bestStart(List<String> excerpt, List<String> source) {
        int best = -1;
        for (int i = 0; i < source.size(); i++) {
            int same = same(excerpt, source, i);
            if (same > 0 && (best < 0 || same > same(excerpt, source, best))) {
                best = i;
            }
        }
        return best;
    }

    /**
     * How many lines of the excerpt stand in the source from {@code start} on, equally indented.
     */
    private static int same(List<String> excerpt, List<String> source, int start) {
        int indent = indent(source.get(start)) - indent(excerpt.get(0));
        int same = 0;
        while (same < excerpt.size()) {
            String text = excerpt.get(same);
            String indented = text.isBlank() ? "" : " ".repeat(Math.max(0, indent)) + text;
            if (indent < 0 || !indented.equals(line(source, start + same))) {
                return same;
            }
            same++;
        }
        return same;
    }

    /** Takes the region from its first line, unique, to its last: unique, or the next like it. */
    private boolean mendExcerpt(Readme readme, Block block, List<String> source) {
        String first = block.body.get(0).strip();
        String last = block.body.get(block.body.size() - 1);
        List<String> stripped = source.stream().map(String::strip).toList();
        int from = stripped.indexOf(first);
        if (from >= 0 && from == stripped.lastIndexOf(first)) {
            int indent = indent(source.get(from)) - indent(block.body.get(0));
            int only = stripped.indexOf(last.strip());
            only = only == stripped.lastIndexOf(last.strip()) ? only : -1;
            for (int to = from; to < source.size(); to++) {
                boolean like = source.get(to).equals(" ".repeat(Math.max(0, indent)) + last);
                if (like || to == only) {
                    List<String> region =
                            source.subList(from, to + 1).stream()
                                    .map(text -> text.isBlank() ? "" : text.substring(indent))
                                    .toList();
                    readme.fixes.put(block, region);
                    return true;
                }
            }
        }
        String fault = "cannot find the excerpt by its first and last line: \"%s\", \"%s\"";
        fault(readme, block.line, fault.formatted(first, last.strip()));
        return false;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "the end";
    }

    private void diffs(Readme readme) throws Exception {
        for (Block block : blocks(readme, "diff")) {
            String command = "git diff --no-index --no-ext-diff --no-color --unified=1 %s %s";
            String run = command.formatted(block.argument(1), block.argument(2));
            List<String> real = output(readme.folder(), run, "");
            List<String> hunks = real.subList(Math.min(4, real.size()), real.size());
            compare(readme, List.of(block), List.of(hunks), new Ports(true), "diff");
        }
    }

    // Transcripts

    /** The ports of a transcript beside those of the real output: equal ones must stay equal. */
    private static final class Ports {
        private final Map<String, String> real = new HashMap<>();
        private final boolean oneToOne;

        Ports(boolean oneToOne) {
            this.oneToOne = oneToOne;
        }

        boolean same(String text, String other) {
            if (!PORT.matcher(text).replaceAll("#").equals(PORT.matcher(other).replaceAll("#"))) {
                return false;
            }
            Matcher ours = PORT.matcher(text);
            Matcher theirs = PORT.matcher(other);
            while (ours.find() && theirs.find()) {
                String port = theirs.group();
                real.putIfAbsent(ours.group(), port);
                boolean alone = Collections.frequency(real.values(), port) == 1;
                if (!real.get(ours.group()).equals(port) || oneToOne && !alone) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Compares blocks with what was printed; with {@code --fix}, one that differs mends them all.
     */
    private void compare(
            Readme readme, List<Block> blocks, List<List<String>> reals, Ports ports, String kind) {
        int before = faults.size();
        for (int i = 0; i < blocks.size(); i++) {
            checked++;
            Block block = blocks.get(i);
            List<String> real = reals.get(i);
            for (int j = 0; j < Math.max(block.body.size(), real.size()); j++) {
                String says = line(block.body, j);
                String is = line(real, j);
                if (!ports.same(says, is)) {
                    String fault = "%s differs: \"%s\" is \"%s\"".formatted(kind, says, is);
                    fault(readme, block.line + j, fault);
                    break;
                }
            }
        }
        if (fix && faults.size() > before) {
            faults.subList(before, faults.size()).clear();
            for (int i = 0; i < blocks.size(); i++) {
                readme.fixes.put(blocks.get(i), reals.get(i));
            }
        }
    }

    private void transcripts(Readme readme) throws Exception {
        List<Block> blocks = readme.blocks;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (block.is("run first")) {
                List<Block> group = new ArrayList<>(List.of(block));
                while (i + 1 < blocks.size() && blocks.get(i + 1).marker.startsWith("run second")) {
                    group.add(blocks.get(++i));
                }
                conversation(readme, group);
            } else if (block.marker.equals("run")) {
                List<String> real = new ArrayList<>();
                for (String line : block.body.stream().filter(s -> s.startsWith("$ ")).toList()) {
                    real.add(line);
                    real.addAll(output(readme.folder(), line.substring(2), ""));
                }
                compare(readme, List.of(block), List.of(real), new Ports(true), "transcript");
            } else if (block.is("prints")) {
                // Five programs, one after another: the kernel may give a port twice.
                List<String> real = output(readme.folder(), block.marker.substring(7), "");
                compare(readme, List.of(block), List.of(real), new Ports(false), "transcript");
            }
        }
    }

    /** A server, and the clients that run meanwhile. */
    private void conversation(Readme readme, List<Block> group) throws Exception {
        Block first = group.get(0);
        for (int port = 5002; port <= 5005; port++) {
            if (String.join("\n", first.body).contains(":" + port) && isTaken(port)) {
                fault(readme, first.line, "port " + port + " is taken: stop what has it");
                return;
            }
        }
        List<List<String>> reals = new ArrayList<>();
        try (Running server = new Running(readme.folder(), first.body.get(0).substring(2))) {
            server.awaitPort();
            for (Block second : group.subList(1, group.size())) {
                reals.add(typing(readme, second));
            }
            server.awaitLines(10, first.body.size() - 1);
            server.stop(String.join("\n", first.body).contains("Enter"));
            reals.add(0, server.transcript(first));
        }
        compare(readme, group, reals, new Ports(true), "transcript");
    }

    /** Runs a client, types each line where the transcript has it, and ends its input. */
    private List<String> typing(Readme readme, Block block) throws Exception {
        String typed = block.marker.replaceFirst("run second:? ?", "");
        try (Running client = new Running(readme.folder(), block.body.get(0).substring(2))) {
            int at = 0; // where the last typed line stands in the transcript
            for (String line : typed.isEmpty() ? new String[0] : typed.split("\\|")) {
                at += 1 + block.body.subList(at + 1, block.body.size()).indexOf(line);
                client.awaitLines(WAIT_SECONDS, at - 1); // the command is not printed
                client.type(line);
            }
            client.endInput();
            client.end();
            return client.transcript(block);
        }
    }

    private static boolean isTaken(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket stream = new ServerSocket(port, 1, loopback);
                DatagramSocket datagram = new DatagramSocket(port, loopback)) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** What {@code command} prints in {@code folder}, given {@code input}. */
    private static List<String> output(Path folder, String command, String input) throws Exception {
        try (Running program = new Running(folder, command)) {
            input.lines().forEach(program::write);
            program.endInput();
            program.end();
            return List.copyOf(program.lines);
        }
    }

    /** A running program, and the lines that it has printed. */
    private static final class Running implements AutoCloseable {
        final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final Process process;
        private final Thread reader;
        private final String command;

        Running(Path folder, String command) throws IOException {
            this.command = command;
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
            builder.directory(folder.toAbsolutePath().toFile()).redirectErrorStream(true);
            builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            if (!command.contains("@lab")) { // Maven starts in half the time; a Lab measures
                builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
            }
            String path = Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator;
            builder.environment().put("PATH", path + builder.environment().get("PATH"));
            process = builder.start();
            reader = new Thread(this::read);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader in = process.inputReader()) {
                for (String line; (line = in.readLine()) != null; ) {
                    String plain = line.replaceAll("\033\\[[0-9;]*m", ""); // colours
                    if (line.isEmpty() || !plain.isEmpty()) {
                        lines.add(plain.stripTrailing());
                    }
                }
            } catch (IOException e) {
                lines.add("cannot be read: " + e);
            }
        }

        /** Waits until {@code condition} holds, the program has ended, or the time is over. */
        void await(int seconds, BooleanSupplier condition) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            synchronized (lines) {
                while (!condition.getAsBoolean()
                        && reader.isAlive()
                        && System.nanoTime() < deadline) {
                    lines.wait(20);
                }
            }
        }

        void awaitPort() throws InterruptedException {
            await(WAIT_SECONDS, () -> lines.stream().anyMatch(s -> s.matches(".*:\\d+")));
        }

        void awaitLines(int seconds, int count) throws InterruptedException {
            await(seconds, () -> lines.size() >= count);
        }

        void write(String line) {
            try {
                process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException e) {
                lines.add("has ended before it read \"" + line + "\"");
            }
        }

        /** Types a line, which a terminal would show. */
        void type(String line) {
            lines.add(line);
            write(line);
        }

        void endInput() throws IOException {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                // it has ended already
            }
        }

        void end() throws InterruptedException {
            reader.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
            if (reader.isAlive()) {
                lines.add("still runs after " + WAIT_SECONDS + " seconds: " + command);
            }
        }

        /** Ends a server: Enter or Ctrl-C, and by force if that does not help. */
        void stop(boolean enter) throws Exception {
            if (enter) {
                write("");
            } else {
                String pids =
                        Stream.concat(Stream.of(process.toHandle()), process.descendants())
                                .map(handle -> " " + handle.pid())
                                .collect(Collectors.joining());
                new ProcessBuilder("bash", "-c", "kill -INT" + pids).start().waitFor();
            }
            reader.join(5_000);
            close();
        }

        List<String> transcript(Block block) {
            List<String> transcript = new ArrayList<>(List.of(block.body.get(0)));
            transcript.addAll(lines);
            return transcript;
        }

        @Override
        public void close() throws InterruptedException {
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            all.add(process.toHandle());
            all.forEach(ProcessHandle::destroy);
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
            reader.join(5_000);
        }
    }

    // Proofs, links, words, sections, messages

    private void facts(Readme readme) {
        Map<String, Integer> proofs = new LinkedHashMap<>();
        for (int i = 0; i < readme.lines.size(); i++) {
            if (!isFact(readme, i)) {
                continue;
            }
            checked++;
            String item = readme.lines.get(i);
            for (int j = i + 1; line(readme.lines, j).startsWith("  "); j++) {
                item += " " + readme.lines.get(j).strip();
            }
            List<MatchResult> links = LINK.matcher(item).results().toList();
            List<String> names =
                    links.stream().filter(Texts::isProof).map(link -> link.group(1)).toList();
            boolean outside = links.stream().anyMatch(link -> link.group(2).startsWith("https:"));
            if (names.size() > 1 || names.isEmpty() && !outside) {
                fault(readme, i, "a fact with " + names.size() + " proofs");
            }
            names.forEach(name -> proofs.merge(name, 1, Integer::sum));
        }
        Path file = test(readme.folder(), "FactsTest");
        if (readme.isLesson() && Files.exists(file)) {
            for (String name : tests(file).keySet()) {
                checked++;
                int count = proofs.getOrDefault(name, 0);
                if (count != 1) {
                    fault(readme, 0, "%s is linked from %d facts".formatted(name, count));
                }
            }
        }
    }

    private static boolean isFact(Readme readme, int line) {
        String text = readme.lines.get(line);
        boolean table = text.startsWith("| ") && !line(readme.lines, line + 1).startsWith("|---");
        String section = readme.sections.get(line);
        return section.equals("### Facts, and their proofs") && (text.startsWith("- ") || table)
                || section.equals("### Stream against datagram") && table;
    }

    private static boolean isProof(MatchResult link) {
        return link.group(1).matches("\\w+") && link.group(2).matches("src/test/.*\\.java");
    }

    private static Path test(Path folder, String name) {
        String lesson = name(folder).split("-")[0];
        return folder.resolve("src/test/java").resolve(lesson).resolve(name + ".java");
    }

    /** The test methods of a file, and whether each is disabled. */
    private static Map<String, Boolean> tests(Path file) {
        Pattern method = Pattern.compile("((?: +@.*\n(?: {8,}.*\n)*)+) +(?:\\w+ )*void (\\w+)\\(");
        String source = read(file);
        boolean all = source.split("\nfinal class |\nclass |\npublic ")[0].contains("\n@Disabled");
        Map<String, Boolean> tests = new LinkedHashMap<>();
        for (MatchResult m : method.matcher(source).results().toList()) {
            if (m.group(1).matches("(?s).*@(Parameterized|Repeated)?Test\\b.*")) {
                tests.put(
                        m.group(2),
                        all
                                || m.group(1).contains("@Disabled\n")
                                || m.group(1).contains("@Disabled("));
            }
        }
        return tests;
    }

    private void links(Readme readme) {
        for (int i = 0; i < readme.lines.size(); i++) {
            if (readme.fenced[i]) {
                continue;
            }
            for (MatchResult link : LINK.matcher(readme.lines.get(i)).results().toList()) {
                checked++;
                String fault = linkFault(readme, link);
                if (!fault.isEmpty()) {
                    fault(readme, i, fault);
                }
            }
        }
    }

    private static String linkFault(Readme readme, MatchResult link) {
        String target = link.group(2);
        if (target.matches("https?://.*")) {
            return "";
        }
        String[] parts = target.split("#", 2);
        Path file =
                parts[0].isEmpty() ? readme.file : readme.folder().resolve(parts[0]).normalize();
        if (target.startsWith("/") || target.contains(":")) {
            return "link to another place: " + target;
        }
        if (!Files.exists(file)) {
            return "dead link: " + target;
        }
        if (parts.length > 1 && read(file).lines().noneMatch(s -> anchor(s).equals(parts[1]))) {
            return "dead anchor: " + target;
        }
        if (isProof(link)) {
            Boolean disabled = tests(file).get(link.group(1));
            return disabled == null
                    ? "no such test: " + link.group(1)
                    : disabled ? "a disabled test: " + link.group(1) : "";
        }
        return "";
    }

    /** The anchor of a heading, as GitHub makes it; empty for any other line. */
    private static String anchor(String line) {
        String heading = line.startsWith("#") ? line.replaceFirst("#+ ", "") : "";
        return heading.toLowerCase().replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }

    private void words(Readme readme) {
        checked++;
        int count = 0;
        for (int i = 0; i < readme.lines.size(); i++) {
            if (!readme.fenced[i] && !readme.folded[i] && !readme.lines.get(i).startsWith("<!--")) {
                String text = readme.lines.get(i).replaceAll("\\]\\([^ ]*", "]");
                count += Stream.of(text.split(" +")).filter(s -> s.matches(".*\\w.*")).count();
            }
        }
        if (count > MOST_WORDS) {
            fault(readme, 0, "%,d words; %,d at most".formatted(count, MOST_WORDS));
        }
    }

    private void sections(Readme readme) {
        int from = 0;
        for (String section : readme.isLesson() ? SECTIONS : NONE) {
            if (section.equals("## Make")
                    && !Files.exists(readme.folder().resolve("src/homework"))) {
                continue;
            }
            checked++;
            int at = from;
            while (at < readme.lines.size()
                    && (readme.fenced[at] || !readme.lines.get(at).matches(section))) {
                at++;
            }
            if (at == readme.lines.size()) {
                fault(readme, from, "no section here: " + section);
            } else {
                from = at;
            }
        }
    }

    /** Whether what can be checked is marked, so that it is. */
    private void markers(Readme readme) {
        for (Block block : readme.blocks) {
            String kind = block.marker.split(" ")[0];
            boolean shown = kind.isEmpty() && !readme.folded[block.line - 1];
            if (!kind.isEmpty() && !KINDS.contains(kind)) {
                fault(readme, block.line - 2, "no such marker: " + block.marker);
            } else if (shown && line(block.body, 0).startsWith("$ ")) {
                fault(readme, block.line - 1, "a transcript without its marker");
            } else if (shown && block.language.matches("java|diff")) {
                fault(readme, block.line - 1, "source without its marker");
            }
        }
        for (String kind : readme.isLesson() ? List.of("from", "run", "strace", "lab") : NONE) {
            checked++;
            if (blocks(readme, kind).isEmpty()) {
                fault(readme, 0, "nothing is marked <!-- " + kind + " -->");
            }
        }
    }

    /** The words that a lesson defines are bold in it, and the root README's rows that link it. */
    private void glossary(Readme readme) {
        if (!readme.isLesson()) {
            return;
        }
        checked++;
        StringBuilder prose = new StringBuilder();
        for (int i = 0; i < readme.lines.size(); i++) {
            prose.append(readme.fenced[i] || readme.folded[i] ? "" : readme.lines.get(i) + " ");
        }
        Set<String> defined =
                BOLD.matcher(prose)
                        .results()
                        .map(word -> word.group(1).toLowerCase())
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed =
                Pattern.compile(
                                "(?m)^\\| ([^|]+) \\|[^|]*\\| \\[\\d]\\(%s/"
                                        .formatted(name(readme.folder())))
                        .matcher(
                                read(root.resolve("README.md"))
                                        .replaceFirst("(?s).*\n## Words\n", ""))
                        .results()
                        .map(word -> word.group(1).toLowerCase())
                        .collect(Collectors.toCollection(TreeSet::new));
        if (!defined.equals(listed)) {
            fault(readme, 0, "defines " + defined + ", and the root README lists " + listed);
        }
    }

    /** A sentence of a lesson's programs: the words that choose it, and its form. */
    private record Sentence(Pattern words, String form) {

        boolean says(String message) {
            // The root README leaves out the advice.
            String start = form.substring(0, form.indexOf("(%s).") + 5);
            String shown = message.endsWith(" …") ? start + " …" : form;
            return message.matches("\\Q" + shown.replaceAll("%[sd]", "\\\\E.+\\\\Q") + "\\E");
        }
    }

    private void messages(Readme readme) throws IOException {
        List<List<Sentence>> lessons = new ArrayList<>();
        for (Readme lesson : readme.isLesson() ? List.of(readme) : readmes("lesson")) {
            lessons.add(sentences(lesson.folder()));
        }
        for (int i = 0; i < readme.lines.size(); i++) {
            String section = readme.sections.get(i);
            if (!section.matches("## (What can go wrong|When something is in the way)")) {
                continue;
            }
            for (MatchResult code : CODE.matcher(readme.lines.get(i)).results().toList()) {
                String message = code.group(1).replaceFirst("^(client|server): ", "");
                boolean ours = !message.equals(code.group(1)) || message.startsWith("usage: ");
                checked += ours ? 1 : 0;
                if (ours && lessons.stream().noneMatch(sentences -> canSay(sentences, message))) {
                    fault(readme, i, "no program says \"" + code.group(1) + "\"");
                }
            }
        }
    }

    /** Whether one of the sentences is the message, and none before it would be said instead. */
    private static boolean canSay(List<Sentence> sentences, String message) {
        String why = message.replaceFirst(".*?\\((.*)\\)\\. .*", "$1");
        for (Sentence sentence : sentences) {
            if (sentence.says(message)) {
                return true;
            }
            if (!sentence.words.pattern().isEmpty() && sentence.words.matcher(why).find()) {
                return false;
            }
        }
        return false;
    }

    /** The sentences of Failure and Arguments, in their order. */
    private static List<Sentence> sentences(Path folder) {
        String lesson = name(folder).split("-")[0];
        Path sources = folder.resolve("src/main/java").resolve(lesson);
        List<Sentence> sentences = new ArrayList<>();
        String usage = read(sources.resolve("Arguments.java"));
        Pattern.compile("\"(usage: .*?)(?:%n)?\"")
                .matcher(usage)
                .results()
                .forEach(m -> sentences.add(new Sentence(Pattern.compile("^usage"), m.group(1))));
        String failure = read(sources.resolve("Failure.java"));
        Pattern.compile("\\{\\s*\"(.*?)\",\\s*\"(.*?)\"\\s*\\}")
                .matcher(failure)
                .results()
                .map(m -> new Sentence(Pattern.compile(m.group(1)), m.group(2)))
                .forEach(sentences::add);
        // Lesson 1 has one sentence, put together with +.
        Pattern.compile("return \"(.*)\";")
                .matcher(failure.replaceAll("\" \\+ [^\"]*? \\+ \"", "%s"))
                .results()
                .forEach(m -> sentences.add(new Sentence(Pattern.compile(""), m.group(1))));
        return sentences;
    }

    // Labs, system calls, diagrams

    /** Only the shape: figures, bars and conclusions are the machine's. */
    private void labs(Readme readme) throws Exception {
        for (Block block : blocks(readme, "lab")) {
            checked++;
            String before = String.join("\n", readme.lines.subList(0, block.line));
            List<MatchResult> commands =
                    Pattern.compile("`(mvn .*@lab)`").matcher(before).results().toList();
            if (commands.isEmpty()) {
                fault(readme, block.line - 2, "no command before the Lab's output");
                continue;
            }
            String command = commands.get(commands.size() - 1).group(1);
            List<String> real = output(readme.folder(), command, "");
            List<String> says = shape(block.body);
            List<String> is = shape(real);
            if (says.equals(is)) {
                continue;
            }
            if (fix) {
                readme.fixes.put(block, real);
                continue;
            }
            int same = 0;
            while (line(says, same).equals(line(is, same))) {
                same++;
            }
            String fault = "Lab differs in shape: \"%s\" is \"%s\"";
            fault(readme, block.line + same, fault.formatted(line(says, same), line(is, same)));
        }
    }

    private static List<String> shape(List<String> lines) {
        String text = String.join("\n", lines).replaceAll("\n +so  .*(\n .*)*", "\nso");
        return text.lines()
                .map(s -> s.replaceAll("#+", "").replaceAll("-?\\d[\\d.,]*", "0"))
                .map(s -> s.strip().replaceAll(" +", " "))
                .toList();
    }

    /** One system call of a trace. */
    private record Call(String thread, String name, String arguments, String result) {

        String descriptor() {
            return name.equals("socket") ? result : arguments.split(",")[0];
        }

        /** Whether it has an answer: not one that waits, nor one that is to be asked again. */
        boolean isAnswered() {
            return result.matches("-?\\d.*") && !result.contains("EAGAIN");
        }

        /** Whether a table means it by {@code shutdown}, or {@code shutdown(SHUT_WR)}. */
        boolean is(String shown) {
            String[] parts = shown.split("[()]");
            return parts[0].equals(name) && (parts.length == 1 || arguments.contains(parts[1]));
        }

        @Override
        public String toString() {
            return name + "(" + arguments.replaceAll("\\{.*?\\}", "{}") + ")";
        }
    }

    private void systemCalls(Readme readme) throws Exception {
        List<Block> tables = blocks(readme, "strace");
        boolean can = (JAVA == 17 || JAVA == 25) && has("strace");
        if (!can || tables.isEmpty()) {
            tables.forEach(
                    t ->
                            System.out.println(
                                    "skipped, without strace or JDK 17 or 25: " + t.marker));
            return;
        }
        Path work = Files.createTempDirectory("texts");
        try {
            compile(readme.folder(), work.resolve("target/classes"));
            for (Block table : tables) {
                checked++;
                List<String> says = shown(table);
                List<Call> is = trace(readme, table, work, says.size());
                Map<String, List<Call>> threads =
                        is.stream().collect(Collectors.groupingBy(Call::thread));
                if (!isMerged(says, List.copyOf(threads.values()))) {
                    String fault = "system calls differ: strace shows %s";
                    fault(readme, table.line - 1, fault.formatted(is));
                }
            }
        } finally {
            delete(work);
        }
    }

    /** The calls in the table's second column; without those that JDK 25 does not make, there. */
    private static List<String> shown(Block table) {
        List<String> shown =
                table.body.stream()
                        .map(row -> row.replaceFirst("\\|.*?\\|", ""))
                        .flatMap(row -> CODE.matcher(row).results())
                        .map(code -> code.group(1))
                        .collect(Collectors.toCollection(ArrayList::new));
        String[] without = table.marker.split(" on 25 without ");
        if (JAVA == 25 && without.length > 1) {
            Stream.of(without[1].split(" ")).forEach(c -> shown.remove(shown.lastIndexOf(c)));
        }
        return shown;
    }

    // The states of a connection

    /** Gives the lines of each table to jshell, and compares what {@code ss} lists after each. */
    private void states(Readme readme) throws Exception {
        List<Block> tables = blocks(readme, "states");
        if (!has("ss")) {
            tables.forEach(t -> System.out.println("skipped, without ss: " + t.marker));
            return;
        }
        for (Block table : tables) {
            checked++;
            List<String> earlier = listed(table.argument(1));
            try (JShell shell = JShell.builder().executionEngine("local").build()) {
                shell.eval("import java.net.*;");
                for (int i = 1; i < table.body.size(); i++) { // without the line below the heads
                    Matcher row = STATE_ROW.matcher(table.body.get(i));
                    if (!row.matches()) {
                        fault(readme, table.line + i, "a row of states without its code");
                        continue;
                    }
                    shell.eval(row.group(1) + ";");
                    String is = states(table.argument(1), earlier, row.group(2));
                    if (!is.equals(row.group(2))) {
                        fault(readme, table.line + i, "states differ: ss shows " + is);
                    }
                }
            }
        }
    }

    /** The states at {@code port} as soon as they are {@code expected}, or in the end. */
    private static String states(String port, List<String> earlier, String expected)
            throws Exception {
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

    private static List<String> listed(String port) throws Exception {
        String command = "ss -tanH 'sport = :%1$s or dport = :%1$s'".formatted(port);
        return output(Path.of("."), command, "").stream()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    private static boolean has(String program) throws Exception {
        return output(Path.of("."), "command -v " + program, "").size() == 1;
    }

    private static void compile(Path folder, Path classes) {
        Path sources = folder.resolve("src/main/java");
        String lesson = name(folder).split("-")[0];
        List<String> arguments =
                new ArrayList<>(List.of("-d", "" + classes, "-sourcepath", "" + sources));
        for (String program : List.of("Server", "Client")) {
            arguments.add("" + sources.resolve(lesson).resolve(program + ".java"));
        }
        ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new));
    }

    /** Traces one end of a conversation of one line; the table's command is the block before. */
    private static List<Call> trace(Readme readme, Block table, Path work, int enough)
            throws Exception {
        String command =
                readme.blocks.stream()
                        .filter(block -> block.line < table.line)
                        .flatMap(block -> block.body.stream())
                        .filter(line -> line.startsWith("strace "))
                        .reduce("", (before, line) -> line);
        String traced = command.replaceFirst("strace ", "strace -o log ");
        boolean isServer = table.argument(1).endsWith(".Server");
        String plain = "java -cp target/classes " + table.argument(1).split("\\.")[0];
        boolean hasAddress = !plain.endsWith("lesson01");
        String server = isServer ? traced : plain + ".Server";
        try (Running listener = new Running(work, server + (hasAddress ? " localhost 0" : ""))) {
            listener.awaitPort();
            String port = listener.lines.get(0).replaceFirst(".*:", "");
            boolean connects = hasAddress && !plain.endsWith("lesson02");
            String client = isServer ? plain + ".Client" : traced;
            output(work, client + (connects ? " localhost " + port : ""), "hello\n");
            Path log = work.resolve("log");
            if (isServer) { // it may still be hanging up
                listener.await(10, () -> ours(log).size() >= enough);
            }
            listener.stop(listener.lines.toString().contains("Enter"));
            return ours(log);
        }
    }

    /** The answered calls of a trace on the program's own socket and what it has accepted. */
    private static List<Call> ours(Path log) {
        List<Call> all = calls(read(log));
        List<Call> ours = new ArrayList<>();
        List<String> descriptors = new ArrayList<>();
        for (Call call : all) {
            if (call.name.equals("socket")) { // only the last one is not Java's own
                ours.clear();
                descriptors.clear();
                descriptors.add(call.result);
            }
            if (descriptors.contains(call.descriptor()) && call.isAnswered()) {
                ours.add(call);
                if (call.name.startsWith("accept")) {
                    descriptors.add(call.result);
                } else if (call.name.equals("close")) {
                    descriptors.remove(call.descriptor());
                }
            }
        }
        return ours;
    }

    /** The calls of a trace; one that was interrupted by another thread's comes when it returns. */
    private static List<Call> calls(String log) {
        List<Call> calls = new ArrayList<>();
        Map<String, String> unfinished = new HashMap<>();
        Pattern whole = Pattern.compile("(\\w+)\\((.*)\\) += (.*)");
        for (String line : log.split("\n")) {
            String[] parts = line.split(" +", 2);
            String text = parts.length < 2 ? "" : parts[1];
            if (text.endsWith(" <unfinished ...>")) {
                unfinished.put(parts[0], text.replace(" <unfinished ...>", ""));
                continue;
            }
            if (text.startsWith("<... ")) {
                text = unfinished.remove(parts[0]) + text.replaceFirst("<.*? resumed>", "");
            }
            Matcher call = whole.matcher(text);
            if (call.matches()) {
                calls.add(new Call(parts[0], call.group(1), call.group(2), call.group(3)));
            }
        }
        return calls;
    }

    /** Whether the table is made of the threads' sequences, each in its order. */
    private static boolean isMerged(List<String> table, List<List<Call>> threads) {
        if (table.isEmpty()) {
            return threads.stream().allMatch(List::isEmpty);
        }
        for (int i = 0; i < threads.size(); i++) {
            List<Call> thread = threads.get(i);
            if (!thread.isEmpty() && thread.get(0).is(table.get(0))) {
                List<List<Call>> rest = new ArrayList<>(threads);
                rest.set(i, thread.subList(1, thread.size()));
                if (isMerged(table.subList(1, table.size()), rest)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Gives all diagrams to Mermaid's own parser, in one process. */
    private void diagrams(List<Readme> readmes) throws Exception {
        List<String> places = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Readme readme : readmes) {
            for (Block block : readme.blocks) {
                if (block.language.equals("mermaid")) {
                    places.add(root.relativize(readme.file) + ":" + block.line);
                    String text = String.join("\\n", block.body).replace("\"", "\\\"");
                    texts.add("\"" + text + "\"");
                }
            }
        }
        Path folder = Path.of(".ci/target/mermaid-" + MERMAID);
        if (!texts.isEmpty() && !isInstalled(folder)) {
            System.out.println("skipped, without Node.js, npm and mermaid: diagrams");
            return;
        }
        if (!texts.isEmpty()) {
            checked += texts.size();
            write(folder.resolve("parse.mjs"), PARSE);
            for (String bad : output(folder, "node parse.mjs", "" + texts)) {
                String[] parts = bad.split(" ", 2);
                boolean known = parts[0].matches("\\d+");
                String place = known ? places.get(Integer.parseInt(parts[0])) : "Mermaid";
                faults.add(place + ": diagram does not parse: " + parts[1]);
            }
        }
    }

    private static boolean isInstalled(Path folder) throws Exception {
        if (!has("node") || !has("npm")) {
            return false;
        }
        if (!Files.exists(folder.resolve("node_modules/mermaid/package.json"))) {
            Files.createDirectories(folder);
            write(folder.resolve("package.json"), "{}");
            String install =
                    "npm install --silent --no-audit --no-fund --ignore-scripts mermaid@" + MERMAID;
            output(folder, install, "").forEach(line -> System.out.println("npm: " + line));
        }
        return Files.exists(folder.resolve("node_modules/mermaid/package.json"));
    }

    // The self-test

    /** Deliberate faults: name; check; fault told; file of lesson 1; what to find; replacement. */
    private static final String DRIFTS =
            """
            a word of an excerpt; excerpts; excerpt differs; README.md; \
            (?s)(<!-- from .*?)create; $1make
            a line of the source; excerpts; excerpt differs; src/main/java/lesson01/Server.java; \
            // create: an; // create: one
            a fact twice; facts; linked from 2 facts; README.md; \
            (?m)^- .*\\[closeIsIdempotent].*; $0\\n$0
            a fact left out; facts; linked from 0 facts; README.md; \
            - .*\\[closeIsIdempotent].*;
            a fact without its proof; facts; a fact with 0 proofs; README.md; \
            \\[closeIsIdempotent].*;
            a proof's name; links; no such test; README.md; \
            closeIsIdempotent; closeIsIdle
            a test that is disabled; links; a disabled test; \
            src/test/java/lesson01/FactsTest.java; \
            (?m)^( +)void closeIsIdempotent; $1@Disabled\\n$0
            a dead link; links; dead link; README.md; \
            lesson02-bind-listen/README; $0x
            too many words; words; at most; README.md; \
            (?m)^## Modify; %$0
            a missing section; sections; no section here: ## Modify; README.md; \
            ## Modify; ## Change
            a marker; markers; no such marker; README.md; \
            <!-- from; <!-- form
            a message in the README; messages; no program says; README.md; \
            server: no socket; $0s
            a message in the program; messages; no program says; \
            src/main/java/lesson01/Failure.java; \
            to be had; left
            a word that is not listed; glossary; the root README lists; README.md; \
            \\*\\*kernel\\*\\*; kernel
            a diagram; diagrams; does not parse; README.md; \
            sequenceDiagram; $0\\n    P->>
            a line of a transcript; transcripts; transcript differs; README.md; \
            (?s)(<!-- run -->.*?)created(.*?)<!-- run -->(.*?)<!-- run -->; $1made$2$3
            a system call; systemCalls; system calls differ; README.md; \
            (?s)(<!-- strace .*?)`socket`(.*)<!-- strace .*? -->; $1`bind`$2
            a state; states; states differ; README.md; \
            FIN-WAIT-2 \\| CLOSE-WAIT; CLOSE-WAIT | FIN-WAIT-2
            a heading of a Lab; labs; Lab differs; README.md; \
            (?s)<!-- lab -->\\n```\\n; $0x
            a line of a diff; diffs; diff differs; README.md; \
            (?s)<!-- diff .*?\\n\\+; $0x
            """;

    private void check(List<String> names, Readme readme) throws Exception {
        for (String name : names) {
            check(name, readme);
        }
    }

    private void check(String name, Readme readme) throws Exception {
        switch (name) {
            case "excerpts" -> excerpts(readme);
            case "diffs" -> diffs(readme);
            case "facts" -> facts(readme);
            case "links" -> links(readme);
            case "words" -> words(readme);
            case "sections" -> sections(readme);
            case "markers" -> markers(readme);
            case "messages" -> messages(readme);
            case "glossary" -> glossary(readme);
            case "transcripts" -> transcripts(readme);
            case "labs" -> labs(readme);
            case "systemCalls" -> systemCalls(readme);
            case "states" -> states(readme);
            case "diagrams" -> diagrams(List.of(readme));
            default -> throw new IllegalArgumentException(name);
        }
    }

    /** Makes each fault in a copy of the checkout, and tells whether all were caught. */
    private static boolean selfTest() throws Exception {
        Path copy = Files.createTempDirectory("texts");
        boolean caught = true;
        try {
            for (String file : output(Path.of(""), "git ls-files -co --exclude-standard", "")) {
                if (Files.isRegularFile(Path.of(file))) {
                    Files.createDirectories(copy.resolve(file).getParent());
                    Files.copy(Path.of(file), copy.resolve(file));
                }
            }
            for (String drift : DRIFTS.split("\n")) {
                caught &= isCaught(copy, drift.split("; ?"));
            }
            Ports ports = new Ports(true);
            boolean same = ports.same("a:1234 b:1234 :5003", "a:99 b:99 :5003");
            caught &= told("a port", same && !ports.same("a:1234", "a:98"));
            caught &= told("a port of two", !ports.same("a:777", "a:99"));
            caught &= told("the port of a lesson", !ports.same(":5003", ":5004"));
        } finally {
            delete(copy);
        }
        return caught;
    }

    /** Whether a file that drifts is told of, which before was not. */
    private static boolean isCaught(Path root, String[] drift) throws Exception {
        // Lesson 1 has no diff, and no connection.
        String folder =
                Map.of("diffs", "lesson02-bind-listen", "states", "lesson03-connect-accept")
                        .getOrDefault(drift[1], "lesson01-create");
        Path lesson = root.resolve(folder);
        Path file = lesson.resolve(drift[3]);
        String text = read(file);
        String by = drift.length < 6 ? "" : drift[5].replace("\\n", "\n");
        by = by.replace("%", "word ".repeat(2_600) + "\n\n");
        // What runs programs is slow: there the whole check has seen that all is well before.
        boolean before = STILL.contains(drift[1]) && look(root, lesson, drift[1]).tells(drift[2]);
        write(file, Pattern.compile(drift[4]).matcher(text).replaceFirst(by));
        Texts after = look(root, lesson, drift[1]);
        write(file, text);
        if (after.checked == 0) {
            System.out.println("skipped: " + drift[0] + ", since nothing like it is checked here");
            return true;
        }
        return told(drift[0], !before && after.tells(drift[2]));
    }

    private static Texts look(Path root, Path lesson, String check) throws Exception {
        Texts texts = new Texts(root, false);
        texts.check(check, new Readme(lesson.resolve("README.md")));
        return texts;
    }

    private boolean tells(String fault) {
        return faults.toString().contains(fault);
    }

    private static boolean told(String drift, boolean caught) {
        System.out.println((caught ? "caught: " : "MISSED: ") + drift);
        return caught;
    }

    /** Leaves no program behind, however this one ends. */
    private static void endAll() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
