package org.shadowheap.analysis;

import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.heap.StoreObserver;

/** The mirror that ships: the off-heap shadow heap with its collector. */
final class ShadowMirror {

    private ShadowMirror() {}

    static Mirror create(HeapConfiguration configuration, StoreObserver stores, CollectionObserver collections) {
        ShadowHeap heap = CollectedHeap.open(configuration, stores, collections);
        return new Mirror(
                heap,
                heap::figures,
                () -> heap.rememberedSet().statistics(),
                heap::bornSinceCollectionBytes,
                () -> heap,
                heap::close);
    }
}
