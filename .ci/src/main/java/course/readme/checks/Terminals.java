package course.readme.checks;

import course.process.Command;
import course.process.Output;
import course.process.Program;
import course.readme.Block;
import course.readme.Faults;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One terminal, or two, in which the commands of transcripts are typed. */
final class Terminals {

    private static final long SOON_MILLIS =
            10_000; // for a server's line on a client that has ended

    private static final long MORE_MILLIS = 500; // for a line that the page does not have

    private final Path folder;
    private final Faults faults;
    private final Path first;

    Terminals(Path folder, Faults faults) {
        this(folder, faults, null);
    }

    /** As above; each shell reads a file before its command, if there is one. */
    Terminals(Path folder, Faults faults, Path first) {
        this.folder = folder;
        this.faults = faults;
        this.first = first;
    }

    /** Runs the blocks among {@code blocks} that are transcripts, and compares them. */
    void run(List<Block> blocks) {
        for (int i = 0; i < blocks.size(); i++) {
            List<Block> group = new ArrayList<>(List.of(blocks.get(i)));
            while (group.get(0).is("run first")
                    && i + 1 < blocks.size()
                    && blocks.get(i + 1).is("run second")) {
                group.add(blocks.get(++i));
            }
            try {
                run(group.get(0), group);
            } catch (AssertionError e) { // a wait in vain
                faults.checked();
                faults.tell(group.get(0).line(), "transcript differs: " + e.getMessage());
            }
        }
    }

    private void run(Block block, List<Block> group) {
        if (block.is("run first")) {
            conversation(group);
        } else if (block.is("run second")) {
            faults.tell(block.line(), "a second terminal without a first one before it");
        } else if (block.is("run")) {
            commands(block);
        } else if (block.is("prints")) {
            // Five programs, one after another: the kernel may give a port twice.
            List<String> real = bash(block.marker().after("prints")).lines();
            Comparison.of("transcript", block, real, Ports.anyOrder(), faults);
        }
    }

    private Command bash(String line) {
        return Command.bash(folder, line)
                .env("BASH_ENV", first == null ? null : "" + first)
                .merged();
    }

    private void commands(Block block) {
        List<String> real = new ArrayList<>();
        for (String line : block.body().stream().filter(s -> s.startsWith("$ ")).toList()) {
            real.add(line);
            real.addAll(bash(line.substring(2)).lines());
        }
        Comparison.of("transcript", block, real, Ports.oneToOne(), faults);
    }

    /** A server, and the clients that run meanwhile. */
    private void conversation(List<Block> group) {
        Block first = group.get(0);
        String says = String.join("\n", first.body());
        for (int port = 5002; port <= 5005; port++) {
            if (says.contains(":" + port) && isTaken(port)) {
                faults.checked();
                faults.tell(first.line(), "port " + port + " is taken: stop what has it");
                return;
            }
        }
        List<List<String>> reals = new ArrayList<>();
        try (Program server = bash(command(first)).start()) {
            server.awaitPort();
            for (Block second : group.subList(1, group.size())) {
                reals.add(client(second));
            }
            server.out().awaitLines(first.body().size() - 1, SOON_MILLIS);
            server.out().awaitLines(first.body().size(), MORE_MILLIS);
            if (says.contains("Enter")) {
                server.say("\n");
                server.status();
            } else {
                server.stop();
            }
            server.out().bytes(); // all of them
            reals.add(0, transcript(first, server));
        }
        new Comparison("transcript", group, reals, Ports.oneToOne()).tell(faults);
    }

    /** Runs a client, types each line where the transcript has it, and ends its input. */
    private List<String> client(Block block) {
        String typed = block.marker().after("run second");
        try (Program client = bash(command(block)).start()) {
            int at = 0; // where the last typed line stands in the transcript
            for (String line : typed.isEmpty() ? new String[0] : typed.split("\\|")) {
                at += 1 + block.body().subList(at + 1, block.body().size()).indexOf(line);
                client.out()
                        .awaitLines(
                                at - 1, Output.PATIENCE_SECONDS * 1_000L); // without the command
                client.type(line);
            }
            client.endInput();
            client.out().bytes(); // all of them
            client.status();
            return transcript(block, client);
        }
    }

    private static String command(Block block) {
        return block.text(0).replaceFirst("^\\$ ", "");
    }

    private static List<String> transcript(Block block, Program program) {
        List<String> transcript = new ArrayList<>(List.of(block.text(0)));
        transcript.addAll(program.out().lines());
        return transcript;
    }

    private static boolean isTaken(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket stream = new ServerSocket(port, 1, loopback);
                DatagramSocket datagram = new DatagramSocket(port, loopback)) {
            return !stream.isBound() || !datagram.isBound();
        } catch (IOException e) {
            return true;
        }
    }
}
