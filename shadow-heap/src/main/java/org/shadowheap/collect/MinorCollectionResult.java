package org.shadowheap.collect;

import org.jspecify.annotations.Nullable;

/**
 * What one minor collection did. Stores are those since the collection before.
 *
 * @param clockBytes bytes born before it
 * @param stores reference stores, array copies by element
 * @param oldToYoung of these, stores of a young value into an old object
 * @param entries what the remembered set held: dirty pages, dirty cards or logged objects
 * @param dirtyPages old pages with such an entry
 * @param dirtyObjects old objects that were visited for it, once for each part
 * @param pagesVisited old pages that were looked at
 * @param slotsScanned slots of dirty objects that were read
 * @param oldToYoungEdges slots of dirty objects that held a young object
 * @param survivedBytes bytes of nursery and ageing objects that survived
 * @param promotedBytes of these, bytes moved to the old space
 * @param nepotism of these, what only dead old objects kept; null if no major collection followed that could tell
 * @param nanos time it took; the only figure that differs from run to run
 */
public record MinorCollectionResult(
        long clockBytes,
        long stores,
        long oldToYoung,
        long entries,
        long dirtyPages,
        long dirtyObjects,
        long pagesVisited,
        long slotsScanned,
        long oldToYoungEdges,
        long survivedBytes,
        long promotedBytes,
        @Nullable Nepotism nepotism,
        long nanos) {}
