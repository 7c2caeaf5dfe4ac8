package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * Where the field of each site lies: an int per site, read by every store to a field.
 *
 * <p>0 until the site stores for the first time; then the offset in bytes, and the {@link #SHARED} bit if the store must
 * draw a ticket although the object is the thread's own (a volatile field). Any thread resolves; it always finds the
 * same answer, so a value that is lost while the table grows is found again.
 */
public final class SiteTable {

    /** The field is volatile. */
    public static final int SHARED = 1 << 30;

    /** The field cannot be found: the site records nothing. */
    public static final int UNKNOWN = -1;

    /** The static field lies in a superclass or interface of the class that the site names. */
    public static final int INHERITED = -2;

    private static final Unsafe U = Unsafe.getUnsafe();

    private static volatile int capacity = 1 << 16;
    private static long base = grown(0, 1 << 16);

    private SiteTable() {}

    private static long grown(long old, int sites) {
        long bytes = (long) sites * Integer.BYTES;
        long address = IdBlocks.zeroed(bytes);
        if (old != 0) {
            U.copyMemory(old, address, (long) capacity * Integer.BYTES);
        }
        U.storeFence();
        return address;
    }

    /** Makes room for sites below {@code sites}; before their code is installed. One thread at a time calls. */
    public static void ensure(int sites) {
        if (sites > capacity) {
            int wanted = Math.max(1 << 16, Integer.highestOneBit(sites) << 1);
            // The old table stays: a barrier may hold its address.
            base = grown(base, wanted);
            capacity = wanted;
        }
    }

    @ForceInline
    static int offset(int site) {
        return U.getInt(base + ((long) site << 2));
    }

    /** Whether an entry is an offset, and stores to one's own objects need no ticket. */
    @ForceInline
    static boolean isPlain(int entry) {
        return entry > 0 && entry < SHARED;
    }

    static void resolve(int site, int offset) {
        U.putInt(base + ((long) site << 2), offset);
    }
}
