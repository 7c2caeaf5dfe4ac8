package org.shadowheap.collect;

import org.shadowheap.heap.HeapConfiguration;

/** The least bound that a shape of heap accepts: the refusal of a smaller one names it. */
final class LeastBound {

    private static final long TOO_SMALL_BYTES = 1 << 16;

    private LeastBound() {}

    /** Bytes. */
    static long of(HeapConfiguration shape) {
        try {
            new ScriptedMutator(withBound(shape, TOO_SMALL_BYTES)).close();
        } catch (IllegalArgumentException refusal) {
            return Long.parseLong(refusal.getMessage().replaceFirst(".*at least (\\d+),.*", "$1"));
        }
        throw new AssertionError("no heap fits into " + TOO_SMALL_BYTES + " bytes");
    }

    /** The same shape within another bound. */
    static HeapConfiguration withBound(HeapConfiguration shape, long boundBytes) {
        return new HeapConfiguration(
                shape.nurseryBytes(),
                shape.pageBytes(),
                shape.tenure(),
                shape.remset(),
                shape.cardBytes(),
                shape.liveness(),
                shape.mutators(),
                shape.collectors(),
                shape.majorBytes(),
                shape.isVerified(),
                boundBytes,
                shape.model(),
                shape.foresight(),
                shape.collectAt());
    }
}
