package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;

/** How a mutator waits when the logs together have reached their bound. */
final class LogWait {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long STEP_NANOS = 50_000;

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
