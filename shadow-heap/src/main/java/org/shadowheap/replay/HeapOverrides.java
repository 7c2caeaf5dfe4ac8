package org.shadowheap.replay;

import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.Foresight;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * What a replay does differently from the recording; null keeps the recorded value.
 *
 * @param isVerified whether the heap is verified after every collection
 * @param foresight what is known of the whole trace; null to go by what the live heap knew
 */
public record HeapOverrides(
        @Nullable Long nurseryBytes,
        @Nullable Integer pageBytes,
        @Nullable Integer tenure,
        @Nullable RememberedSetPolicy remset,
        @Nullable Integer cardBytes,
        boolean isVerified,
        @Nullable Foresight foresight) {

    /** The recorded heap, unchanged. */
    public static final HeapOverrides NONE = new HeapOverrides(null, null, null, null, null, false);

    /** Lives by evidence, as live. */
    public HeapOverrides(
            @Nullable Long nurseryBytes,
            @Nullable Integer pageBytes,
            @Nullable Integer tenure,
            @Nullable RememberedSetPolicy remset,
            @Nullable Integer cardBytes,
            boolean isVerified) {
        this(nurseryBytes, pageBytes, tenure, remset, cardBytes, isVerified, null);
    }

    /** The same heap, in which lives what will be mentioned. */
    public HeapOverrides withForesight(Foresight known) {
        return new HeapOverrides(nurseryBytes, pageBytes, tenure, remset, cardBytes, isVerified, known);
    }

    /** Whether this is the recorded heap. */
    public boolean isOf(HeapConfiguration recorded) {
        HeapConfiguration heap = apply(recorded);
        return heap.nurseryBytes() == recorded.nurseryBytes()
                && heap.pageBytes() == recorded.pageBytes()
                && heap.tenure() == recorded.tenure()
                && heap.remset() == recorded.remset()
                && (heap.cardBytes() == recorded.cardBytes() || !heap.remset().hasCards());
    }

    HeapConfiguration apply(HeapConfiguration recorded) {
        int newPageBytes = pageBytes == null ? recorded.pageBytes() : pageBytes;
        HeapConfiguration heap = new HeapConfiguration(
                        nurseryBytes == null ? recorded.nurseryBytes() : nurseryBytes,
                        newPageBytes,
                        tenure == null ? recorded.tenure() : tenure,
                        recorded.boundBytes(),
                        recorded.model())
                .withRemset(
                        remset == null ? recorded.remset() : remset,
                        cardBytes == null ? Math.min(recorded.cardBytes(), newPageBytes) : cardBytes)
                .withVerification(isVerified);
        return foresight == null ? heap : heap.withForesight(foresight);
    }
}
