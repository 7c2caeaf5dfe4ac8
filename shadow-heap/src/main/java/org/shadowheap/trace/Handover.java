package org.shadowheap.trace;

import org.jspecify.annotations.Nullable;

/**
 * A few buffers that go round between the thread that fills them and the one that empties them, in order.
 *
 * <p>No lock: each side writes one counter and reads the other's. Both wait by sleeping, as the drain does, so that nothing
 * is made on the way.
 */
final class Handover {

    private static final int BUFFERS = 4;

    private final BlockBuffer[] buffers = new BlockBuffer[BUFFERS];
    private final long maxWaitNanos;

    /** Buffers that were handed over; written by the one that fills. */
    private volatile long filled;

    /** Buffers that were given back; written by the one that empties. */
    private volatile long emptied;

    private volatile boolean ended;

    /**
     * @param maxWaitNanos how long to wait for an empty buffer
     */
    Handover(int payloadBytes, long maxWaitNanos) {
        this.maxWaitNanos = maxWaitNanos;
        for (int i = 0; i < BUFFERS; i++) {
            buffers[i] = new BlockBuffer(payloadBytes);
        }
    }

    /** The buffer to fill. */
    BlockBuffer current() {
        return buffers[(int) (filled % BUFFERS)];
    }

    /**
     * Hands the current buffer over and waits for the next one.
     *
     * @return false if none became empty in time; then nothing may be put any more
     */
    boolean hand() {
        long next = filled + 1;
        filled = next;
        if (next - emptied < BUFFERS) {
            return true;
        }
        long start = System.nanoTime();
        while (next - emptied >= BUFFERS) {
            if (System.nanoTime() - start > maxWaitNanos) {
                return false;
            }
            sleep();
        }
        return true;
    }

    /** Nothing is handed over any more. */
    void end() {
        ended = true;
    }

    /** Waits for a full buffer; null when there will be none. */
    @Nullable
    BlockBuffer take() {
        while (emptied == filled) {
            if (ended && emptied == filled) {
                return null;
            }
            sleep();
        }
        return buffers[(int) (emptied % BUFFERS)];
    }

    /** Gives back what was taken. */
    void giveBack() {
        long next = emptied + 1;
        emptied = next;
    }

    private static void sleep() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException nobodyMeansUs) {
            // Both sides end when they are told to.
        }
    }
}
