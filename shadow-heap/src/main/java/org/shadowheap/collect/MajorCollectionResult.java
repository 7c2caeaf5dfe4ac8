package org.shadowheap.collect;

/**
 * What one major collection did.
 *
 * @param clockBytes bytes born before it
 * @param markedObjects objects alive, ageing ones included
 * @param markedBytes their bytes
 * @param freedBytes bytes of old objects found dead
 * @param freedPages old pages that hold nothing any more
 * @param nanos time it took; the only figure that differs from run to run
 */
public record MajorCollectionResult(
        long clockBytes, long markedObjects, long markedBytes, long freedBytes, long freedPages, long nanos) {}
