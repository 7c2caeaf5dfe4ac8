package org.shadowheap.targets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lesson: threads that store to the same slots at the same time, without a lock: who wins nobody knows, but how many stores it were. */
public final class RacingStores {

    private static final int THREADS = 4;
    private static final int STEPS = 50_000;
    private static final int COPIED_ELEMENTS = 3;

    static final class Slots {
        Object plain;
        volatile Object shared;
        static Object ofClass;
    }

    static final Slots SLOTS = new Slots();
    static final Object[] ARRAY = new Object[2];
    static final Object[] COPIED = new Object[COPIED_ELEMENTS];

    private RacingStores() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(RacingStores::race));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        WriteCounts counts = new WriteCounts(RacingStores.class);
        counts.expect("Slots.plain", THREADS * STEPS);
        counts.expect("Slots.shared", THREADS * STEPS);
        counts.expect("Slots.ofClass", THREADS * STEPS);
        counts.expectOwn("ARRAY[]", THREADS * STEPS);
        counts.expectOwn("COPIED[]", THREADS * STEPS * COPIED_ELEMENTS);
        counts.print();
    }

    private static void race() {
        Object[] own = new Object[COPIED_ELEMENTS];
        Arrays.setAll(own, i -> new Object());
        for (int i = 0; i < STEPS; i++) {
            SLOTS.plain = own[0];
            SLOTS.shared = own[1];
            Slots.ofClass = own[2];
            ARRAY[i % 2] = own[i % COPIED_ELEMENTS];
            System.arraycopy(own, 0, COPIED, 0, COPIED_ELEMENTS);
        }
    }
}
