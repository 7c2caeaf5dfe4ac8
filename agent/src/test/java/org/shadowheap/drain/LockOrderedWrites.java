package org.shadowheap.drain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.SiteTable;
import org.shadowheap.barrier.WriteBarrier;

/**
 * Three threads store to each other's arrays, three stores of ten to an array of another thread, each array under a lock of
 * its own. So the stores to an array have one order, which the program knows: the n-th goes to element n.
 */
final class LockOrderedWrites {

    private static final int THREADS = 3;
    private static final int ARRAYS = 300;
    private static final int LENGTH = 1 << 10;

    private final Object[][] shared = new Object[ARRAYS][];
    private final Object[] locks = new Object[ARRAYS];
    private final int[] next = new int[ARRAYS];
    private final int[] merged = new int[ARRAYS];
    private final CyclicBarrier made = new CyclicBarrier(THREADS);
    private final Object value = new Object();

    private long samples;
    private long stores;
    private long outOfOrder;

    private LockOrderedWrites() {
        Arrays.setAll(locks, i -> new Object());
    }

    /** Stores so often in all, merged live. Returns how many stores were merged, how many of these out of order, and samples. */
    static long[] run(long events) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        return new LockOrderedWrites().merge(events);
    }

    /** As {@link #run}, while it is sampled who calls. */
    static long[] sampled(long events) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        SiteTable.ensure(ARRAYS + 1);
        for (int site = 1; site <= ARRAYS; site++) {
            SiteTable.setOfLibrary(site, 1, true);
        }
        Recording.sampleCallers(() -> 1);
        return new LockOrderedWrites().merge(events);
    }

    private long[] merge(long events) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int self = t;
            workers.add(new Thread(() -> work(self, events / THREADS)));
        }
        LiveMerge.whileRunning(workers, new Order());
        return new long[] {stores, outOfOrder, samples};
    }

    private void work(int self, long events) {
        for (int i = self; i < ARRAYS; i += THREADS) {
            shared[i] = new Object[LENGTH];
            WriteBarrier.arrayBirth(shared[i]);
        }
        LiveMerge.await(made);
        SplittableRandom random = new SplittableRandom(self);
        for (long left = events; left > 0; left--) {
            boolean foreign = random.nextInt(10) < 3;
            int owner = foreign ? (self + 1 + random.nextInt(THREADS - 1)) % THREADS : self;
            int i = random.nextInt(ARRAYS / THREADS) * THREADS + owner;
            synchronized (locks[i]) {
                int place = next[i]++ % LENGTH;
                shared[i][place] = value;
                WriteBarrier.arrayStore(shared[i], place, value, i + 1);
            }
        }
    }

    /** Hears the merged stream; the site is the array's number plus one. */
    private final class Order extends EventSinkStub {

        @Override
        public void calledFrom(int site, int caller, int standsFor) {
            samples++;
        }

        @Override
        public void arrayStore(int array, int index, int id, int site) {
            stores++;
            if (index != merged[site - 1]++ % LENGTH || id != System.identityHashCode(value)) {
                outOfOrder++;
            }
        }
    }
}
