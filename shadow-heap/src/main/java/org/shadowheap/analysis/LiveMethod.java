package org.shadowheap.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What a heap said that knew only what had happened so far, beside one that knows the whole trace and is the same otherwise: the
 * error of the method by which a live session finds what is alive.
 *
 * <p>Errors are relative to what is true by the whole trace: 0.5 is half as much again. 0 if both are 0, null if only that is.
 *
 * @param survivedBytes bytes that survived minor collections
 * @param oldToYoung stores that were old-to-young
 * @param dirtyPages dirty pages that minor collections found
 * @param resurrected objects that were judged dead and mentioned again
 */
public record LiveMethod(
        long survivedBytes,
        @Nullable Double survivedBytesError,
        long oldToYoung,
        @Nullable Double oldToYoungError,
        long dirtyPages,
        @Nullable Double dirtyPagesError,
        long resurrected) {

    /**
     * Compares two results of one recording and one shape of heap.
     *
     * @param live by what had happened so far
     * @param whole by the whole trace
     */
    public static LiveMethod of(AnalysisResult live, AnalysisResult whole) {
        CollectionFigures.Minor found = live.collections().minor();
        CollectionFigures.Minor truth = whole.collections().minor();
        return new LiveMethod(
                found.survivedBytes(),
                error(found.survivedBytes(), truth.survivedBytes()),
                live.stores().oldToYoung(),
                error(live.stores().oldToYoung(), whole.stores().oldToYoung()),
                found.dirtyPages(),
                error(found.dirtyPages(), truth.dirtyPages()),
                live.fidelity().resurrected());
    }

    private static @Nullable Double error(long found, long truth) {
        if (found == truth) {
            return 0.0;
        }
        return truth == 0 ? null : (found - truth) / (double) truth;
    }
}
