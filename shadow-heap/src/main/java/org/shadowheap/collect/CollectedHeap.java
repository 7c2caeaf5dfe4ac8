package org.shadowheap.collect;

import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.heap.StoreObserver;

/** Puts a heap and its collector together. */
public final class CollectedHeap {

    private CollectedHeap() {}

    /**
     * Opens a heap, ready to be fed with events; whoever opens it closes it. Observers are called on the thread that feeds
     * it.
     *
     * @throws OutOfMemoryError if the operating system refuses the address range of {@code boundBytes}
     */
    public static ShadowHeap open(
            HeapConfiguration configuration, StoreObserver storeObserver, CollectionObserver collectionObserver) {
        return new ShadowHeap(configuration, storeObserver, new MinorCollection(collectionObserver));
    }
}
