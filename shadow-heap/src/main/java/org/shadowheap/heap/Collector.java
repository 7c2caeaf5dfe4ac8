package org.shadowheap.heap;

/** Runs a minor collection; called between rounds, on the thread that applies events. */
@FunctionalInterface
public interface Collector {

    /** Evacuates what is alive and then calls {@link Evacuation#finish()}. */
    void collect(Evacuation evacuation);
}
