package org.shadowheap.collect;

/** Is told of every collection, after it, on the thread that ran it. */
@FunctionalInterface
public interface CollectionObserver {

    void collected(MinorCollectionResult result);
}
