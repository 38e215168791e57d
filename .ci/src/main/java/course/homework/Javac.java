package course.homework;

import course.Jdk;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles for Java 17, whatever JDK this is. */
final class Javac {

    /** What is asked of the course's own sources: no word of the compiler, nor of Javadoc. */
    static final List<String> STRICT =
            List.of("-Xlint:all,-try,-processing", "-Xdoclint:all,-missing", "-Werror");

    /** What is asked of a student's: that it compiles. */
    static final List<String> PLAIN = List.of("-nowarn", "-Xlint:none");

    /** On JDK 17 the same without it, and half as fast again. */
    private static final List<String> RELEASE =
            Jdk.version() == 17 ? List.of() : List.of("--release", "17");

    /** Something that the compiler says of a source, which may be null. */
    record Said(Path source, long line, String message) {}

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files =
            compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);

    /**
     * Compiles {@code sources} into {@code classes}.
     *
     * @return what the compiler says: with {@link #STRICT} warnings too, else errors alone
     */
    synchronized List<Said> compile(
            List<Path> sources, List<Path> path, Path classes, List<String> how) {
        List<String> options = new ArrayList<>(how);
        options.addAll(List.of("-proc:none", "-d", "" + classes));
        options.addAll(RELEASE);
        List<String> entries = path.stream().map(Path::toString).toList();
        options.addAll(List.of("-cp", String.join(File.pathSeparator, entries)));
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        boolean ended =
                compiler.getTask(
                                null,
                                files,
                                said,
                                options,
                                null,
                                files.getJavaFileObjectsFromPaths(sources))
                        .call();
        try {
            files.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Said> all = new ArrayList<>();
        said.getDiagnostics().stream()
                .filter(
                        diagnostic ->
                                !diagnostic.getCode().equals("compiler.err.warnings.and.werror"))
                .filter(
                        diagnostic ->
                                how == STRICT || diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Javac::said)
                .forEach(all::add);
        if (!ended && all.isEmpty()) {
            all.add(new Said(null, 0, "the compiler gave up: is it nested too deeply?"));
        }
        return all;
    }

    private static Said said(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject source = diagnostic.getSource();
        String message = diagnostic.getMessage(Locale.ROOT).strip().replaceAll("\\s+", " ");
        Path file = source == null ? null : Path.of(source.toUri());
        return new Said(file, diagnostic.getLineNumber(), message);
    }
}
