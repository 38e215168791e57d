package course.ide;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import course.Course;
import course.Jdk;
import course.process.Command;
import course.process.Output;
import course.process.Program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The parts of Eclipse inside VS Code's Java pack, as npm has them: the language server with m2e,
 * and the debugger. They are fetched once, and kept until `.ci/target` is deleted.
 */
record Eclipse(Path modules, Path jdk) {

    /** The oldest JDK that the language server runs on. */
    private static final int OLDEST_JDK = 21;

    private static final List<String> PACKAGES = List.of("coc-java@1.56.0", "coc-java-debug@1.0.0");

    /** Fetches what is not there yet; where that is not possible, the test is left out. */
    static Eclipse fetch(Course course) throws IOException {
        Path jdk = newestJdk();
        assumeTrue(version(jdk) >= OLDEST_JDK, "Eclipse's language server needs a JDK 21 or later");
        Path folder = course.target().resolve("eclipse").resolve(String.join("+", PACKAGES));
        Path complete = folder.resolve("complete");
        if (!Files.exists(complete)) {
            assumeTrue(Command.exists("npm"), "no npm (Node.js), which brings Eclipse's parts");
            Files.createDirectories(folder);
            Command install =
                    Command.of(folder, "npm", "install", "--prefix", "" + folder)
                            .with("--ignore-scripts", "--no-audit", "--no-fund")
                            .with(PACKAGES.toArray(String[]::new))
                            .merged();
            try (Program npm = install.start()) {
                npm.endInput();
                int status = npm.status(5 * Output.PATIENCE_SECONDS);
                assumeTrue(status == 0, () -> "npm cannot fetch " + PACKAGES + npm.out());
            }
            Files.createFile(complete);
        }
        return new Eclipse(folder.resolve("node_modules"), jdk);
    }

    /** Opens {@code folder}, as a student does; {@code data} is for what the server remembers. */
    LanguageServer open(Path folder, Path data) throws IOException {
        Map<String, Object> options = new LinkedHashMap<>();
        Path debugger = jar(modules.resolve("coc-java-debug/server"), "com.microsoft.java.debug");
        options.put("bundles", List.of("" + debugger));
        options.put("workspaceFolders", List.of(LanguageServer.uri(folder)));
        options.put("settings", settings());
        options.put("extendedClientCapabilities", Map.of("classFileContentsSupport", true));
        return new LanguageServer(new ProcessBuilder(command(data)), folder, options);
    }

    /** Returns a part of the language server, by how its name begins. */
    Path plugin(String name) throws IOException {
        return jar(modules.resolve("coc-java/server/plugins"), name + "_");
    }

    /** Returns what runs JUnit's tests in Eclipse 2025-09, in its last form before JUnit 6. */
    Path testLoader() {
        String name = "org.eclipse.jdt.junit5.runtime";
        Path folder = modules.resolveSibling("junit");
        Path jar = folder.resolve(name + "-1.1.400.jar");
        if (!Files.exists(jar)) {
            String plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";
            String artifact = "-Dartifact=org.eclipse.jdt:" + name + ":1.1.400";
            String[] words = {"-N", "-ntp", plugin, artifact, "-DoutputDirectory=" + folder};
            try (Program fetch = Command.maven(modules, words).start()) {
                assumeTrue(fetch.status() == 0, () -> "Maven cannot fetch " + artifact);
            }
        }
        return jar;
    }

    private static Path jar(Path folder, String beginning) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + beginning + " in " + folder));
        }
    }

    private List<String> command(Path data) throws IOException {
        Path kept = modules.resolveSibling("kept");
        return List.of(
                jdk.resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions", // nobody need verify Eclipse's classes
                "-XX:-BytecodeVerificationRemote",
                "-Xmx1G",
                "-Djdt.core.sharedIndexLocation=" + kept.resolve("index"),
                "-Declipse.application=org.eclipse.jdt.ls.core.id1",
                "-Declipse.product=org.eclipse.jdt.ls.core.product",
                "-Dosgi.bundles.defaultStartLevel=4",
                "-Dosgi.checkConfiguration=true",
                "-Dosgi.sharedConfiguration.area="
                        + modules.resolve("coc-java/server/config_linux"),
                "-Dosgi.sharedConfiguration.area.readOnly=true",
                "-Dosgi.configuration.cascaded=true",
                "-Djdk.xml.maxGeneralEntitySizeLimit=0",
                "-Djdk.xml.totalEntitySizeLimit=0",
                "--add-modules=ALL-SYSTEM",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-jar",
                plugin("org.eclipse.equinox.launcher").toString(),
                "-configuration",
                kept.toString(),
                "-data",
                data.toString());
    }

    /** The settings that the editor has before a student changes one, but without Gradle. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> settings() throws IOException {
        JsonNode extension =
                new ObjectMapper().readTree(modules.resolve("coc-java/package.json").toFile());
        Map<String, Object> all = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property :
                extension.at("/contributes/configuration/properties").properties()) {
            Map<String, Object> level = all;
            String[] names = property.getKey().split("\\.");
            for (int i = 0; i < names.length - 1; i++) {
                Object next = level.computeIfAbsent(names[i], name -> new LinkedHashMap<>());
                level = (Map<String, Object>) next;
            }
            boolean gradle = property.getKey().equals("java.import.gradle.enabled");
            level.put(names[names.length - 1], gradle ? false : property.getValue().get("default"));
        }
        return all;
    }

    /** Looks where JDKs are put on Linux, and where the variables of a forge's runner point. */
    private static Path newestJdk() throws IOException {
        List<Path> homes = new ArrayList<>(List.of(Jdk.home()));
        System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
                .forEach(variable -> homes.add(Path.of(variable.getValue())));
        Path sdkman = Path.of(System.getProperty("user.home"), ".sdkman/candidates/java");
        for (Path folder : List.of(Path.of("/usr/lib/jvm"), Path.of("/opt/java"), sdkman)) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.list(folder)) {
                    found.forEach(homes::add);
                }
            }
        }
        return homes.stream().max(Comparator.comparingInt(Eclipse::version)).orElseThrow();
    }

    /** Returns the version of the JDK at {@code home}, and 0 if there is none. */
    private static int version(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.exists(release)) {
            return 0;
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        } catch (IOException e) {
            return 0;
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }
}
