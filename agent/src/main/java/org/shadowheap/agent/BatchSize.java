package org.shadowheap.agent;

/**
 * How much is transformed in one operation of the JVM's, by how long the last ones stopped the program.
 *
 * <p>An operation costs a walk over all classes, however few are transformed. A batch is too large if the pause is longer than should be
 * noticed, and longer than the walk alone by a third; it may be larger if there is next to nothing but the walk in it. Of two pauses the
 * shorter one counts, and the shortest of all is taken for the walk: whatever else keeps a thread from running makes them longer, never shorter.
 */
final class BatchSize {

    /** A pause that nobody should notice. */
    private static final long WELCOME_NANOS = 40_000_000;

    private static final int LEAST = 100;
    private static final int MOST = 1000;

    private int size = LEAST;
    private long lastNanos = WELCOME_NANOS;
    private long walkNanos = Long.MAX_VALUE;

    /** What the next batch may weigh: a class of a program's weighs one. */
    int next() {
        return size;
    }

    /** A batch of that size has stopped the program for so long. */
    void took(long nanos) {
        long shorter = Math.min(nanos, lastNanos);
        lastNanos = nanos;
        walkNanos = Math.min(walkNanos, nanos);
        if (shorter > Math.max(WELCOME_NANOS, walkNanos + walkNanos / 3)) {
            size = Math.max(LEAST, size / 2);
        } else if (shorter < Math.max(WELCOME_NANOS * 3 / 4, walkNanos + walkNanos / 8)) {
            size = Math.min(MOST, size + size / 4);
        }
    }
}
