package org.shadowheap.analysis;

import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.StoreObserver;

/** The mirror that ships. */
final class ShadowMirror {

    private ShadowMirror() {}

    @SuppressWarnings("DoNotCallSuggester")
    static Mirror create(HeapConfiguration configuration, StoreObserver stores, CollectionObserver collections) {
        throw new UnsupportedOperationException("the shadow heap is not merged yet");
    }
}
