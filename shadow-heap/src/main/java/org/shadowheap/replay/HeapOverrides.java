package org.shadowheap.replay;

import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * What a replay does differently from the recording; null keeps the recorded value.
 *
 * @param isVerified whether the heap is verified after every collection
 */
public record HeapOverrides(
        @Nullable Long nurseryBytes,
        @Nullable Integer pageBytes,
        @Nullable Integer tenure,
        @Nullable RememberedSetPolicy remset,
        @Nullable Integer cardBytes,
        boolean isVerified) {

    /** The recorded heap, unchanged. */
    public static final HeapOverrides NONE = new HeapOverrides(null, null, null, null, null, false);

    HeapConfiguration apply(HeapConfiguration recorded) {
        int newPageBytes = pageBytes == null ? recorded.pageBytes() : pageBytes;
        return new HeapConfiguration(
                        nurseryBytes == null ? recorded.nurseryBytes() : nurseryBytes,
                        newPageBytes,
                        tenure == null ? recorded.tenure() : tenure,
                        recorded.boundBytes(),
                        recorded.model())
                .withRemset(
                        remset == null ? recorded.remset() : remset,
                        cardBytes == null ? Math.min(recorded.cardBytes(), newPageBytes) : cardBytes)
                .withVerification(isVerified);
    }
}
