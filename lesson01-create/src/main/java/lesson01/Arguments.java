package lesson01;

/** The arguments of the command line. */
final class Arguments {

    private Arguments() {}

    /** Ends the program with status 2 and a usage line when there are any arguments. */
    static void none(String[] args) {
        if (args.length > 0) {
            System.err.println("usage: no arguments");
            System.exit(2);
        }
    }
}
