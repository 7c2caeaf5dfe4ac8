package org.shadowheap.event;

/** What the JVM itself collected, or who else asks for a collection. Numbers and names are part of the trace and of the result. */
public enum CollectionKind {

    /** The young generation, or more, in one pause or one concurrent cycle. */
    YOUNG(1, "young"),

    /** The old generation or the whole heap, in one pause or one concurrent cycle. */
    OLD(2, "old"),

    /** A concurrent cycle of a heap that has no generations. */
    CYCLE(3, "cycle"),

    /** A pause within a concurrent cycle. */
    PAUSE(4, "pause"),

    /** None of the JVM's: somebody asked that the shadow heap be collected at the end of the round. */
    ASKED(5, "asked"),

    /** As {@link #ASKED}, and a major collection comes with the one after it. */
    ASKED_MAJOR(6, "asked-major");

    private final int number;
    private final String label;

    CollectionKind(int number, String label) {
        this.number = number;
        this.label = label;
    }

    public int number() {
        return number;
    }

    /** As in the result. */
    public String label() {
        return label;
    }

    /** Name of a kind by its number; what a later version may have recorded is {@code other}. */
    public static String labelOf(int number) {
        for (CollectionKind each : values()) {
            if (each.number == number) {
                return each.label;
            }
        }
        return "other";
    }
}
