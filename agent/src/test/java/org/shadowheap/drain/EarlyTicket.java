package org.shadowheap.drain;

import org.shadowheap.barrier.Stamps;

/** For the mutant that draws its ticket before the store: racers draw here first, and {@link BarrierCopy} lets the log ask here. */
public final class EarlyTicket {

    /** Set by the mutant alone. */
    static boolean armed;

    private static final ThreadLocal<long[]> DRAWN = ThreadLocal.withInitial(() -> new long[1]);

    private EarlyTicket() {}

    static void drawIfArmed() {
        if (armed) {
            DRAWN.get()[0] = Stamps.draw();
        }
    }

    /** The ticket that the calling thread drew before its store, once; then a fresh one. */
    public static long take() {
        long[] drawn = DRAWN.get();
        long ticket = drawn[0];
        drawn[0] = 0;
        return ticket != 0 ? ticket : Stamps.draw();
    }
}
