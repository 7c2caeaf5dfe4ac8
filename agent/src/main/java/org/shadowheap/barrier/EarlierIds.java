package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;

/**
 * Which objects that have an id from an earlier session were met in this one, and of which of them the slots were not read yet: two
 * bits for each id, in rows that are made when needed.
 *
 * <p>An object keeps its id. Several threads may tell of it when they meet it at the same time, with the same words; one of them reads it, or
 * has it read. Any thread.
 */
final class EarlierIds {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final int UNMET = 0;
    private static final int PENDING = 1;
    private static final int READ = 2;

    /** The number is also that of an object which was locked when it was met, so that nobody could see who gave it. */
    private static final int AMBIGUOUS = 3;

    private static final int STATE_MASK = 3;

    /** A row covers 2^20 ids in 256 KiB. */
    private static final int ROW_SHIFT = 20;

    private static final long ROW_BYTES = 1L << ROW_SHIFT - 2;
    private static final int ROWS = 1 << 31 - ROW_SHIFT;
    private static final long DIRECTORY = IdBlocks.zeroed((long) ROWS * Long.BYTES);

    private EarlierIds() {}

    private static long entry(int id) {
        return DIRECTORY + ((long) (id >>> ROW_SHIFT) << 3);
    }

    private static long word(long row, int id) {
        return row + ((id & (1 << ROW_SHIFT) - 1) >>> 4 << 2);
    }

    private static int shift(int id) {
        return (id & 15) << 1;
    }

    private static int state(int id) {
        long row = U.getLongVolatile(null, entry(id));
        return row == 0 ? UNMET : U.getIntVolatile(null, word(row, id)) >>> shift(id) & STATE_MASK;
    }

    /** Whether the object of this id was met in this session, and the id is trusted. */
    static boolean isMet(int id) {
        int state = state(id);
        return state == PENDING || state == READ;
    }

    /** Whether a number is to be looked up together with its object. */
    static boolean isAmbiguous(int id) {
        return state(id) == AMBIGUOUS;
    }

    /** From now on a number is to be looked up together with its object, unless an object was met under it before. */
    static void makeAmbiguous(int id) {
        change(row(id), id, UNMET, AMBIGUOUS);
    }

    /** Whether nobody has read the object of this id yet, which was met. */
    static boolean isPending(int id) {
        return state(id) == PENDING;
    }

    /**
     * An object is met; its contact is in the log.
     *
     * @param pending leaves the reading of its slots to others
     * @return true for exactly one of all callers, who reads it or sees that it is read
     */
    static boolean meet(int id, boolean pending) {
        return change(row(id), id, UNMET, pending ? PENDING : READ);
    }

    /** Takes the reading of a pending object on; true for exactly one caller. */
    static boolean claim(int id) {
        long row = U.getLongVolatile(null, entry(id));
        return row != 0 && change(row, id, PENDING, READ);
    }

    private static boolean change(long row, int id, int from, int to) {
        long word = word(row, id);
        int shift = shift(id);
        for (; ; ) {
            int bits = U.getIntVolatile(null, word);
            if ((bits >>> shift & STATE_MASK) != from) {
                return false;
            }
            if (U.compareAndSetInt(null, word, bits, bits ^ (from ^ to) << shift)) {
                return true;
            }
        }
    }

    private static long row(int id) {
        long row = U.getLongVolatile(null, entry(id));
        if (row == 0) {
            row = IdBlocks.zeroed(ROW_BYTES);
            if (!U.compareAndSetLong(null, entry(id), 0, row)) {
                U.freeMemory(row);
                row = U.getLongVolatile(null, entry(id));
            }
        }
        return row;
    }

    /** Nobody was met. The rows stay: a frame with old code may look at them at any time, and find nobody. */
    static void clear() {
        for (int i = 0; i < ROWS; i++) {
            long row = U.getLong(DIRECTORY + ((long) i << 3));
            if (row != 0) {
                U.setMemory(row, ROW_BYTES, (byte) 0);
            }
        }
    }
}
