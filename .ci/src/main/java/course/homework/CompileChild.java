package course.homework;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program of a JVM that compiles students' answers: a source can make a compiler run for ever,
 * or out of memory. It speaks as the child that runs tests does.
 */
final class CompileChild {

    private CompileChild() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String secret = in.readLine();
        Javac javac = new Javac();
        for (String job = in.readLine(); job != null; job = in.readLine()) {
            String[] parts = job.split("\t");
            for (Javac.Said said :
                    javac.compile(
                            paths(parts[0]), paths(parts[1]), Path.of(parts[2]), Javac.PLAIN)) {
                String file = said.source() == null ? "" : "" + said.source().getFileName();
                String line = "" + Math.max(said.line(), 0);
                out.println(String.join("\t", secret, line, file, "failed", said.message()));
            }
            out.println(secret + "\tend\tclean");
        }
    }

    private static List<Path> paths(String joined) {
        return Stream.of(joined.split(File.pathSeparator)).map(Path::of).toList();
    }

    /** The line of input that asks for a compilation. */
    static String line(List<Path> sources, List<Path> path, Path classes) {
        return joined(sources) + "\t" + joined(path) + "\t" + classes;
    }

    private static String joined(List<Path> paths) {
        return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
    }
}
