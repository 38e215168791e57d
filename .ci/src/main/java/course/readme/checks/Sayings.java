package course.readme.checks;

import course.Jdk;
import course.Lesson;
import course.process.Command;
import course.readme.Compiled;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the programs of a lesson can say when they fail: their classes are asked, not read. */
final class Sayings {

    private static final String PREFIX = "^(client|server|demo|lab): ";

    private static final Pattern WHY = Pattern.compile("\\((.*)\\)\\.");

    private static final List<Function<String, IOException>> EXCEPTIONS =
            List.of(
                    IOException::new,
                    SocketException::new,
                    BindException::new,
                    ConnectException::new,
                    NoRouteToHostException::new,
                    PortUnreachableException::new,
                    SocketTimeoutException::new,
                    UnknownHostException::new,
                    EOFException::new);

    /** An address that is shown as it is in the message. */
    private static final class Shown extends SocketAddress {
        private static final long serialVersionUID = 1;
        private final String text;

        Shown(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final Lesson lesson;
    private final Compiled programs;
    private final List<Pattern> written;
    private List<String> usages;

    Sayings(Lesson lesson, Compiled programs) {
        this.lesson = lesson;
        this.programs = programs;
        written = Written.in(lesson);
    }

    /** Returns whether a program can say {@code message}; a last {@code …} leaves out its rest. */
    boolean has(String message) {
        if (message.startsWith("usage: ")) {
            return usages().contains(message);
        }
        if (!message.matches(PREFIX + ".*")) {
            return false;
        }
        String text = message.replaceFirst(PREFIX, "");
        boolean isCut = text.endsWith(" …");
        String start = isCut ? text.substring(0, text.length() - 1) : text;
        return explained(start, isCut)
                || written.stream().anyMatch(line -> line.matcher(message).matches());
    }

    /** Runs both programs with arguments that are too many. */
    private List<String> usages() {
        if (usages == null) {
            usages = new ArrayList<>();
            for (String program : List.of("Server", "Client")) {
                String name = lesson.packageName() + "." + program;
                String[] java = {Jdk.program("java"), "-cp", "target/classes", name, "a", "b", "c"};
                usages.addAll(Command.of(programs.folder(), java).lines());
            }
        }
        return usages;
    }

    /** Whether Failure makes {@code text}, or a text that begins with it, of some exception. */
    private boolean explained(String text, boolean isCut) {
        try {
            Class<?> failure = programs.load("Failure");
            for (Method explain : failure.getDeclaredMethods()) {
                if (explain.getName().equals("explain") && isExplained(explain, text, isCut)) {
                    return true;
                }
            }
            return false;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The system's words stand in parentheses, and the address is one of the message's words. */
    private static boolean isExplained(Method explain, String text, boolean isCut)
            throws ReflectiveOperationException {
        explain.setAccessible(true);
        Matcher why = WHY.matcher(text);
        if (!why.find()) {
            return false;
        }
        for (String address : text.split(" ")) {
            for (Function<String, IOException> exception : EXCEPTIONS) {
                String said = said(explain, exception.apply(why.group(1)), address);
                if (isCut ? said.startsWith(text) : said.equals(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String said(Method explain, IOException e, String address)
            throws ReflectiveOperationException {
        try {
            Object said =
                    explain.getParameterCount() == 1
                            ? explain.invoke(null, e)
                            : explain.invoke(null, e, new Shown(address));
            return "" + said;
        } catch (InvocationTargetException wrong) {
            return "";
        }
    }
}
