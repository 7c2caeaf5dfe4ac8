package org.shadowheap.heap;

/** Runs a minor collection; called between rounds, on the thread that ends them. */
@FunctionalInterface
public interface Collector {

    /** Evacuates what is alive and then calls {@link Evacuation#finish()}. */
    void collect(Evacuation evacuation);

    /** The heap is closed, and what the collector holds of it or for it must go. */
    default void close() {
        // Most hold nothing between collections.
    }
}
