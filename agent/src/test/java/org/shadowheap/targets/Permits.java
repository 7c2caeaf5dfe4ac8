package org.shadowheap.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Interrupts and permits to go on, while so much is stored that the barrier has to wait in between. */
public final class Permits {

    private static final int STORES = 400_000;
    private static final int TIMES = 2;

    static final Object[][] LAST = new Object[3][];
    private static final ConcurrentLinkedQueue<String> BROKEN = new ConcurrentLinkedQueue<>();

    private Permits() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<Thread> threads =
                List.of(new Thread(Permits::interrupted), new Thread(Permits::left), new Thread(Permits::permitted));
        threads.forEach(Thread::start);
        for (Thread thread : new ArrayList<>(threads)) {
            thread.join();
        }
        if (!BROKEN.isEmpty()) {
            throw new IllegalStateException(BROKEN.toString());
        }
        System.out.println("stored=" + 3 * TIMES * STORES);
    }

    private static void store(int place) {
        Object[] last = new Object[4];
        for (int i = 0; i < STORES; i++) {
            last = new Object[] {i % 64 == 0 ? null : last, null};
        }
        LAST[place] = last;
    }

    private static void interrupted() {
        for (int i = 0; i < TIMES; i++) {
            Thread.currentThread().interrupt();
            store(0);
            check(Thread.interrupted(), "an interrupt is lost");
        }
    }

    private static void left() {
        for (int i = 0; i < TIMES; i++) {
            store(1);
            check(!Thread.interrupted(), "an interrupt comes from nowhere");
        }
    }

    private static void permitted() {
        for (int i = 0; i < TIMES; i++) {
            LockSupport.unpark(Thread.currentThread());
            store(2);
            long start = System.nanoTime();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(20));
            check(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10), "a permit is lost");
        }
    }

    private static void check(boolean holds, String broken) {
        if (!holds) {
            BROKEN.add(broken);
        }
    }
}
