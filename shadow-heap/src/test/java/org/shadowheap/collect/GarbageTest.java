package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.shadowheap.heap.ShadowHeap;

/** Of production: checks make garbage. */
@Tag("unchecked")
class GarbageTest {

    private static final int EVENTS = 400_000;

    @Test
    void applyingEventsMakesNoGarbage() {
        int[] stores = {0};
        try (ShadowHeap heap = CollectedHeap.open(
                ScriptedMutator.configuration(2), (site, type, young, listed) -> stores[0]++, result -> {})) {
            ScriptedMutator.defineTypes(heap);
            int id = feed(heap, 1);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            id = feed(heap, id);
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            // About 50 collections, each with its result and a few visitors.
            assertTrue(bytes < EVENTS / 2, "bytes=" + bytes + " events=" + EVENTS);
            assertTrue(stores[0] > EVENTS / 2 && id > EVENTS / 2);
        }
    }

    /** Met, born, deferred, stored, listed as roots: every event that a heap takes. */
    private static int feed(ShadowHeap heap, int firstId) {
        int id = firstId;
        for (int events = 0; events < EVENTS; events += 4) {
            if (events % 4000 == 0) {
                heap.contact(id, ScriptedMutator.NODE, 0);
                heap.snapshotSlot(id, ScriptedMutator.LEFT, 0);
                heap.snapshotEnd(id++);
                heap.rootsRequested();
                heap.roots(1);
                heap.round();
            }
            heap.birth(id, ScriptedMutator.NODE, 0);
            heap.root(1, id);
            heap.fieldStore(id, ScriptedMutator.LEFT, id, 1);
            heap.fieldStore(id, ScriptedMutator.RIGHT, id + 1, 1);
            heap.birth(++id, ScriptedMutator.NODE, 0);
            id++;
        }
        return id;
    }
}
