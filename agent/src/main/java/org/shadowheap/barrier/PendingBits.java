package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;

/**
 * Which objects of nobody's have an id but were not read yet: a bit for each id, in rows that are made when needed.
 *
 * <p>Whoever clears the bit reads the object. Any thread.
 */
final class PendingBits {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** A row covers 2^21 ids in 256 KiB. */
    private static final int ROW_SHIFT = 21;

    private static final long ROW_BYTES = 1L << ROW_SHIFT - 3;
    private static final long DIRECTORY = IdBlocks.zeroed((1L << 31 - ROW_SHIFT) * Long.BYTES);

    private PendingBits() {}

    private static long word(int id, boolean make) {
        long entry = DIRECTORY + ((long) (id >>> ROW_SHIFT) << 3);
        long row = U.getLongVolatile(null, entry);
        if (row == 0) {
            if (!make) {
                return 0;
            }
            row = IdBlocks.zeroed(ROW_BYTES);
            if (!U.compareAndSetLong(null, entry, 0, row)) {
                U.freeMemory(row);
                row = U.getLongVolatile(null, entry);
            }
        }
        return row + ((id & (1 << ROW_SHIFT) - 1) >>> 5 << 2);
    }

    /** Marks an id as not read yet. */
    static void set(int id) {
        long word = word(id, true);
        for (; ; ) {
            int bits = U.getIntVolatile(null, word);
            if (U.compareAndSetInt(null, word, bits, bits | 1 << id)) {
                return;
            }
        }
    }

    static boolean isSet(int id) {
        long word = word(id, false);
        return word != 0 && (U.getIntVolatile(null, word) & 1 << id) != 0;
    }

    /** Clears the mark; true for exactly one of all callers. */
    static boolean claim(int id) {
        long word = word(id, false);
        for (; ; ) {
            if (word == 0) {
                return false;
            }
            int bits = U.getIntVolatile(null, word);
            if ((bits & 1 << id) == 0) {
                return false;
            }
            if (U.compareAndSetInt(null, word, bits, bits & ~(1 << id))) {
                return true;
            }
        }
    }
}
