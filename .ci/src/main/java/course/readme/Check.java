package course.readme;

/** Compares something that a page says with what is the case. */
public interface Check {

    /** Tells every fault of this kind in {@code readme}; it changes nothing. */
    void look(Readme readme, Faults faults);

    /** Returns its name, by which it can be chosen. */
    default String name() {
        return getClass().getSimpleName();
    }
}
