package org.shadowheap.drain;

import java.util.concurrent.SynchronousQueue;
import org.shadowheap.barrier.WriteBarrier;

/**
 * One thread makes objects, another one stores them into an array of its own, right behind a store that draws a ticket: then
 * the maker and the other one record at one stamp. Always with so many records before that a round may end between them.
 */
final class HandedOver {

    /** Somewhat less than ends a round. */
    private static final int RECORDS_BEFORE = (1 << 14) - 8;

    private static final int RECORDS_BEHIND = 32;
    private static final int SITE = 2;

    private HandedOver() {}

    /** Does it so often. Returns how often, and how many objects were mentioned in a round before that of their birth. */
    static long[] run(long times) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        Object[] shared = new Object[1];
        Object[] own = new Object[RECORDS_BEFORE + RECORDS_BEHIND];
        WriteBarrier.arrayBirth(shared);
        WriteBarrier.arrayBirth(own);
        BirthsBeforeMentions sink = new BirthsBeforeMentions();
        LiveMerge.round(sink);
        SynchronousQueue<Object[]> made = new SynchronousQueue<>();
        Thread maker = new Thread(() -> make(times, made));
        maker.start();
        for (long i = 0; i < times; i++) {
            for (int at = 0; at < RECORDS_BEFORE; at++) {
                WriteBarrier.arrayStore(own, at, null, SITE);
            }
            WriteBarrier.sharedArrayStore(shared, 0, null, SITE);
            Object[] taken = made.take();
            for (int at = RECORDS_BEFORE; at < own.length; at++) {
                own[at] = taken;
                WriteBarrier.arrayStore(own, at, taken, SITE);
            }
            LiveMerge.round(sink);
        }
        maker.join();
        return new long[] {times, sink.tooEarly()};
    }

    /** Makes an object whenever the other one has taken the one before. */
    private static void make(long times, SynchronousQueue<Object[]> made) {
        try {
            for (long i = 0; i < times; i++) {
                Object[] fresh = new Object[1];
                WriteBarrier.arrayBirth(fresh);
                made.put(fresh);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
