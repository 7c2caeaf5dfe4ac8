package org.shadowheap.heap;

import java.util.Locale;

/** When minor collections run, always at the end of a round. */
public enum CollectAt {
    /** When the nursery is full. */
    NURSERY,
    /**
     * Where the recorded JVM collected its own young generation: one for each mark of that in the round. Earlier only if the
     * bound leaves no room for what is born.
     */
    REAL;

    /** As users write it, and as in the result. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
