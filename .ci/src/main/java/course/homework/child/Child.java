package course.homework.child;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The program of a JVM in which tests of homework run. Its first line of input is a secret, the
 * others are jobs; every line that it prints begins with the secret, so that an answer that prints
 * has printed nothing that counts.
 */
public final class Child {

    /** Said after a job: another may follow, or threads and descriptors were left behind. */
    public static final String CLEAN = "clean";

    public static final String DIRTY = "dirty";

    private Child() {}

    public static void main(String[] args) throws IOException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(System.out);
        System.setIn(InputStream.nullInputStream());
        Teller teller = new Teller(in.readLine(), out);
        warmUp();
        for (String job = in.readLine(); job != null; job = in.readLine()) {
            Set<Object> before = things();
            Object properties = System.getProperties().clone();
            run(Job.of(job), teller);
            System.setProperties((Properties) properties);
            teller.end(isBack(before) ? CLEAN : DIRTY);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void run(Job job, Teller teller) throws IOException {
        URL[] path = new URL[job.folders().size()];
        for (int i = 0; i < path.length; i++) {
            path[i] = Path.of(job.folders().get(i)).toUri().toURL();
        }
        for (int run = 1; run <= job.runs(); run++) {
            if (run == 2 && job.strictAtLast()) {
                System.setProperty("homework", "strict");
            }
            // Never closed: threads that an answer leaves behind may still load classes.
            URLClassLoader loader = new AnswerLoader(path);
            Thread.currentThread().setContextClassLoader(loader);
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(loader, job.test()))
                                    .build(),
                            teller.ofRun(run));
        }
    }

    /**
     * Loads a test and what it tests. It hides Java's flight recorder: where JUnit finds it, it
     * begins to record, which costs a fifth of all that a first job does.
     */
    private static final class AnswerLoader extends URLClassLoader {

        AnswerLoader(URL[] path) {
            super(path, Child.class.getClassLoader());
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (name.startsWith("jdk.jfr.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name);
        }
    }

    /** Opens what the JDK opens once and keeps. */
    private static void warmUp() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket()) {
            socket.connect(listener.getLocalSocketAddress());
        }
        new DatagramSocket(null).close();
        SocketChannel.open().close();
        Child.class.getClassLoader().getResource("nothing"); // opens each jar of the class path
    }

    /**
     * Whether all is as before once threads have ended and sockets that nobody holds are closed.
     */
    private static boolean isBack(Set<Object> before) {
        boolean back = things().equals(before);
        for (int i = 0; i < 4 && !back; i++) {
            if (i > 0) {
                System.gc();
            }
            try {
                Thread.sleep(20); // the collector's helpers close them
            } catch (InterruptedException e) {
                return false;
            }
            back = things().equals(before);
        }
        return back;
    }

    /** The threads and the descriptors that are there now; where nobody lists them, a new thing. */
    private static Set<Object> things() {
        Set<Object> things = new HashSet<>(Thread.getAllStackTraces().keySet());
        String[] descriptors = new File("/proc/self/fd").list();
        things.addAll(descriptors == null ? List.of(new Object()) : List.of(descriptors));
        return things;
    }
}
