package org.shadowheap.remset;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts how often the barrier added an entry, exactly, by any number of threads. The counter has cache lines of its own:
 * fast paths read the fields of the set, and must not wait for a line that slow paths of others write.
 */
final class SlowPaths {

    /** 128 bytes: two lines, because processors fetch them in pairs. */
    private static final int PADDING = 16;

    private final AtomicLongArray padded = new AtomicLongArray(PADDING + 1 + PADDING);

    void add() {
        padded.getAndIncrement(PADDING);
    }

    long count() {
        return padded.get(PADDING);
    }
}
