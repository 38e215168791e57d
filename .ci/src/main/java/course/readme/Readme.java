package course.readme;

import course.Course;
import course.Folders;
import course.Lesson;

import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A page of the course: a README, a REFERENCE, or a page for teachers and maintainers. */
public final class Readme {

    /** What a page is for. */
    public enum Kind {
        /** The README at the top. */
        ROOT,
        /** A lesson's README. */
        LESSON,
        /** A lesson's REFERENCE. */
        REFERENCE,
        /** Any other page. */
        OTHER
    }

    private static final Parser PARSER =
            Parser.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                    .build();

    private static final Pattern COMMENT = Pattern.compile("\\s*<!--\\s*(.*?)\\s*-->\\s*");

    private final Course course;
    private final Path file;
    private final List<String> lines;
    private final Node document;
    private final List<Block> blocks = new ArrayList<>();
    private final BitSet fenced = new BitSet();
    private final BitSet folded = new BitSet();

    /** Reads the page in {@code file}. */
    public Readme(Course course, Path file) {
        this.course = course;
        this.file = file;
        String text = Folders.read(file);
        lines = text.lines().toList();
        document = PARSER.parse(text);
        for (FencedCodeBlock fence : Nodes.all(document, FencedCodeBlock.class)) {
            fenced.set(Nodes.line(fence), Nodes.lastLine(fence) + 1);
        }
        fold();
        findBlocks(document);
    }

    /** Returns all pages of the course that are there. */
    public static List<Readme> all(Course course) {
        Stream<Path> root = Stream.of(course.root().resolve("README.md"));
        Stream<Path> lessons =
                course.lessons().stream()
                        .map(Lesson::folder)
                        .flatMap(f -> Stream.of(f.resolve("README.md"), f.resolve("REFERENCE.md")));
        Stream<Path> others =
                Stream.of("CONTRIBUTING.md", "TEACHING.md")
                        .map(name -> course.root().resolve(".github").resolve(name));
        return Stream.of(root, lessons, others)
                .flatMap(paths -> paths)
                .filter(Files::exists)
                .map(path -> new Readme(course, path))
                .toList();
    }

    private void fold() {
        int depth = 0;
        for (int line = 1; line <= lines.size(); line++) {
            String text = fenced.get(line) ? "" : line(line).strip();
            depth += text.startsWith("<details") ? 1 : 0;
            folded.set(line, depth > 0);
            depth -= text.equals("</details>") ? 1 : 0;
        }
    }

    private void findBlocks(Node parent) {
        for (Node node : Nodes.children(parent)) {
            if (node instanceof FencedCodeBlock fence) {
                String language = fence.getInfo().split(" ")[0];
                int indent = node.getSourceSpans().get(0).getColumnIndex();
                List<String> body = fence.getLiteral().lines().toList();
                add(node, language, indent, body);
            } else if (node instanceof ListBlock && markerOf(node).isPresent()) {
                int from = Nodes.line(node);
                add(node, "list", 0, lines.subList(from - 1, Nodes.lastLine(node)));
            } else {
                findBlocks(node);
            }
        }
    }

    private void add(Node node, String language, int indent, List<String> body) {
        int line = Nodes.line(node);
        Marker marker = markerOf(node).orElse(Marker.NONE);
        String section = section(line);
        Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        Block edit = last == null || !last.section().equals(section) ? null : last.edit();
        edit = last != null && last.is("edit") && last.section().equals(section) ? last : edit;
        blocks.add(
                new Block(
                        marker,
                        language,
                        line,
                        indent,
                        body,
                        section,
                        isFolded(line),
                        marker.is("edit") ? null : edit));
    }

    private static Optional<Marker> markerOf(Node node) {
        Node before = node.getPrevious();
        Matcher comment = COMMENT.matcher(before instanceof HtmlBlock b ? b.getLiteral() : "");
        return comment.matches() && Nodes.lastLine(before) == Nodes.line(node) - 1
                ? Optional.of(new Marker(comment.group(1), Nodes.line(before)))
                : Optional.empty();
    }

