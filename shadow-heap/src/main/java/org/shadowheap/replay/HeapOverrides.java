package org.shadowheap.replay;

import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.CollectAt;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * What a replay does differently from the recording; null keeps the recorded value.
 *
 * @param isVerified whether the heap is verified after every collection
 * @param isWhole whether what the trace mentions later is alive; else what a live heap took for alive
 * @param collectAt when minor collections run; where the JVM did, the nursery is as large as its eden was
 */
public record HeapOverrides(
        @Nullable Long nurseryBytes,
        @Nullable Integer pageBytes,
        @Nullable Integer tenure,
        @Nullable RememberedSetPolicy remset,
        @Nullable Integer cardBytes,
        boolean isVerified,
        boolean isWhole,
        CollectAt collectAt) {

    /** The recorded heap, unchanged. */
    public static final HeapOverrides NONE = new HeapOverrides(null, null, null, null, null, false);

    /** Lives by evidence, as live, and collects when the nursery is full. */
    public HeapOverrides(
            @Nullable Long nurseryBytes,
            @Nullable Integer pageBytes,
            @Nullable Integer tenure,
            @Nullable RememberedSetPolicy remset,
            @Nullable Integer cardBytes,
            boolean isVerified) {
        this(nurseryBytes, pageBytes, tenure, remset, cardBytes, isVerified, false, CollectAt.NURSERY);
    }

    /** The same heap, in which lives what will be mentioned. */
    public HeapOverrides whole() {
        return new HeapOverrides(nurseryBytes, pageBytes, tenure, remset, cardBytes, isVerified, true, collectAt);
    }

    /** The same heap, in which lives what a live heap took for alive. */
    public HeapOverrides live() {
        return new HeapOverrides(nurseryBytes, pageBytes, tenure, remset, cardBytes, isVerified, false, collectAt);
    }

    /** The same heap, collected then. */
    public HeapOverrides withCollectAt(CollectAt newCollectAt) {
        return new HeapOverrides(nurseryBytes, pageBytes, tenure, remset, cardBytes, isVerified, isWhole, newCollectAt);
    }

    boolean isAtReal() {
        return collectAt == CollectAt.REAL;
    }

    /** Whether the trace must have been read to its end before. */
    boolean needsWholeTrace() {
        return isWhole || isAtReal();
    }

    /** Whether this is the recorded heap. */
    public boolean isOf(HeapConfiguration recorded) {
        HeapConfiguration heap = apply(recorded, null);
        return collectAt == CollectAt.NURSERY
                && heap.nurseryBytes() == recorded.nurseryBytes()
                && heap.pageBytes() == recorded.pageBytes()
                && heap.tenure() == recorded.tenure()
                && heap.remset() == recorded.remset()
                && (heap.cardBytes() == recorded.cardBytes() || !heap.remset().hasCards());
    }

    /**
     * The heap to run.
     *
     * @param known of the trace, null if it has not been read
     */
    HeapConfiguration apply(HeapConfiguration recorded, @Nullable WholeTrace known) {
        int newPageBytes = pageBytes == null ? recorded.pageBytes() : pageBytes;
        HeapConfiguration heap = new HeapConfiguration(
                        newNurseryBytes(recorded, known),
                        newPageBytes,
                        tenure == null ? recorded.tenure() : tenure,
                        recorded.boundBytes(),
                        recorded.model())
                .withRemset(
                        remset == null ? recorded.remset() : remset,
                        cardBytes == null ? Math.min(recorded.cardBytes(), newPageBytes) : cardBytes)
                .withVerification(isVerified)
                .withCollectAt(collectAt);
        return isWhole && known != null ? heap.withForesight(known.mentions()) : heap;
    }

    private long newNurseryBytes(HeapConfiguration recorded, @Nullable WholeTrace known) {
        if (isAtReal() && known != null && known.marks().mostYoungBytes() > 0) {
            return known.marks().mostYoungBytes();
        }
        return nurseryBytes == null ? recorded.nurseryBytes() : nurseryBytes;
    }
}
