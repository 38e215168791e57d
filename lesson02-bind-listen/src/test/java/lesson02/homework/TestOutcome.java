package lesson02.homework;

import com.sun.management.UnixOperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;

/** How a call ended: with a socket or with a failure. */
record TestOutcome(Tried tried, ServerSocket listener, Exception failure) implements AutoCloseable {

    /** Calls the answer, which has 5 s for it; {@code where} says how the ports are. */
    static TestOutcome listen(InetAddress address, int first, int last, String where) {
        String host = address.getHostAddress();
        Tried tried = Tried.to("listen(%s, %d, %d), %s", host, first, last, where);
        Callable<ServerSocket> call = () -> FirstFree.listen(address, first, last);
        String cause = "Does each turn of the loop try another port?";
        try {
            return new TestOutcome(
                    tried, tried.within(5, call, "listen to return", cause, 3), null);
        } catch (Exception e) {
            return new TestOutcome(tried, null, e);
        }
    }

    /** Calls the answer once more, whatever it does. */
    static void callAndClose(InetAddress address, int first, int last) {
        try (ServerSocket listener = FirstFree.listen(address, first, last)) {
            return;
        } catch (IOException | RuntimeException e) {
            return; // told by the tests of that
        }
    }

    /** Returns how many files, pipes and sockets this process has open. */
    static long descriptors() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    int port() {
        return listener == null ? -1 : listener.getLocalPort();
    }

    boolean answers() {
        try (Socket client = new Socket()) {
            client.connect(listener.getLocalSocketAddress());
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    void check(boolean holds, String expected, String cause, int hint) {
        boolean isClosed = listener != null && listener.isClosed();
        Object got = isClosed ? "a closed socket, " + listener : listener;
        tried.check(holds, expected, failure == null ? got : failure, cause, hint);
    }

    @Override
    public void close() {
        try {
            if (listener != null) {
                listener.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
