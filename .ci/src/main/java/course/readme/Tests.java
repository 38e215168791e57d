package course.readme;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The test methods in a source file, as the compiler sees them. */
public final class Tests extends TreePathScanner<Void, Boolean> {

    private static final Set<String> TESTS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory");

    /**
     * A test.
     *
     * @param line the line of its name, from 1
     * @param isDisabled whether it, or its class, never runs
     * @param sentence what its comment says, as a reader sees it; empty if it has none
     */
    public record Method(int line, boolean isDisabled, String sentence) {}

    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final CompilationUnitTree unit;
    private final Trees trees;

    private Tests(CompilationUnitTree unit, Trees trees) {
        this.unit = unit;
        this.trees = trees;
    }

    /** Returns the tests in {@code file} by their names, in their order. */
    public static Map<String, Method> in(Path file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    diagnostic -> {},
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            Tests tests = new Tests(unit, Trees.instance(task));
            tests.scan(unit, false);
            return tests.methods;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Void visitClass(ClassTree type, Boolean isDisabled) {
        boolean never = has(type.getModifiers().getAnnotations(), Set.of("Disabled"));
        return super.visitClass(type, isDisabled || never);
    }

    @Override
    public Void visitMethod(MethodTree method, Boolean isDisabled) {
        List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
        if (has(annotations, TESTS)) {
            boolean never = isDisabled || has(annotations, Set.of("Disabled"));
            long start = trees.getSourcePositions().getStartPosition(unit, method.getReturnType());
            int line = (int) unit.getLineMap().getLineNumber(start);
            methods.put(method.getName().toString(), new Method(line, never, sentence()));
        }
        return null; // what is in a method is none
    }

    /** What the comment above the method says, without the marks of Javadoc. */
    private String sentence() {
        String comment = trees.getDocComment(getCurrentPath());
        return comment == null
                ? ""
                : comment.replaceAll("\\s+", " ").replaceAll("\\{@\\w+ ([^}]*)}", "$1").strip();
    }

    private static boolean has(List<? extends AnnotationTree> annotations, Set<String> names) {
        return annotations.stream()
                .map(annotation -> annotation.getAnnotationType().toString())
                .anyMatch(type -> names.contains(type.substring(type.lastIndexOf('.') + 1)));
    }
}
