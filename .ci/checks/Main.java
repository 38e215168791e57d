package checks;

/**
 * Starts the lessons' programs as a student does, each in a process of its own, and checks what
 * they print, how they end, what they ask of the kernel, and that no peer can break a server.
 */
public final class Main {

    /** Makes all checks, or those whose facts contain the arguments; status 1 if one fails. */
    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(Program::closeAll));
        Checks.only(String.join(" ", args));
        System.out.println("Java " + Runtime.version());

        Failures.addSlow();
        Pairs.add();
        Failures.add();
        BadPeers.add();
        Letters.add();
        OtherPrograms.add();
        UnderMaven.add();
        SystemCalls.add();
        Interrupts.add();
        Crowds.add();

        Checks.report();
        System.out.println(Checks.total());
        System.exit(Checks.wentWell() ? 0 : 1);
    }
}