    /** Returns the course that it belongs to. */
    public Course course() {
        return course;
    }

    /** Returns its lesson; the root's README has none. */
    public Optional<Lesson> lesson() {
        return course.lessons().stream().filter(l -> l.folder().equals(folder())).findFirst();
    }

    /** Returns what it is for. */
    public Kind kind() {
        String name = file.getFileName().toString();
        if (lesson().isPresent()) {
            return name.equals("REFERENCE.md") ? Kind.REFERENCE : Kind.LESSON;
        }
        return folder().equals(course.root()) ? Kind.ROOT : Kind.OTHER;
    }

    /** Returns the other page of the same lesson, if it is there. */
    public Optional<Readme> sibling() {
        Path other = folder().resolve(kind() == Kind.LESSON ? "REFERENCE.md" : "README.md");
        return lesson().isPresent() && Files.exists(other)
                ? Optional.of(new Readme(course, other))
                : Optional.empty();
    }

    /** Returns where it is. */
    public Path file() {
        return file;
    }

    /** Returns the folder that its links and its commands start from. */
    public Path folder() {
        return file.getParent();
    }

    /** Returns its name in messages. */
    public String shown() {
        return course.shown(file);
    }

    /** Returns whether somebody means it by {@code name}: the beginning of its path. */
    public boolean isNamed(String name) {
        return shown().startsWith(name);
    }

    /** Returns its lines. */
    public List<String> lines() {
        return lines;
    }

    /** Returns a line, from 1. */
    public String line(int line) {
        return lines.get(line - 1);
    }

    /** Returns the parsed page. */
    public Node document() {
        return document;
    }

    /** Returns its fences and its marked lists. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Returns those of its blocks whose marker is of this kind. */
    public List<Block> blocks(String kind) {
        return blocks.stream().filter(block -> block.is(kind)).toList();
    }

    /** Returns the lines of comments that stand outside of fences, from 1. */
    public List<Integer> comments() {
        return IntStream.rangeClosed(1, lines.size())
                .filter(line -> !fenced.get(line) && line(line).contains("<!--"))
                .boxed()
                .toList();
    }

    /** Returns its headings. */
    public List<Heading> headings() {
        return Nodes.all(document, Heading.class);
    }

    /** Returns the heading of level 2 above a line, or nothing. */
    public String section(int line) {
        return headings().stream()
                .filter(heading -> heading.getLevel() <= 2 && Nodes.line(heading) <= line)
                .reduce((first, last) -> last)
                .filter(heading -> heading.getLevel() == 2)
                .map(Nodes::text)
                .orElse("");
    }

    /** Returns the nodes below a heading of level 2, up to the next one. */
    public List<Node> in(String section) {
        return Nodes.children(document).stream()
                .filter(node -> !(node instanceof Heading heading && heading.getLevel() <= 2))
                .filter(node -> section(Nodes.line(node)).equals(section))
                .toList();
    }

    /** Returns the anchors of its headings, as a forge makes them. */
    public Set<String> anchors() {
        IdGenerator ids = IdGenerator.builder().build();
        return headings().stream()
                .map(heading -> ids.generateId(Nodes.text(heading)))
                .collect(Collectors.toSet());
    }

    /** Returns whether a line is in a {@code <details>}. */
    public boolean isFolded(int line) {
        return folded.get(line);
    }

    /** Writes the page with what mends it, unless the file has changed meanwhile. */
    public boolean save(List<Mend> mends) {
        if (!Folders.lines(file).equals(lines)) {
            return false;
        }
        List<String> text = new ArrayList<>(lines);
        mends.stream()
                .sorted((a, b) -> b.line() - a.line())
                .forEach(
                        mend -> {
                            int from = mend.line() - 1;
                            text.subList(from, from + mend.count()).clear();
                            text.addAll(from, mend.by());
                        });
        Folders.write(file, text);
        return true;
    }
}
