package org.shadowheap.collect;

/** Is told of every collection, after it, on the thread that ran it. */
@FunctionalInterface
public interface CollectionObserver {

    void collected(MinorCollectionResult result);

    /** A major collection followed the minor one. */
    default void collectedMajor(MajorCollectionResult result) {
        // Most users ask for minor ones only.
    }
}
