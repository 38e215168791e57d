package course.programs;

import static course.programs.Programs.assertEnds;
import static course.programs.Programs.command;

import course.process.Program;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;

/** Wrong arguments end a program with status 2 and one line that says which are right. */
@Execution(ExecutionMode.CONCURRENT)
class UsageTest {

    static List<Arguments> wrong() {
        List<Arguments> wrong = new ArrayList<>();
        for (String program : List.of("Server", "Client")) {
            wrong.add(Arguments.of(1, program, List.of("localhost")));
            for (int lesson = 2; lesson <= 5; lesson++) {
                wrong.add(Arguments.of(lesson, program, List.of("localhost:6000")));
                wrong.add(Arguments.of(lesson, program, List.of("localhost", "70000")));
            }
        }
        for (String port : List.of("-1", "+80", "abc", "", " 80", "1.5", "0x50", "4294967296")) {
            wrong.add(Arguments.of(3, "Server", List.of("localhost", port)));
        }
        wrong.add(Arguments.of(4, "Server", List.of("--help")));
        wrong.add(Arguments.of(5, "Client", List.of("-h")));
        wrong.add(Arguments.of(3, "Client", List.of("")));
        wrong.add(Arguments.of(3, "Client", List.of("5003")));
        wrong.add(Arguments.of(3, "Client", List.of("", "5003")));
        wrong.add(Arguments.of(3, "Client", List.of("localhost", "5003", "5004")));
        return wrong;
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongArgumentsGetTheUsageLine(int lesson, String program, List<String> arguments) {
        String[] words = arguments.toArray(String[]::new);
        try (Program started = command(lesson, program, words).start()) {
            assertEnds(started, 2, "", "usage: .+\n");
        }
    }
}
