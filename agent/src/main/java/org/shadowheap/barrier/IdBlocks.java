package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.event.layout.IdOrder;

/**
 * Hands out ids in blocks of 1,024 and knows whose a block is.
 *
 * <p>Each block hands out its ids in an {@linkplain IdOrder order of its own}.
 *
 * <p>The owner of a block is the number of the log that drew it: an object that was born under an id of it belongs to
 * that log. Blocks of objects that existed before they were met belong to {@link #NOBODY}. A block that holds a hash
 * which the JVM gave is {@link #FOREIGN} and never handed out: such hashes are looked up in {@link ForeignHashes}.
 *
 * <p>Any thread calls. Entries change by compare-and-set: once from 0, and perhaps from NOBODY to AMBIGUOUS.
 */
public final class IdBlocks {

    static final int SHIFT = IdOrder.BLOCK_SHIFT;
    static final int SIZE = IdOrder.BLOCK_IDS;

    /** Owner of the ids of objects that were met, not born. */
    static final int NOBODY = Integer.MAX_VALUE;

    /** Mark of a block in which the JVM gave a hash before we gave an id. */
    static final int FOREIGN = -1;

    /** Mark of a block of nobody's with a number that the JVM gave to an object as well. */
    static final int AMBIGUOUS = -2;

    /** Mark of a block that was given in an earlier session: its ids go on, {@link EarlierIds} knows which of them were met in this one. */
    static final int EARLIER = -3;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int COUNT = (EventRecord.MAX_ID >>> SHIFT) + 1;

    /** An int for each block: 8 MiB. */
    private static final long OWNERS = zeroed((long) COUNT * Integer.BYTES);

    /** The next block to try, and the next id for an object of nobody's with the end of its block. */
    private static final long NEXT_BLOCK = zeroed(128);

    private static final long NOBODYS = NEXT_BLOCK + 64;

    static {
        // Block 0 holds id 0, which is null.
        U.putInt(NEXT_BLOCK, 1);
    }

    private IdBlocks() {}

    /** Native memory of zeros. */
    static long zeroed(long bytes) {
        long address = U.allocateMemory(bytes);
        U.setMemory(address, bytes, (byte) 0);
        return address;
    }

    /** The owner of an id's block, 0 if nobody gave it. */
    @ForceInline
    static int owner(int id) {
        return U.getIntOpaque(null, OWNERS + ((long) (id >>> SHIFT) << 2));
    }

    /** Draws a block for a log; returns its first id, or 0 when all are used up. */
    static int draw(int owner) {
        for (; ; ) {
            int block = U.getAndAddInt(null, NEXT_BLOCK, 1);
            if (block <= 0 || block >= COUNT) {
                U.putIntVolatile(null, NEXT_BLOCK, COUNT);
                return 0;
            }
            if (U.compareAndSetInt(null, OWNERS + ((long) block << 2), 0, owner)) {
                return block << SHIFT;
            }
        }
    }

    /**
     * A session begins after another one: whose a block was does not matter any more. Ids of a block that had to be looked up are numbers
     * of the JVM's from now on. Nobody is in the barrier.
     *
     * @return the least id that will be given
     */
    static int beginAnew() {
        int blocks = Math.min(U.getIntVolatile(null, NEXT_BLOCK), COUNT);
        for (int block = 0; block < COUNT; block++) {
            long address = OWNERS + ((long) block << 2);
            int owner = U.getInt(address);
            if (owner > 0) {
                U.putInt(address, EARLIER);
            } else if (owner == AMBIGUOUS || owner == 0 && block < blocks) {
                U.putInt(address, FOREIGN);
            }
        }
        U.putLongVolatile(null, NOBODYS, 0);
        return blocks == COUNT ? EventRecord.MAX_ID : blocks << SHIFT;
    }

    /** Keeps the block of a hash that the JVM gave from being handed out; true for one caller, and if it never was. */
    static boolean reserveForeign(int id) {
        return U.compareAndSetInt(null, OWNERS + ((long) (id >>> SHIFT) << 2), 0, FOREIGN);
    }

    /** The JVM gave a hash of this block, too: ids in it are looked up from now on. */
    static void makeAmbiguous(int id) {
        U.compareAndSetInt(null, OWNERS + ((long) (id >>> SHIFT) << 2), NOBODY, AMBIGUOUS);
    }

    /** An id for an object that was met, not born; 0 when all are used up. */
    static int nobodys() {
        for (; ; ) {
            long range = U.getLongVolatile(null, NOBODYS);
            int next = (int) range;
            int end = (int) (range >>> 32);
            if (next != end) {
                if (U.compareAndSetLong(null, NOBODYS, range, range + 1)) {
                    return IdOrder.scattered(next);
                }
            } else {
                int first = draw(NOBODY);
                if (first == 0) {
                    return 0;
                }
                long fresh = (long) (first + SIZE) << 32 | first;
                // Losing this race wastes a block of ids, no more.
                U.compareAndSetLong(null, NOBODYS, range, fresh);
            }
        }
    }
}
