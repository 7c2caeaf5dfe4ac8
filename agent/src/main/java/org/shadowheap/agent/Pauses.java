package org.shadowheap.agent;

/** The longest pause of a thread that runs each millisecond, by when it ran. That thread and who asks write, one at a time. */
final class Pauses {

    /** Between two times that it runs if nothing stops it. */
    private static final long USUAL_NANOS = 1_000_000;

    private long longestNanos;

    /** When the thread last ran, or somebody asked. */
    private long lastNanos;

    Pauses(long nowNanos) {
        lastNanos = nowNanos;
    }

    /** The thread runs. */
    synchronized void ran(long nowNanos) {
        longestNanos = Math.max(longestNanos, nowNanos - lastNanos - USUAL_NANOS);
        // The thread may have been kept between the clock and here, while somebody asked.
        lastNanos = Math.max(lastNanos, nowNanos);
    }

    /** The longest since the last call: one that the thread has noted, or that it has had no time to note yet. */
    synchronized long longest(long nowNanos) {
        ran(nowNanos);
        long longest = longestNanos;
        longestNanos = 0;
        return longest;
    }
}
