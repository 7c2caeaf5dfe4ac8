package org.shadowheap.drain;

import java.util.ArrayList;
import java.util.List;
import org.shadowheap.barrier.CallerWalk;
import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.SiteTable;
import org.shadowheap.barrier.WriteBarrier;

/**
 * Programs whose callers are sampled; who calls is what they say themselves. One of four stores of the site is by the caller
 * {@link #SELDOM}, always in the same order.
 */
final class SampledStores extends EventSinkStub {

    private static final int OFTEN = 1;
    private static final int SELDOM = 2;

    /** A site of a library, one of the application, in turn with it, and what they store to. */
    private static final int LIBRARY = 3;

    private static final int APPLICATION = 4;
    private static final int LENGTH = 64;
    private static final int TURN = 4;

    private static final ThreadLocal<Integer> CALLER = ThreadLocal.withInitial(() -> 0);

    private final long[] sampled = new long[3];
    private long stores;
    private long strange;

    private SampledStores() {}

    @Override
    public void calledFrom(int site, int caller, int standsFor) {
        if (site == LIBRARY) {
            sampled[caller] += standsFor;
        } else {
            strange++;
        }
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        stores += site == LIBRARY ? 1 : 0;
    }

    private static SampledStores begin(CallerWalk walk) {
        BarrierInProcess.begin(Object.class, Object[].class);
        SiteTable.ensure(APPLICATION + 1);
        SiteTable.setOfLibrary(LIBRARY, 1, true);
        Recording.sampleCallers(walk);
        return new SampledStores();
    }

    /**
     * One thread. Returns stores of the site, how many of them samples stand for, how many of these are the seldom caller's, and
     * samples of other sites.
     */
    static long[] oneThread(long stores) throws InterruptedException {
        SampledStores program = begin(CALLER::get);
        LiveMerge.whileRunning(List.of(new Thread(() -> store(stores))), program);
        return program.figures();
    }

    /** As {@link #oneThread}, by threads that store less often than a chunk has room for. */
    static long[] shortThreads(long stores) throws InterruptedException {
        SampledStores program = begin(CALLER::get);
        int each = 64;
        for (long left = stores; left > 0; left -= 100L * each) {
            List<Thread> workers = new ArrayList<>();
            for (int t = 0; t < 100; t++) {
                workers.add(new Thread(() -> store(each)));
            }
            LiveMerge.whileRunning(workers, program);
            LiveMerge.recycle(program);
        }
        return program.figures();
    }

    /** As {@link #oneThread}, where each walk fails. */
    static long[] failingWalks(long stores) throws InterruptedException {
        long[] walks = new long[1];
        SampledStores program = begin(() -> {
            walks[0]++;
            throw new IllegalStateException("a walk that fails");
        });
        LiveMerge.whileRunning(List.of(new Thread(() -> store(stores))), program);
        return new long[] {
            program.stores, program.sampled[0] + program.sampled[OFTEN] + program.sampled[SELDOM], walks[0]
        };
    }

    private long[] figures() {
        return new long[] {stores, sampled[0] + sampled[OFTEN] + sampled[SELDOM], sampled[SELDOM], strange + sampled[0]
        };
    }

    private static void store(long stores) {
        Object[] array = new Object[LENGTH];
        WriteBarrier.arrayBirth(array);
        Object value = new Object();
        WriteBarrier.birth(value);
        for (long i = 0; i < stores; i++) {
            int place = (int) (i % LENGTH);
            array[place] = value;
            if (i % TURN == 0) {
                CALLER.set(SELDOM);
            } else if (i % TURN == 1) {
                CALLER.set(OFTEN);
            }
            WriteBarrier.arrayStore(array, place, value, LIBRARY);
            array[place] = null;
            WriteBarrier.arrayStore(array, place, null, APPLICATION);
        }
    }
}
