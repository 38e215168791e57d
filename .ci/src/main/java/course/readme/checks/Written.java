package course.readme.checks;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

import course.Lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The texts that are written in the sources of a lesson's programs, as patterns: what is put in is
 * anything. Those that are mostly put in are left out, and so is Failure, whose class can be asked.
 */
final class Written extends TreeScanner<Void, Void> {

    private static final String ANYTHING = "\0";
    private static final int FEWEST_LETTERS = 12; // with the program's name before them

    private final List<Pattern> patterns = new ArrayList<>();

    private Written() {}

    /** Returns a pattern for each text in the programs of {@code lesson}. */
    static List<Pattern> in(Lesson lesson) {
        Path folder = lesson.source("Server").getParent();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Written written = new Written();
        try (Stream<Path> all = Files.list(folder);
                StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources =
                    all.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("Failure.java"))
                            .toList();
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    diagnostic -> {},
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources));
            task.parse().forEach(unit -> written.scan(unit, null));
            return written.patterns;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Void visitBinary(BinaryTree sum, Void nothing) {
        if (sum.getKind() == Tree.Kind.PLUS) {
            add(text(sum));
        }
        return super.visitBinary(sum, nothing);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void nothing) {
        if (literal.getValue() instanceof String) {
            add(text(literal));
        }
        return super.visitLiteral(literal, nothing);
    }

    private static String text(Tree tree) {
        if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            return text(sum.getLeftOperand()) + text(sum.getRightOperand());
        }
        if (tree instanceof ParenthesizedTree in) {
            return text(in.getExpression());
        }
        if (tree instanceof LiteralTree literal) {
            String text = "" + literal.getValue();
            return text.replaceAll("%n", "").replaceAll("%[\\d,.$-]*[a-z]", ANYTHING);
        }
        return tree instanceof MethodInvocationTree call && ("" + call).contains("explain")
                ? ANYTHING + ANYTHING
                : ANYTHING;
    }

    private void add(String text) {
        String letters = text.replace(ANYTHING, "");
        if (letters.length() >= FEWEST_LETTERS && !text.contains(ANYTHING + ANYTHING)) {
            String pattern = "\\Q" + text.replace(ANYTHING, "\\E.+\\Q") + "\\E";
            patterns.add(Pattern.compile(pattern));
        }
    }
}
