package org.shadowheap.heap;

import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.shadowheap.remset.RememberedSet;

/** Opens heaps with a part that does not do its work, for tests that must notice. */
public final class SabotagedHeaps {

    private SabotagedHeaps() {}

    /**
     * Opens a heap.
     *
     * @param sabotage what to put in front of the remembered set
     */
    public static ShadowHeap open(
            HeapConfiguration configuration,
            IntFunction<StoreObserver> observers,
            Collector collector,
            UnaryOperator<RememberedSet> sabotage) {
        return new ShadowHeap(configuration, observers, collector, sabotage);
    }
}
