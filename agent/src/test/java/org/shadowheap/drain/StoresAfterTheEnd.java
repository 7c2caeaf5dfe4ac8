package org.shadowheap.drain;

import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.WriteBarrier;

/** Stores objects of classes that were never met while events are recorded, and when none are any more. */
final class StoresAfterTheEnd {

    private StoresAfterTheEnd() {}

    private static final class Before {}

    private static final class AfterInArray {}

    private static final class AfterInUnmet {}

    /** Returns how often the barrier has asked for a class before the end, and after it. */
    static long[] run(long unused) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        long[] asked = new long[2];
        Thread program = new Thread(() -> {
            Object[] slots = new Object[1];
            WriteBarrier.arrayBirth(slots);
            store(slots, new Object());
            long first = BarrierInProcess.ASKED.get();
            store(slots, new Before());
            long second = BarrierInProcess.ASKED.get();
            Recording.end();
            store(slots, new AfterInArray());
            Object[] unmet = new Object[1];
            store(unmet, new AfterInUnmet());
            asked[0] = second - first;
            asked[1] = BarrierInProcess.ASKED.get() - second;
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
