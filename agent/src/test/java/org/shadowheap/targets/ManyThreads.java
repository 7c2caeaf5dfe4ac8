package org.shadowheap.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Lesson: threads come and go, more than there would be room for if each kept its log. */
public final class ManyThreads {

    private static final int THREADS = 2_000;
    private static final int AT_ONCE = 40;

    private ManyThreads() {}

    public static void main(String[] args) throws InterruptedException {
        ConcurrentLinkedQueue<int[]> results = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < THREADS; i += AT_ONCE) {
            List<Thread> threads = new ArrayList<>();
            for (int t = i; t < i + AT_ONCE; t++) {
                int number = t;
                Thread thread = new Thread(() -> results.add(work(number)));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        long sum = 0;
        for (int[] result : results) {
            sum += result[0];
        }
        System.out.println("results=" + results.size() + " sum=" + sum);
    }

    private static int[] work(int number) {
        List<Object> made = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            made.add(new Object[] {made, number});
        }
        return new int[] {number + made.size()};
    }
}
