package course.homework;

import java.util.ArrayList;
import java.util.List;

/** An answer that somebody hands in to the made task, and the row that it must get. */
record Handed(String name, String source, String state, int done) {

    static final String RIGHT =
            """
            package lesson01.homework;
            final class Twice {
                private Twice() {}
                static int twice(int n) {
                    return 2 * n;
                }
            }
            """;

    static final String STUB = RIGHT.replace("return 2 * n", "throw new ToDo(\"twice\")");

    /** The stub with code that runs when its class loads. */
    static Handed first(String name, String code, String state, int done) {
        return handed(name, STUB, code, state, done);
    }

    static Handed handed(String name, String base, String code, String state, int done) {
        String run =
                "static { try { if (run()) {} } catch (Exception e) {"
                        + " throw new IllegalStateException(e); } }"
                        + " private static boolean run() throws Exception { "
                        + code
                        + " return true; }";
        String source = base.replace("private Twice() {}", "private Twice() {} " + run);
        return new Handed(name, source, state, done);
    }

    static Handed handed(String name, String source, String state, int done) {
        return new Handed(name, source, state, done);
    }

    static List<Handed> all() {
        List<Handed> all = new ArrayList<>(ordinary());
        all.addAll(liars());
        all.addAll(vandals());
        return all;
    }

    private static List<Handed> ordinary() {
        return List.of(
                handed("right", RIGHT, "done", 2),
                handed("stub", STUB, "not started", 0),
                handed(
                        "begun",
                        RIGHT.replace("return", "if (n > 0) throw new ToDo(\"x\"); return"),
                        "begun",
                        1),
                handed("wrong", RIGHT.replace("2 * n", "n * n"), "wrong", 1),
                handed(
                        "no end of file",
                        "package lesson01.homework; class Twice {",
                        "does not compile: line 1: reached end of file.*",
                        0),
                handed(
                        "other package",
                        RIGHT.replace("lesson01.", ""),
                        "does not compile: TwiceTest.java line .*",
                        0),
                handed(
                        "other signature",
                        RIGHT.replace("int n", "String n").replace("2 * n", "2"),
                        "does not compile: TwiceTest.java line .*",
                        0),
                handed("byte order mark and CRLF", RIGHT.replace("\n", "\r\n"), "done", 2));
    }

    /** They claim more than they have done. */
    private static List<Handed> liars() {
        String forged = "1\\tzeroStaysZero\\tpassed\\t\\n1\\toneIsTwo\\tpassed\\t\\nend\\tclean\\n";
        String print =
                "var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);"
                        + " out.write(\""
                        + forged
                        + "\".getBytes()); out.flush();";
        return List.of(
                first(
                        "sets the property",
                        "System.setProperty(\"homework\", \"\");",
                        "not started",
                        0),
                first("forges results", print, "not started", 0),
                first(
                        "forges results and halts",
                        print + " Runtime.getRuntime().halt(0);",
                        "ended the JVM, in zeroStaysZero",
                        0),
                handed(
                        "aborts",
                        RIGHT.replace(
                                "return 2 * n",
                                "throw new org.opentest4j.TestAbortedException(\"x\")"),
                        "wrong",
                        0),
                handed(
                        "aborts as if not started",
                        RIGHT.replace(
                                "return 2 * n",
                                "throw new org.opentest4j.TestAbortedException(\"not started:"
                                        + " x\")"),
                        "not started",
                        0),
                handed(
                        "brings its own builder",
                        STUB + "final class Tried {}",
                        "does not compile: .*duplicate class.*",
                        0),
                handed(
                        "brings its own test",
                        STUB + "final class TwiceTest {}",
                        "does not compile: .*duplicate class.*",
                        0),
                handed(
                        "brings its own ToDo",
                        STUB + "final class ToDo extends RuntimeException {}",
                        "does not compile: .*",
                        0),
                first("exits", "System.exit(0);", "ended the JVM, in zeroStaysZero", 0),
                handed(
                        "exits in the second test",
                        RIGHT.replace("return", "if (n == 1) System.exit(0); return"),
                        "ended the JVM, in oneIsTwo",
                        1));
    }

    /** They disturb. */
    static List<Handed> vandals() {
        String start = "new ProcessBuilder(%s).inheritIO().start();";
        String child = start.formatted("\"sleep\", \"43210\"");
        String away = start.formatted("\"setsid\", \"sleep\", \"43210\"");
        return List.of(
                first(
                        "eats memory",
                        "var all = new java.util.ArrayList<byte[]>();"
                                + " while (n != 1) all.add(new byte[1 << 20]);"
                                        .replace("n != 1", "all.size() >= 0"),
                        "wrong",
                        0),
                handed(
                        "has no memory at the second call",
                        RIGHT.replace("return", "if (n == 1) throw new OutOfMemoryError(); return"),
                        "wrong",
                        1),
                handed("overflows", RIGHT.replace("2 * n", "twice(n) + 1"), "wrong", 0),
                handed("starts threads", RIGHT, threads(), "done", 2),
                handed("leaves a child", RIGHT, child, "done", 2),
                handed("leaves a child in a session of its own", RIGHT, away, "done", 2),
                handed(
                        "prints",
                        RIGHT,
                        "for (int i = 0; i < 20_000; i++)"
                                + " System.out.println(\"x\".repeat(1000));",
                        "done",
                        2),
                first(
                        "floods the descriptor",
                        "var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);"
                                + " while (out != null) out.write(new byte[1 << 20]);",
                        "printed more than 64 MB, in .*",
                        0),
                handed(
                        "nests",
                        "package lesson01.homework; final class Twice { int x = "
                                + "(".repeat(20_000)
                                + "1"
                                + ")".repeat(20_000)
                                + "; }",
                        "does not compile: .*",
                        0),
                handed("is large", RIGHT + "//" + "x".repeat(2 << 20), "larger than 1 MB", 0));
    }

    private static String threads() {
        return "for (int i = 0; i < 100; i++) { var t = new Thread(() -> {"
                + " java.util.concurrent.locks.LockSupport.park(); }); t.start(); }";
    }
}
