package org.shadowheap.targets;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Lesson: virtual threads move between carriers in the midst of their work. Needs 21; compiled for 17, so reflectively. */
public final class VirtualThreads {

    private static final int THREADS = 3_000;

    private VirtualThreads() {}

    public static void main(String[] args) throws Exception {
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        ConcurrentHashMap<Integer, Object[]> shared = new ConcurrentHashMap<>();
        Semaphore few = new Semaphore(100);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            Runnable work = () -> work(number, shared, few);
            threads.add((Thread) start.invoke(null, work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long sum = shared.values().stream()
                .mapToLong(made -> made.length + ((int[]) made[0])[0])
                .sum();
        System.out.println("results=" + shared.size() + " sum=" + sum);
    }

    private static void work(int number, ConcurrentHashMap<Integer, Object[]> shared, Semaphore few) {
        Object[] made = new Object[10];
        try {
            few.acquire();
            for (int i = 0; i < made.length; i++) {
                made[i] = new int[] {number};
                if (i % 2 == 0) {
                    Thread.sleep(1);
                }
            }
            few.release();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        shared.put(number, made);
    }
}
