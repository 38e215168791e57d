package course.readme.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import course.process.Command;
import course.readme.Block;
import course.readme.Check;
import course.readme.Faults;
import course.readme.Readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Diagrams parse, as Mermaid's own parser sees them. */
public final class Mermaid implements Check {

    private static final String VERSION = "11.12.0"; // from npm

    /** Mermaid cleans texts with a browser's help; without one they stay as they are. */
    private static final String PARSE =
            """
            import DOMPurify from 'dompurify';
            import { readFileSync } from 'node:fs';
            DOMPurify.addHook = () => {};
            DOMPurify.sanitize = text => text;
            const { default: mermaid } = await import('mermaid');
            for (const [index, text] of JSON.parse(readFileSync(0)).entries()) {
                await mermaid.parse(text).catch(
                    e => console.log(index + ' ' + e.message.replaceAll('\\n', ' ')));
            }
            """;

    @Override
    public void look(Readme readme, Faults faults) {
        List<Block> diagrams =
                readme.blocks().stream().filter(b -> b.language().equals("mermaid")).toList();
        if (diagrams.isEmpty()) {
            return;
        }
        Path folder = readme.course().target().resolve("mermaid-" + VERSION);
        if (!isInstalled(folder)) {
            faults.skip("the parsing of diagrams, without Node.js, npm and mermaid");
            return;
        }
        for (String bad : Command.of(folder, "node", "parse.mjs").lines(json(diagrams))) {
            String[] parts = bad.split(" ", 2);
            boolean known = parts[0].matches("\\d+");
            int line = known ? diagrams.get(Integer.parseInt(parts[0])).line() : 1;
            faults.tell(line, "diagram does not parse: " + bad);
        }
        diagrams.forEach(diagram -> faults.checked());
    }

    private static String json(List<Block> diagrams) {
        try {
            List<String> texts = diagrams.stream().map(b -> String.join("\n", b.body())).toList();
            return new ObjectMapper().writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized boolean isInstalled(Path folder) {
        if (!Command.exists("node") || !Command.exists("npm")) {
            return false;
        }
        Path mermaid = folder.resolve("node_modules/mermaid/package.json");
        try {
            if (!Files.exists(mermaid)) {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve("package.json"), "{}");
                String install =
                        "npm install --silent --no-audit --no-fund --ignore-scripts mermaid@"
                                + VERSION;
                Command.bash(folder, install).lines().forEach(System.out::println);
            }
            Files.writeString(folder.resolve("parse.mjs"), PARSE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Files.exists(mermaid);
    }
}
