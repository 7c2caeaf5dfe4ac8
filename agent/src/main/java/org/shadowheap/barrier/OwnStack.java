package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;

/**
 * Which addresses lie on the stack of the thread that executes, as far as it has learned: a stack is one stretch of memory and nobody
 * else's, so whatever lies between two of its addresses is on it, too.
 *
 * <p>A JVM that keeps the header of a locked object on the stack of who has locked it says so by the address alone. One that the thread
 * knows for its own is that of its own lock, and cannot go away while it looks.
 */
final class OwnStack {

    private static final Unsafe U = Unsafe.getUnsafe();

    private OwnStack() {}

    /** Whether an address is known to lie on the stack of the thread whose cell that is, and which calls. */
    static boolean contains(long cell, long address) {
        return Long.compareUnsigned(address - U.getLong(cell + LogCell.STACK), U.getInt(cell + LogCell.STACK_EXTENT))
                < 0;
    }

    /**
     * The calling thread has a lock.
     *
     * @param mark the header of the object that it has locked: an address on its stack, unless another thread has made it a monitor just now
     */
    static void learn(long cell, long mark) {
        if (cell == Cells.NONE || mark == 0 || !LockedHeader.isFast(mark)) {
            return;
        }
        long from = U.getLong(cell + LogCell.STACK);
        long extent = U.getInt(cell + LogCell.STACK_EXTENT);
        long end = Math.max(extent == 0 ? 0 : from + extent, mark + Long.BYTES);
        long begin = extent == 0 ? mark : Math.min(from, mark);
        if (end - begin <= Integer.MAX_VALUE) {
            // If the stack overflows in between, the first so many bytes from there are the thread's own as well.
            U.putLong(cell + LogCell.STACK, begin);
            U.putInt(cell + LogCell.STACK_EXTENT, (int) (end - begin));
        }
    }
}
