package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;

/** How a mutator waits when the logs together have reached their bound. */
final class LogWait {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long LEAST_NANOS = 50_000;
    private static final long MOST_NANOS = 1_000_000;

    /**
     * How long at a time: as the drain takes for a hundredth of all chunks or so. To wake up costs as much as hundreds of records, and who wakes
     * up for a chunk or two pays that for each of them; the drain has the others to read meanwhile.
     */
    private static final long STEP_NANOS = Math.max(LEAST_NANOS, Math.min(MOST_NANOS, Chunks.capacityBytes() / 64));

    private LogWait() {}

    /**
     * Waits for the drain to free a chunk, at most {@code max-wait}.
     *
     * <p>Parks the carrier, then hands the permit back: parking may have consumed a permit that the application had
     * been given; one too many only makes its next park return early, which every user of park allows for.
     *
     * @return a chunk, or 0 if none came or the recording has ended
     */
    static long untilFree() {
        long deadline = System.nanoTime() + BarrierSetup.maxWaitNanos;
        long chunk = 0;
        boolean parked = false;
        while (Recording.isOn()) {
            chunk = Chunks.take();
            if (chunk != 0 || System.nanoTime() - deadline > 0) {
                break;
            }
            U.park(false, STEP_NANOS);
            parked = true;
        }
        if (parked) {
            U.unpark(CarrierThread.current());
        }
        return chunk;
    }
}
