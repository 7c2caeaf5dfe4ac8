package org.shadowheap.heap;

import org.shadowheap.event.layout.IdOrder;
import org.shadowheap.memory.OffHeap;

/**
 * Layout of the entries of 1024 neighbouring ids.
 *
 * <pre>
 *   0         4             8
 *   +---------+-------------+------------------------+
 *   | kept  4 | listedFor 4 | entries      1024 * 8  |
 *   +---------+-------------+------------------------+
 * </pre>
 *
 * {@code kept} counts ids that are old, or resurrected: what must be handed over when the chunk is freed. {@code listedFor} is the last cycle the chunk was listed for. Mutators and
 * collectors share a chunk: who reads an entry sees the object that was written before it.
 */
final class IdChunk {

    static final int SHIFT = IdOrder.BLOCK_SHIFT;
    static final int IDS = IdOrder.BLOCK_IDS;
    static final long BYTES = 8 + IDS * 8L;

    /** A complete chunk with no more such ids than this moves to the compact table: there they take a tenth. */
    static final int FEW = 32;

    private static final int KEPT_OFFSET = 0;
    private static final int LISTED_FOR_OFFSET = 4;
    private static final int ENTRIES_OFFSET = 8;

    private IdChunk() {}

    static int index(int id) {
        return id & IDS - 1;
    }

    private static long addressOf(long chunk, int id) {
        return chunk + ENTRIES_OFFSET + index(id) * 8L;
    }

    static long entryAcquire(long chunk, int id) {
        return OffHeap.getLongAcquire(addressOf(chunk, id));
    }

    static void enterRelease(long chunk, int id, long entry) {
        OffHeap.putLongRelease(addressOf(chunk, id), entry);
    }

    static boolean replaceVolatile(long chunk, int id, long expected, long entry) {
        return OffHeap.compareAndSetLongVolatile(addressOf(chunk, id), expected, entry);
    }

    /** How many ids were handed out if the latest of those that were ever entered was the last; {@code first} is index 0. */
    static int watermark(long chunk, int first) {
        int handedOut = IDS;
        while (handedOut > 0 && isNeverSeen(chunk, first + handedOut - 1)) {
            handedOut--;
        }
        return handedOut;
    }

    /** Of an id that stands for its place in the {@link IdOrder}. */
    private static boolean isNeverSeen(long chunk, int ordered) {
        return entryAcquire(chunk, IdOrder.scattered(ordered)) == Entry.NEVER_SEEN;
    }

    /** Counts ids that became old or resurrected, or, if negative, died; returns how many there are now. */
    static int addKeptVolatile(long chunk, int delta) {
        return OffHeap.getAndAddIntVolatile(chunk + KEPT_OFFSET, delta) + delta;
    }

    static int kept(long chunk) {
        return OffHeap.getIntPlain(chunk + KEPT_OFFSET);
    }

    static int listedFor(long chunk) {
        return OffHeap.getIntPlain(chunk + LISTED_FOR_OFFSET);
    }

    /** Notes the cycle; false if it was noted before. */
    static boolean listForVolatile(long chunk, int cycle) {
        int before = listedFor(chunk);
        return before != cycle && OffHeap.compareAndSetIntVolatile(chunk + LISTED_FOR_OFFSET, before, cycle);
    }

    static boolean isWorthHandingOver(long chunk, int first) {
        return kept(chunk) <= FEW && !isNeverSeen(chunk, first + IDS - 1);
    }

    static void forEach(long chunk, int first, IdTable.EntryVisitor visitor) {
        for (int i = 0; i < IDS; i++) {
            long entry = entryAcquire(chunk, first + i);
            if (entry != Entry.NEVER_SEEN) {
                visitor.entry(first + i, entry);
            }
        }
    }
}
