package org.shadowheap.replay;

import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.HeapConfiguration;

/** What a replay does differently from the recording; null keeps the recorded value. */
public record HeapOverrides(
        @Nullable Long nurseryBytes,
        @Nullable Integer pageBytes,
        @Nullable Integer tenure) {

    /** The recorded heap, unchanged. */
    public static final HeapOverrides NONE = new HeapOverrides(null, null, null);

    HeapConfiguration apply(HeapConfiguration recorded) {
        return new HeapConfiguration(
                nurseryBytes == null ? recorded.nurseryBytes() : nurseryBytes,
                pageBytes == null ? recorded.pageBytes() : pageBytes,
                tenure == null ? recorded.tenure() : tenure,
                recorded.boundBytes(),
                recorded.model());
    }
}
