package lesson01;

/** Bars of text. */
final class Chart {

    /** The length of the longest bar, in characters. */
    static final int WIDTH = 30;

    private Chart() {}

    /**
     * Returns a bar for {@code value}, where {@code largest} has {@link #WIDTH} characters: at
     * least one for anything above zero, and none for zero.
     */
    static String bar(double value, double largest) {
        return value <= 0 ? "" : "#".repeat((int) Math.max(1, Math.round(WIDTH * value / largest)));
    }
}
