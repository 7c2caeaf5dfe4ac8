package org.shadowheap.heap;

/** Runs a minor collection; called between rounds, on the thread that applies events. */
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
}
