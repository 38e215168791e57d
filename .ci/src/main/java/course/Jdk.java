package course;

import java.nio.file.Path;

/** The JDK that the checks run on, and that they run the programs on. */
public final class Jdk {

    private Jdk() {}

    /** Returns the home of this JDK. */
    public static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Returns one of its programs, for example {@code javac}. */
    public static String program(String name) {
        return home().resolve("bin").resolve(name).toString();
    }

    /** Returns its version, for example 17. */
    public static int version() {
        return Runtime.version().feature();
    }
}
