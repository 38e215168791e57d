package course.ide;

import course.Course;
import course.Lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The run buttons of VS Code and IntelliJ IDEA, made from the lessons that are there. Its {@code
 * main} writes them; a test compares them with the files.
 */
public final class Buttons {

    /** The programs of each lesson. */
    static final List<String> PROGRAMS = List.of("Server", "Client", "Demo", "Lab");

    /** What a server says, in the words of its source, when clients can reach it. */
    private static final Pattern READY = Pattern.compile("\"(server: (?:listening|receiving) on) ");

    /** A program of a lesson, and the name of its button. */
    private record Button(Lesson lesson, String program) {

        String mainClass() {
            return lesson.packageName() + "." + program;
        }

        String name() {
            return lesson.packageName() + " " + program.toLowerCase(Locale.ROOT);
        }

        String source() {
            try {
                return Files.readString(lesson.source(program));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Buttons() {}

    /** Writes the files. */
    public static void main(String[] args) throws IOException {
        Course course = Course.find();
        for (Map.Entry<Path, String> file : files(course).entrySet()) {
            Files.writeString(course.root().resolve(file.getKey()), file.getValue());
        }
    }

    /** Returns what the files of the buttons should say, by their paths from the root on. */
    static Map<Path, String> files(Course course) {
        Map<Path, String> files = new TreeMap<>();
        files.put(Path.of(".vscode/launch.json"), launch(course.lessons()));
        for (Lesson lesson : course.lessons()) {
            for (String program : PROGRAMS) {
                Button button = new Button(lesson, program);
                files.put(run(button.name()), application(button));
            }
            files.put(run(lesson.packageName() + " pair"), together(lesson.packageName()));
        }
        return files;
    }

    private static Path run(String name) {
        return Path.of(".run", name + ".run.xml");
    }

    private static String launch(List<Lesson> lessons) {
        List<String> configurations = new ArrayList<>();
        List<String> compounds = new ArrayList<>();
        for (Lesson lesson : lessons) {
            for (String program : PROGRAMS) {
                Button button = new Button(lesson, program);
                configurations.add(configuration(button, button.name(), ""));
            }
            Button server = new Button(lesson, "Server");
            Button client = new Button(lesson, "Client");
            String pair = lesson.packageName() + " pair";
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
                .formatted(name, button.mainClass(), button.lesson().name(), more)
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
                .formatted(button.name(), button.mainClass(), button.lesson().name());
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
