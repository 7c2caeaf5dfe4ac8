package org.shadowheap.drain;

import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.WriteBarrier;

/**
 * Stores objects of classes that were never met: while events are recorded, when the drain may still read them, and when nobody does any
 * more.
 */
final class StoresAfterTheEnd {

    private StoresAfterTheEnd() {}

    private static final class Before {}

    private static final class AtTheEnd {}

    private static final class After {}

    private static final class AfterInCopy {}

    /** Returns how often the barrier has asked for a class in each of these times. */
    static long[] run(long unused) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        long[] asked = new long[3];
        Thread program = new Thread(() -> {
            Object[] slots = new Object[1];
            WriteBarrier.arrayBirth(slots);
            store(slots, new Object());
            long first = BarrierInProcess.ASKED.get();
            store(slots, new Before());
            long second = BarrierInProcess.ASKED.get();
            Recording.end();
            store(slots, new AtTheEnd());
            long third = BarrierInProcess.ASKED.get();
            Recording.leave();
            store(slots, new After());
            store(new Object[1], new After());
            WriteBarrier.filledBirth(new Object[] {new AfterInCopy()});
            asked[0] = second - first;
            asked[1] = third - second;
            asked[2] = BarrierInProcess.ASKED.get() - third;
        });
        program.start();
        program.join();
        return asked;
    }

    private static void store(Object[] slots, Object value) {
        slots[0] = value;
        WriteBarrier.arrayStore(slots, 0, value, 1);
    }
}
