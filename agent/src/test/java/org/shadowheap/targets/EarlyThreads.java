package org.shadowheap.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An agent that comes before ours, and starts threads that wait until the program runs. */
public final class EarlyThreads {

    static final int COUNT = 3;

    private static final CountDownLatch GO = new CountDownLatch(1);
    private static final List<Thread> THREADS = new ArrayList<>();

    private EarlyThreads() {}

    public static void premain(String arguments) {
        for (int i = 0; i < COUNT; i++) {
            Thread thread = new Thread(EarlyThreads::run, "early-" + i);
            thread.start();
            THREADS.add(thread);
        }
    }

    private static void run() {
        try {
            GO.await();
        } catch (InterruptedException nobody) {
            throw new IllegalStateException(nobody);
        }
        Marks.work((marks, value) -> marks.early = value);
    }

    /** Lets them work; returns when they have ended. How many there were. */
    static int work() throws InterruptedException {
        GO.countDown();
        for (Thread thread : THREADS) {
            thread.join();
        }
        return THREADS.size();
    }
}
