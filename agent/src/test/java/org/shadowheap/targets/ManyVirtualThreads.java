package org.shadowheap.targets;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A hundred thousand virtual threads, each with an object of its own to which it stores on one carrier and then, having
 * blocked, on another; some of them block where they cannot leave their carrier. Needs 21; compiled for 17.
 */
public final class ManyVirtualThreads {

    private static final int THREADS = 100_000;
    private static final int AT_ONCE = 2_000;
    private static final int SHARED = 64;
    private static final int STORES = 4;

    /** A thread's own. */
    static final class Own {
        Object first;
        Object blocked;
        Object pinned;
    }

    static final Own[] OWN = new Own[THREADS];
    static final AtomicReferenceArray<Object> LAST = new AtomicReferenceArray<>(SHARED);
    private static final Semaphore TURNS = new Semaphore(8);

    private ManyVirtualThreads() {}

    public static void main(String[] arguments) throws Exception {
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        Deque<Thread> running = new ArrayDeque<>();
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            if (running.size() == AT_ONCE) {
                running.poll().join();
            }
            Runnable work = () -> work(number);
            running.add((Thread) start.invoke(null, work));
        }
        for (Thread thread : running) {
            thread.join();
        }
        WriteCounts counts = new WriteCounts(ManyVirtualThreads.class);
        counts.expectOwn("OWN[]", THREADS);
        counts.expect("Own.first", THREADS * STORES);
        counts.expect("Own.blocked", THREADS * STORES);
        counts.expect("Own.pinned", THREADS / 200 * STORES);
        counts.print();
    }

    private static void work(int number) {
        Own own = new Own();
        OWN[number] = own;
        for (int i = 0; i < STORES; i++) {
            own.first = new int[] {i};
        }
        LAST.set(number % SHARED, own);
        try {
            block(number);
            for (int i = 0; i < STORES; i++) {
                own.blocked = i % 2 == 0 ? own.first : new Object[] {own};
            }
            if (number % 200 == 0) {
                pin(own);
            }
        } catch (InterruptedException nobody) {
            throw new IllegalStateException(nobody);
        }
        LAST.getAndSet((number + 1) % SHARED, own);
    }

    private static void block(int number) throws InterruptedException {
        if (number % 50 == 0) {
            Thread.sleep(1);
        } else if (number % 3 == 0) {
            TURNS.acquire();
            TURNS.release();
        } else if (number % 3 == 1) {
            Thread.onSpinWait();
        } else {
            Thread.sleep(0, 1);
        }
    }

    private static void pin(Own own) throws InterruptedException {
        synchronized (own) {
            for (int i = 0; i < STORES; i++) {
                own.pinned = new int[] {i};
                if (i == STORES / 2) {
                    Thread.sleep(1);
                }
            }
        }
    }
}
