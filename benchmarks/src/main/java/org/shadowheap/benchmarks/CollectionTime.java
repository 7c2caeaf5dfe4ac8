package org.shadowheap.benchmarks;

import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.collect.MajorCollectionResult;
import org.shadowheap.collect.MinorCollectionResult;

/** Adds up how long collections took, by the clock. */
final class CollectionTime implements CollectionObserver {

    private long nanos;

    @Override
    public void collected(MinorCollectionResult result) {
        nanos += result.nanos();
    }

    @Override
    public void collectedMajor(MajorCollectionResult result) {
        nanos += result.nanos();
    }

    long nanos() {
        return nanos;
    }
}
