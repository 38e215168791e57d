package course.homework;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Runs test classes as Maven does, and prints how many tests failed and were aborted. A line of
 * input names a folder of classes, the class of the tests, and the value of {@code -Dhomework}.
 */
final class RunTests {

    /** The last line of what is printed for a line of input. */
    static final String END = "no more is printed";

    private RunTests() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String job = in.readLine(); job != null; job = in.readLine()) {
            String[] words = job.split("\t");
            Object properties = System.getProperties().clone();
            if (words.length > 2) {
                System.setProperty("homework", words[2]);
            }
            run(new URL[] {Path.of(words[0]).toUri().toURL()}, words[1]);
            System.setProperties((Properties) properties);
            System.out.println(END);
        }
    }

    private static void run(URL[] classes, String test) throws IOException {
        SummaryGeneratingListener counts = new SummaryGeneratingListener();
        try (URLClassLoader loader = new URLClassLoader(classes, RunTests.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(loader, test))
                                    .build(),
                            counts);
        }
        long failed = counts.getSummary().getTestsFailedCount();
        long aborted = counts.getSummary().getTestsAbortedCount();
        System.out.println(failed + " failed, " + aborted + " aborted");
    }
}
