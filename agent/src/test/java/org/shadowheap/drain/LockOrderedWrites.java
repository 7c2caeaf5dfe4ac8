package org.shadowheap.drain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
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

    private long stores;
    private long outOfOrder;

    private LockOrderedWrites() {
        Arrays.setAll(locks, i -> new Object());
    }

    /** Stores so often in all, merged live. Returns how many stores were merged, and how many of these out of order. */
    static long[] run(long events) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        LockOrderedWrites program = new LockOrderedWrites();
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int self = t;
            workers.add(new Thread(() -> program.work(self, events / THREADS)));
        }
        LiveMerge.whileRunning(workers, program.new Order());
        return new long[] {program.stores, program.outOfOrder};
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
        public void arrayStore(int array, int index, int id, int site) {
            stores++;
            if (index != merged[site - 1]++ % LENGTH || id != System.identityHashCode(value)) {
                outOfOrder++;
            }
        }
    }
}
