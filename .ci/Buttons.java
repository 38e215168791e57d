import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The run buttons of VS Code and IntelliJ IDEA, made from the lessons that are there: {@code java
 * .ci/Buttons.java} compares them with the files, {@code java .ci/Buttons.java --fix} writes them.
 * Run from the root.
 */
final class Buttons {

    private static final List<String> PROGRAMS = List.of("Server", "Client", "Demo", "Lab");

    /** What a server says, in the words of its source, when it can be called. */
    private static final Pattern READY = Pattern.compile("\"(server: (?:listening|receiving) on) ");

    /** A program of a lesson, and the name of its button. */
    private record Button(String module, String program) {

        String lesson() {
            return module.substring(0, 8);
        }

        String mainClass() {
            return lesson() + "." + program;
        }

        String name() {
            return lesson() + " " + program.toLowerCase();
        }

        String source() {
            Path path = Path.of(module, "src/main/java", lesson(), program + ".java");
            try {
                return Files.readString(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static void main(String[] args) throws IOException {
        List<String> modules = modules();
        Map<Path, String> files = new TreeMap<>();
        files.put(Path.of(".vscode/launch.json"), launch(modules));
        for (String module : modules) {
            for (String program : PROGRAMS) {
                Button button = new Button(module, program);
                files.put(run(button.name()), application(button));
            }
            String lesson = module.substring(0, 8);
            files.put(run(lesson + " pair"), together(lesson));
        }

        List<String> faults = new ArrayList<>();
        try (DirectoryStream<Path> present = Files.newDirectoryStream(Path.of(".run"))) {
            present.forEach(
                    path -> check(files.containsKey(path), path + " has no program", faults));
        }
        boolean fix = List.of(args).contains("--fix");
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Path path = file.getKey();
            if (fix) {
                Files.writeString(path, file.getValue());
            }
            boolean same = Files.exists(path) && Files.readString(path).equals(file.getValue());
            check(same, path + " differs: java .ci/Buttons.java --fix", faults);
        }
        faults.forEach(System.out::println);
        System.out.println(files.size() + " files of buttons, " + faults.size() + " faults");
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    /** Returns the lessons' folders, having seen that each has every program. */
    private static List<String> modules() throws IOException {
        List<String> modules = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("."), "lesson*")) {
            folders.forEach(folder -> modules.add(folder.getFileName().toString()));
        }
        modules.sort(null);
        for (String module : modules) {
            PROGRAMS.forEach(program -> requireMain(new Button(module, program)));
        }
        return modules;
    }

    private static void requireMain(Button button) {
        if (!button.source().contains("public static void main(String[] args)")) {
            throw new IllegalStateException(button.mainClass() + " has no main");
        }
    }

    private static void check(boolean good, String fault, List<String> faults) {
        if (!good) {
            faults.add(fault);
        }
    }

    private static Path run(String name) {
        return Path.of(".run", name + ".run.xml");
    }

    private static String launch(List<String> modules) {
        List<String> configurations = new ArrayList<>();
        List<String> compounds = new ArrayList<>();
        for (String module : modules) {
            for (String program : PROGRAMS) {
                Button button = new Button(module, program);
                configurations.add(configuration(button, button.name(), ""));
            }
            Button server = new Button(module, "Server");
            Button client = new Button(module, "Client");
            String pair = server.lesson() + " pair";
            Matcher ready = READY.matcher(server.source());
            if (ready.find()) {
                // The client is started by the server's line: never too early.
                String both = server.name() + ", then client";
                configurations.add(configuration(server, both, then(ready.group(1), client)));
                compounds.add(compound(pair, "\"" + both + "\""));
            } else {
                String both = "\"%s\", \"%s\"".formatted(server.name(), client.name());
                compounds.add(compound(pair, both));
            }
        }
        return """
        {
          "version": "0.2.0",
          "configurations": [
        %s
          ],
          "compounds": [
        %s
          ]
        }
        """
                .formatted(String.join(",\n", configurations), String.join(",\n", compounds));
    }

    private static String configuration(Button button, String name, String more) {
        return """
        {
          "type": "java",
          "name": "%s",
          "request": "launch",
          "mainClass": "%s",
          "projectName": "%s",
          "console": "integratedTerminal"%s
        }\
        """
                .formatted(name, button.mainClass(), button.module(), more)
                .indent(4)
                .stripTrailing();
    }

    /** Starts {@code client} when the line {@code ready} shows in the terminal. */
    private static String then(String ready, Button client) {
        return """
        ,
          "presentation": { "hidden": true },
          "serverReadyAction": {
            "action": "startDebugging",
            "pattern": "%s",
            "name": "%s"
          }\
        """
                .formatted(ready, client.name());
    }

    private static String compound(String name, String configurations) {
        return """
        {
          "name": "%s",
          "configurations": [%s]
        }\
        """
                .formatted(name, configurations)
                .indent(4)
                .stripTrailing();
    }

    private static String application(Button button) {
        return """
        <component name="ProjectRunConfigurationManager">
          <configuration default="false" name="%s" type="Application" factoryName="Application">
            <option name="MAIN_CLASS_NAME" value="%s" />
            <module name="%s" />
            <method v="2">
              <option name="Make" enabled="true" />
            </method>
          </configuration>
        </component>
        """
                .formatted(button.name(), button.mainClass(), button.module());
    }

    /** Starts both at once: IntelliJ IDEA has no way to wait for a line. */
    private static String together(String lesson) {
        return """
        <component name="ProjectRunConfigurationManager">
          <configuration default="false" name="%1$s pair" type="CompoundRunConfigurationType">
            <toRun name="%1$s server" type="Application" />
            <toRun name="%1$s client" type="Application" />
            <method v="2" />
          </configuration>
        </component>
        """
                .formatted(lesson);
    }
}
