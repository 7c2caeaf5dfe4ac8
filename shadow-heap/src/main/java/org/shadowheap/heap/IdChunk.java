package org.shadowheap.heap;

import org.shadowheap.memory.OffHeap;

/**
 * Layout of the entries of 1024 neighbouring ids.
 *
 * <pre>
 *   0         4             8            16              144
 *   +---------+-------------+-----------+---------------+------------------------+
 *   | kept  4 | listedFor 4 | highest 8 | kept bits 128 | entries      1024 * 8  |
 *   +---------+-------------+-----------+---------------+------------------------+
 * </pre>
 *
 * Kept ids are old. {@code listedFor} is the last cycle the chunk was listed for. The watermark is one more than the
 * highest index that was entered. Written by the thread that applies events.
 */
final class IdChunk {

    static final int SHIFT = 10;
    static final int IDS = 1 << SHIFT;
    static final long BYTES = 144 + IDS * 8L;

    /** A complete chunk with no more old ids than this moves to the compact table: there they take a tenth. */
    private static final int FEW = 32;

    private static final int KEPT_OFFSET = 0;
    private static final int LISTED_FOR_OFFSET = 4;
    private static final int WATERMARK_OFFSET = 8;
    private static final int KEPT_BITS_OFFSET = 16;
    private static final int ENTRIES_OFFSET = 144;

    private IdChunk() {}

    static int index(int id) {
        return id & IDS - 1;
    }

    static long entry(long chunk, int id) {
        return OffHeap.getLongPlain(chunk + ENTRIES_OFFSET + index(id) * 8L);
    }

    static void enter(long chunk, int id, long entry) {
        OffHeap.putLongPlain(chunk + ENTRIES_OFFSET + index(id) * 8L, entry);
        if (index(id) >= watermark(chunk)) {
            OffHeap.putIntPlain(chunk + WATERMARK_OFFSET, index(id) + 1);
        }
    }

    static int watermark(long chunk) {
        return OffHeap.getIntPlain(chunk + WATERMARK_OFFSET);
    }

    static void keep(long chunk, int id) {
        OffHeap.putIntPlain(chunk + KEPT_OFFSET, kept(chunk) + 1);
        long word = chunk + KEPT_BITS_OFFSET + (index(id) >>> 6) * 8L;
        OffHeap.putLongPlain(word, OffHeap.getLongPlain(word) | 1L << index(id));
    }

    static int kept(long chunk) {
        return OffHeap.getIntPlain(chunk + KEPT_OFFSET);
    }

    static int listedFor(long chunk) {
        return OffHeap.getIntPlain(chunk + LISTED_FOR_OFFSET);
    }

    /** Notes the cycle; false if it was noted before. */
    static boolean listFor(long chunk, int cycle) {
        if (listedFor(chunk) == cycle) {
            return false;
        }
        OffHeap.putIntPlain(chunk + LISTED_FOR_OFFSET, cycle);
        return true;
    }

    static boolean isWorthHandingOver(long chunk) {
        return watermark(chunk) == IDS && kept(chunk) <= FEW;
    }

    static void forEachKept(long chunk, int first, IdTable.EntryVisitor visitor) {
        for (int word = 0; word < IDS / 64; word++) {
            long bits = OffHeap.getLongPlain(chunk + KEPT_BITS_OFFSET + word * 8L);
            for (; bits != 0; bits &= bits - 1) {
                int id = first + word * 64 + Long.numberOfTrailingZeros(bits);
                visitor.entry(id, entry(chunk, id));
            }
        }
    }

    static void forEach(long chunk, int first, IdTable.EntryVisitor visitor) {
        for (int i = 0; i < IDS; i++) {
            long entry = entry(chunk, first + i);
            if (entry != Entry.NEVER_SEEN) {
                visitor.entry(first + i, entry);
            }
        }
    }
}
