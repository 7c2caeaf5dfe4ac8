package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.heap.Collector;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.memory.OffHeap;

/** A collection that cannot go on, here because it meets an object whose header was destroyed. */
@Timeout(60)
class FailingCollectionTest {

    private static final int FIRST = 1 << 20;
    private static final int VICTIM = FIRST + 500;
    private static final int COUNT = 1000;
    private static final long LAYOUT_OFFSET = 4;
    private static final int NO_LAYOUT = (1 << 20) - 1;

    private final List<Thread> threads = new ArrayList<>();

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    }

    /** Lets everything age once, and then destroys one object and collects in earnest. */
    private final class Destroying implements Collector {
        private final Collector real;
        private long victim;

        Destroying(int workers) {
            real = new MinorCollection(result -> {}, workers, FailingCollectionTest.this::thread);
        }

        @Override
        public void collect(Evacuation evacuation) {
            if (victim == 0) {
                for (int id = FIRST; id < FIRST + COUNT; id++) {
                    long moved = evacuation.worker(0).evacuate(id);
                    victim = id == VICTIM ? moved : victim;
                }
                evacuation.finish();
            } else {
                OffHeap.putIntPlain(victim + LAYOUT_OFFSET, NO_LAYOUT);
                real.collect(evacuation);
            }
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @ParameterizedTest(name = "collectors={0}")
    @ValueSource(ints = {1, 2, 4})
    void failureOfOneWorkerReachesTheCallerAndLeavesNobodyWaiting(int collectors) {
        ShadowHeap heap = new ShadowHeap(
                ScriptedMutator.configuration(3).withLiveness(Liveness.ROOTS).withThreads(1, collectors),
                mutator -> (site, type, young, listed) -> {},
                new Destroying(collectors));
        ScriptedMutator.defineTypes(heap);
        heap.roots(1);
        for (int id = FIRST; id < FIRST + COUNT; id++) {
            heap.birth(id, ScriptedMutator.NODE, 0);
            heap.root(1, id);
        }
        heap.collectNow();
        assertThrows(ArrayIndexOutOfBoundsException.class, heap::collectNow);
        assertEquals(Generation.AGEING, heap.generationOf(VICTIM), "its entry leads to where it was");
        heap.close();
        assertEquals(0, heap.nativeBytes());
        assertEquals(collectors - 1, threads.size());
        for (Thread each : threads) {
            assertFalse(each.isAlive(), each.getName());
        }
    }

    /** What an observer throws comes when the collection is done: nothing is told twice. */
    @Test
    void storesAreToldOnceThoughAnObserverFailed() {
        List<Long> stores = new ArrayList<>();
        HeapConfiguration shape = ScriptedMutator.configuration(1);
        ShadowHeap heap = CollectedHeap.open(shape, (site, type, young, listed) -> {}, result -> {
            stores.add(result.stores());
            if (stores.size() == 1) {
                throw new IllegalStateException("observer");
            }
        });
        try (heap) {
            ScriptedMutator.defineTypes(heap);
            heap.contact(10, ScriptedMutator.NODE, 0);
            heap.fieldStore(10, ScriptedMutator.LEFT, 0, 0);
            assertThrows(IllegalStateException.class, heap::collectNow);
            heap.collectNow();
            assertEquals(List.of(1L, 0L), stores);
        }
    }
}
