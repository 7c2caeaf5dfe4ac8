package org.shadowheap.targets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent that comes before ours, and starts threads that wait until the program runs, and one that stores meanwhile. */
public final class EarlyThreads {

    static final int COUNT = 3;

    private static volatile boolean go;

    /** Nobody else's. */
    private @Nullable EarlyThreads link;

    private static final List<Thread> THREADS = new ArrayList<>();

    private EarlyThreads() {}

    public static void premain(String arguments) {
        for (int i = 0; i < COUNT; i++) {
            Thread thread = new Thread(EarlyThreads::run, "early-" + i);
            thread.start();
            THREADS.add(thread);
        }
        Thread busy = new Thread(EarlyThreads::store, "early-busy");
        busy.setDaemon(true);
        busy.start();
    }

    /** Without a pause: while our agent starts, whatever it does at that moment. Once per frame, since a frame stays as it was. */
    private static void store() {
        EarlyThreads own = new EarlyThreads();
        while (!go) {
            own.stir();
        }
    }

    private void stir() {
        link = link == null ? this : null;
    }

    private static void run() {
        while (!go) {
            rest();
        }
        Marks.work((marks, value) -> marks.early = value);
    }

    /** Stores nothing: a frame that is there when our agent starts stays as it was, and so unseen, until it returns. */
    private static void rest() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException nobody) {
            throw new IllegalStateException(nobody);
        }
    }

    /** Lets them work; returns when they have ended. How many there were. */
    static int work() throws InterruptedException {
        go = true;
        for (Thread thread : THREADS) {
            thread.join();
        }
        return THREADS.size();
    }
}
