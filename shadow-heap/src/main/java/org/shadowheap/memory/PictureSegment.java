package org.shadowheap.memory;

import org.jspecify.annotations.Nullable;

/** What is known of {@value #BYTES} bytes of memory. Any thread. */
final class PictureSegment {

    static final int SHIFT = 16;
    static final int BYTES = 1 << SHIFT;
    static final int GRANULE_SHIFT = 3;

    /** A bit a byte: it may be read and written. */
    final AtomicBits accessible = new AtomicBits(BYTES);

    /** A bit for each 8 bytes: an object begins there. */
    final AtomicBits starts = new AtomicBits(BYTES >>> GRANULE_SHIFT);

    /** A bit for each 8 bytes: an object ends there. So its size does not depend on neighbours that come and go. */
    final AtomicBits ends = new AtomicBits(BYTES >>> GRANULE_SHIFT);

    /** An area that was found here; to be asked again whether it fits. */
    volatile @Nullable Area lastArea;

    /** Where in a range the first object begins, {@code to} if none does. */
    int nextStart(int from, int to) {
        int granule = starts.nextSet(granuleFrom(from), granuleFrom(to));
        return Math.min(to, granule << GRANULE_SHIFT);
    }

    /** Where in a range the last object begins that begins there, -1 if none does. */
    int previousStart(int from, int to) {
        int granule = starts.previousSet(granuleFrom(from), granuleFrom(to));
        return granule < 0 ? -1 : granule << GRANULE_SHIFT;
    }

    void clear(int from, int to) {
        accessible.clear(from, to);
        starts.clear(granuleFrom(from), granuleFrom(to));
        ends.clear(granuleFrom(from), granuleFrom(to));
    }

    /** The first granule that begins at an offset or behind it. */
    private static int granuleFrom(int offset) {
        return offset + (1 << GRANULE_SHIFT) - 1 >>> GRANULE_SHIFT;
    }
}
