package org.shadowheap.collect;

import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.heap.StoreObserver;

/** Puts a heap and its collector together. */
public final class CollectedHeap {

    private CollectedHeap() {}

    /**
     * Opens a heap for one mutator, ready to be fed with events; whoever opens it closes it. Observers are called on the
     * thread that feeds it.
     *
     * @throws OutOfMemoryError if the operating system refuses the address range of {@code boundBytes}
     */
    public static ShadowHeap open(
            HeapConfiguration configuration, StoreObserver storeObserver, CollectionObserver collectionObserver) {
        return open(configuration, mutator -> storeObserver, collectionObserver);
    }

    /**
     * Opens a heap for several mutators.
     *
     * @param storeObservers gives each mutator, by number, who is told of its stores, on its thread
     * @param collectionObserver is called on the thread that ends the round
     */
    public static ShadowHeap open(
            HeapConfiguration configuration,
            IntFunction<StoreObserver> storeObservers,
            CollectionObserver collectionObserver) {
        return open(configuration, storeObservers, collectionObserver, Thread::new);
    }

    /**
     * Opens a heap for several mutators, and says where the threads come from that help the one that ends the round to
     * collect: one less than {@link HeapConfiguration#collectors}, made at the first collection, ended when the heap is
     * closed.
     *
     * @param threads makes them; they become daemons named {@code shadowheap-collector-1} and so on
     */
    public static ShadowHeap open(
            HeapConfiguration configuration,
            IntFunction<StoreObserver> storeObservers,
            CollectionObserver collectionObserver,
            ThreadFactory threads) {
        return new ShadowHeap(
                configuration,
                storeObservers,
                new MinorCollection(collectionObserver, configuration.collectors(), threads));
    }
}
