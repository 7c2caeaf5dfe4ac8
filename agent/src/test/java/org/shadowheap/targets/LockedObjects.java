package org.shadowheap.targets;

import java.util.concurrent.atomic.AtomicInteger;

/** Lesson: objects that are locked, waited on or hashed when the barrier meets them stay locked and keep their hash. */
public final class LockedObjects {

    private static final int ROUNDS = 20_000;

    private static final class Cell {
        Object value;
    }

    /** Locked while it is constructed, before anything is stored to it. */
    private static final class LockedEarly {
        Object value;

        @SuppressWarnings("this-escape")
        LockedEarly(int i) {
            synchronized (this) {
                value = "early " + i;
            }
        }
    }

    private LockedObjects() {}

    public static void main(String[] args) throws InterruptedException {
        int kept = 0;
        long sum = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Cell cell = new Cell();
            int before = i % 2 == 0 ? System.identityHashCode(cell) : 0;
            synchronized (cell) {
                cell.value = new Cell();
                lockAndStore((Cell) cell.value, cell);
                int inside = System.identityHashCode(cell);
                kept += before == 0 || before == inside ? 1 : 0;
                before = inside;
            }
            kept += before == System.identityHashCode(cell) ? 1 : 0;
            sum += ((String) new LockedEarly(i).value).length();
        }
        System.out.println("kept=" + kept + " sum=" + sum);
        waitForEachOther();
    }

    private static void lockAndStore(Cell cell, Object value) {
        synchronized (cell) {
            cell.value = value;
        }
    }

    /** Waiting inflates a monitor: the header then points to it. */
    private static void waitForEachOther() throws InterruptedException {
        Cell shared = new Cell();
        AtomicInteger turns = new AtomicInteger();
        Thread[] threads = new Thread[2];
        for (int t = 0; t < threads.length; t++) {
            String other = "t" + (1 - t);
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 1000; i++) {
                    takeTurn(shared, other);
                    turns.incrementAndGet();
                }
            });
            threads[t].start();
        }
        int hash = System.identityHashCode(shared);
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("turns=" + turns + " hash kept=" + (hash == System.identityHashCode(shared)));
    }

    /** Both wait while it is the other one's turn. */
    private static void takeTurn(Cell shared, String other) {
        synchronized (shared) {
            try {
                while (other.equals(shared.value)) {
                    shared.wait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            shared.value = other;
            shared.notifyAll();
        }
    }
}
