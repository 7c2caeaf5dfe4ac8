package org.shadowheap.drain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.shadowheap.barrier.WriteBarrier;

/** Two threads meet the same objects at the same time, whose hash the JVM gave. */
final class MetByTwo {

    private static final int LENGTH = 64;
    private static final int SITE = 2;

    private MetByTwo() {}

    /** Lets so many be met. Returns how many were, and of how many it was never told that all was found that they refer to. */
    static long[] run(long objects) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        Object[][] met = new Object[(int) objects][1];
        for (Object[] each : met) {
            System.identityHashCode(each);
        }
        AtomicInteger arrived = new AtomicInteger();
        Contacts sink = new Contacts();
        LiveMerge.whileRunning(List.of(meeting(met, arrived), meeting(met, arrived)), sink);
        return new long[] {sink.contacts, sink.open.size()};
    }

    private static Thread meeting(Object[][] met, AtomicInteger arrived) {
        return new Thread(() -> {
            Object[] own = new Object[LENGTH];
            WriteBarrier.arrayBirth(own);
            for (int i = 0; i < met.length; i++) {
                arrived.incrementAndGet();
                while (arrived.get() < 2 * (i + 1)) {
                    Thread.onSpinWait();
                }
                own[i % LENGTH] = met[i];
                WriteBarrier.arrayStore(own, i % LENGTH, met[i], SITE);
            }
        });
    }

    /** Hears the merged stream. */
    private static final class Contacts extends EventSinkStub {

        private final Set<Integer> open = new HashSet<>();
        private long contacts;

        @Override
        public void contact(int object, int type, int extent) {
            contacts++;
            open.add(object);
        }

        @Override
        public void snapshotEnd(int object) {
            open.remove(object);
        }
    }
}
