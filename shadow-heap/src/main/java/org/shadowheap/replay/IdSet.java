package org.shadowheap.replay;

import org.jspecify.annotations.Nullable;

/** A set of ids. A bit for each id in chunks of 1,024 ids, and 8 MiB for their directory. */
final class IdSet {

    private static final int SHIFT = 10;
    private static final int MASK = (1 << SHIFT) - 1;

    private final long[] @Nullable [] chunks = new long[1 << Integer.SIZE - 1 - SHIFT][];

    /** Adds an id; returns whether it was not there before. */
    boolean add(int id) {
        long[] chunk = chunks[id >>> SHIFT];
        if (chunk == null) {
            chunk = new long[1 << SHIFT - 6];
            chunks[id >>> SHIFT] = chunk;
        }
        int word = (id & MASK) >>> 6;
        long before = chunk[word];
        chunk[word] |= 1L << id;
        return chunk[word] != before;
    }

    boolean contains(int id) {
        long[] chunk = chunks[id >>> SHIFT];
        return chunk != null && (chunk[(id & MASK) >>> 6] & 1L << id) != 0;
    }
}
