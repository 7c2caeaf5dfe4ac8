package org.shadowheap.exploration;

import java.util.Arrays;

/**
 * A vector clock: for each thread, up to which time its operations happen before the owner's next one. Thread 0 is the
 * set-up, which happens before everything, and the final check, which everything happens before.
 */
final class Clock {

    static final int THREADS = 8;

    private final int owner;
    private final int[] times;

    Clock(int owner) {
        this(owner, new int[THREADS]);
    }

    private Clock(int owner, int[] times) {
        this.owner = owner;
        this.times = times;
    }

    int owner() {
        return owner;
    }

    /** The time of the owner's operation that runs now. */
    int now() {
        return times[owner];
    }

    void tick() {
        times[owner]++;
    }

    /** Whether what that thread did at that time happens before. */
    boolean knows(int thread, int time) {
        return time <= times[thread];
    }

    void join(Clock other) {
        for (int i = 0; i < THREADS; i++) {
            times[i] = Math.max(times[i], other.times[i]);
        }
    }

    Clock copy() {
        return new Clock(owner, Arrays.copyOf(times, THREADS));
    }
}
