package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shadowheap.barrier.WriteBarrier;

/**
 * The order of the merged stream is, per object, the order of happens-before; and where a program races, the last record
 * is what memory holds.
 */
class MergeOrderTest {

    private static final int THREADS = 3;

    /** One for all tests: it remembers how far each log was read. */
    private static final Merge MERGE = new Merge(new RootRequests(() -> 0, 1 << 20));

    private static final Definitions DEFINITIONS = new Definitions();

    @BeforeAll
    static void begin() {
        BarrierInProcess.begin(Object.class, Object[].class);
    }

    /** Drains while the workers run, and until nothing is left after they ended. */
    private static void drainWhile(List<Thread> workers, EventSinkStub sink) throws InterruptedException {
        workers.forEach(Thread::start);
        while (workers.stream().anyMatch(Thread::isAlive)) {
            MERGE.run(sink, DEFINITIONS);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        MERGE.run(sink, DEFINITIONS);
    }

    @Test
    void writesThatALockOrdersAreMergedInThatOrder() throws InterruptedException {
        int arrays = 300;
        int writesToEach = 6_000;
        Object[][] shared = new Object[arrays][];
        int[] next = new int[arrays];
        Object[] locks = new Object[arrays];
        Arrays.setAll(locks, i -> new Object());
        Object value = new Object();
        CyclicBarrier made = new CyclicBarrier(THREADS);
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int self = t;
            workers.add(new Thread(() -> {
                for (int i = self; i < arrays; i += THREADS) {
                    shared[i] = new Object[writesToEach];
                    WriteBarrier.arrayBirth(shared[i]);
                }
                await(made);
                SplittableRandom random = new SplittableRandom(self);
                for (int left = arrays * writesToEach / THREADS; left > 0; left--) {
                    boolean foreign = random.nextInt(10) < 3;
                    int i = foreign ? random.nextInt(arrays) : random.nextInt(arrays / THREADS) * THREADS + self;
                    synchronized (locks[i]) {
                        int place = next[i];
                        if (place < writesToEach) {
                            next[i] = place + 1;
                            shared[i][place] = value;
                            WriteBarrier.arrayStore(shared[i], place, value, 1);
                        }
                    }
                }
            }));
        }
        Map<Integer, Integer> merged = new HashMap<>();
        long[] outOfOrder = new long[1];
        long[] stores = new long[1];
        drainWhile(workers, new EventSinkStub() {
            @Override
            public void arrayStore(int array, int index, int value, int site) {
                stores[0]++;
                int expected = merged.merge(array, 1, Integer::sum) - 1;
                if (index != expected) {
                    outOfOrder[0]++;
                }
            }
        });
        assertEquals(Arrays.stream(next).sum(), stores[0], "stores merged");
        assertTrue(stores[0] > 1_000_000, "stores=" + stores[0]);
        assertEquals(0, outOfOrder[0], "stores out of order");
    }

    @Test
    void racingStoresEndWithWhatMemoryHolds() throws InterruptedException {
        int slots = 40_000;
        int racers = 2;
        Object[] race = new Object[slots];
        WriteBarrier.arrayBirth(race);
        Object[] values = new Object[racers];
        Arrays.setAll(values, i -> new Object());
        for (Object value : values) {
            WriteBarrier.birth(value);
        }
        AtomicInteger arrived = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < racers; t++) {
            Object mine = values[t];
            workers.add(new Thread(() -> {
                for (int slot = 0; slot < slots; slot++) {
                    arrived.incrementAndGet();
                    while (arrived.get() < (slot + 1) * racers) {
                        Thread.onSpinWait();
                    }
                    race[slot] = mine;
                    WriteBarrier.arrayStore(race, slot, mine, 2);
                }
            }));
        }
        List<Integer> births = new ArrayList<>();
        Map<Integer, Integer> last = new HashMap<>();
        drainWhile(workers, new EventSinkStub() {
            @Override
            public void birth(int object, int type, int extent) {
                births.add(object);
            }

            @Override
            public void arrayStore(int array, int index, int value, int site) {
                if (site == 2) {
                    last.put(index, value);
                }
            }
        });
        List<Integer> ids = births.subList(births.size() - racers, births.size());
        int wrong = 0;
        for (int slot = 0; slot < slots; slot++) {
            if (!ids.get(Arrays.asList(values).indexOf(race[slot])).equals(last.get(slot))) {
                wrong++;
            }
        }
        assertEquals(0, wrong, "slots whose last record is not what memory holds");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
