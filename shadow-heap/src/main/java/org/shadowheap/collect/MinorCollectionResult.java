package org.shadowheap.collect;

/**
 * What one minor collection did. Stores are those since the collection before.
 *
 * @param clockBytes bytes born before it
 * @param stores reference stores, array copies by element
 * @param oldToYoung of these, stores of a young value into an old object
 * @param dirtyPages pages on the dirty-page list
 * @param dirtyObjects objects whose dirty bit was set
 * @param pagesVisited old pages that were looked at
 * @param slotsScanned slots of dirty objects that were read
 * @param oldToYoungEdges slots of dirty objects that held a young object
 * @param survivedBytes bytes of nursery and ageing objects that survived
 * @param promotedBytes of these, bytes moved to the old space
 * @param nanos time it took; the only figure that differs from run to run
 */
public record MinorCollectionResult(
        long clockBytes,
        long stores,
        long oldToYoung,
        long dirtyPages,
        long dirtyObjects,
        long pagesVisited,
        long slotsScanned,
        long oldToYoungEdges,
        long survivedBytes,
        long promotedBytes,
        long nanos) {}
