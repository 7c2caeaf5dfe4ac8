package org.shadowheap.heap;

/** Runs a minor collection; called between rounds, on the thread that ends them. */
@FunctionalInterface
public interface Collector {

    /** Evacuates what is alive and then calls {@link Evacuation#finish()}. */
    void collect(Evacuation evacuation);

    /**
     * Checks the heap after a collection, if {@link HeapConfiguration#isVerified}.
     *
     * @throws IllegalStateException naming what breaks an invariant
     */
    default void verify(ShadowHeap heap) {
        // Nothing is known of invariants here.
    }

    /** The heap is closed, and what the collector holds of it or for it must go. */
    default void close() {
        // Most hold nothing between collections.
    }
}
