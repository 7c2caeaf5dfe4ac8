package org.shadowheap.drain;

import java.util.ArrayList;
import java.util.List;
import jdk.internal.misc.Unsafe;
import org.shadowheap.barrier.BarrierSetup;
import org.shadowheap.barrier.WriteBarrier;

/**
 * Stores objects whose hash is another object's id, as the strings of the JDK's archive may have one: nobody saw their births, and
 * they come hashed.
 */
final class HashesThatAreIds {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long UNLOCKED = 1;

    private HashesThatAreIds() {}

    /** Stores so many. Returns how many were taken for the object with that id, and how many stores were merged. */
    static long[] run(long objects) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        Object[] slots = new Object[1];
        List<Integer> given = new ArrayList<>();
        Thread program = new Thread(() -> {
            WriteBarrier.arrayBirth(slots);
            for (long i = 0; i < objects; i++) {
                Object[] known = new Object[1];
                WriteBarrier.arrayBirth(known);
                given.add(System.identityHashCode(known));
                Object[] hashed = new Object[1];
                U.putLong(hashed, 0L, UNLOCKED | (long) System.identityHashCode(known) << BarrierSetup.hashShift);
                slots[0] = hashed;
                WriteBarrier.arrayStore(slots, 0, hashed, 1);
            }
        });
        Values values = new Values();
        LiveMerge.whileRunning(List.of(program), values);
        long mistaken = 0;
        for (int i = 0; i < values.ids.size(); i++) {
            mistaken += values.ids.get(i).equals(given.get(i)) ? 1 : 0;
        }
        return new long[] {mistaken, values.ids.size()};
    }

    /** Hears the merged stream. */
    private static final class Values extends EventSinkStub {

        final List<Integer> ids = new ArrayList<>();

        @Override
        public void arrayStore(int array, int index, int value, int site) {
            ids.add(value);
        }
    }
}
