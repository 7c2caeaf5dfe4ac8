package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;
import org.shadowheap.event.layout.EventRecord;

/**
 * Where the field of each site lies: for each site the word of the record that tells of its stores.
 *
 * <p>0 until the site stores for the first time; then {@linkplain EventRecord#word1 word 1} of the record, or less than 0 if
 * there is more to a store: the field is volatile, and the store draws a ticket although the object is the thread's own;
 * or there is no record. Any thread resolves; it always finds the same answer.
 *
 * <p>Slow paths ask for the {@link #offset} alone.
 */
public final class SiteTable {

    /** The field is volatile. */
    public static final int SHARED = 1 << 30;

    /** The field cannot be found: the site records nothing. */
    public static final int UNKNOWN = -1;

    /** The static field lies in a superclass or interface of the class that the site names. */
    public static final int INHERITED = -2;

    private static final Unsafe U = Unsafe.getUnsafe();

    /** Numbers are given in steps of so many sites. */
    private static final int STEP = 1 << 12;

    /** Address space for every site that there can be: memory is taken by those that there are. */
    private static final long BASE = U.allocateMemory((EventRecord.MAX_SITE + 1L) * Long.BYTES);

    /** A byte for each site: 1 if it lies outside the application. */
    private static final long OF_LIBRARY = U.allocateMemory(EventRecord.MAX_SITE + 1L);

    /** Sites that can be asked for. */
    private static int ready;

    private SiteTable() {}

    /** Makes room for sites below {@code sites}; before their code is installed. One thread at a time calls. */
    public static void ensure(int sites) {
        int wanted = Math.min((sites + STEP - 1) & -STEP, EventRecord.MAX_SITE + 1);
        if (wanted > ready) {
            U.setMemory(BASE + (long) ready * Long.BYTES, (long) (wanted - ready) * Long.BYTES, (byte) 0);
            U.setMemory(OF_LIBRARY + ready, wanted - ready, (byte) 0);
            ready = wanted;
        }
    }

    /** Whether sites lie outside the application: then their callers are sampled. Before their code is installed. */
    public static void setOfLibrary(int first, int count, boolean isOfLibrary) {
        U.setMemory(OF_LIBRARY + first, count, (byte) (isOfLibrary ? 1 : 0));
    }

    /** Whether a site lies outside the application. */
    public static boolean isOfLibrary(int site) {
        return U.getByte(OF_LIBRARY + site) != 0;
    }

    /** Word 1 of the record of a store, if it is greater than 0. */
    @ForceInline
    static long word1(int site) {
        return U.getLong(BASE + ((long) site << 3));
    }

    /** 0 before the site was resolved, {@link #UNKNOWN}, {@link #INHERITED}, or the offset in bytes and {@link #SHARED}. */
    static int offset(int site) {
        long word1 = word1(site);
        return word1 < INHERITED ? EventRecord.operand(word1) | SHARED : EventRecord.operand(word1);
    }

    static void resolve(int site, int offset) {
        long word1 = EventRecord.word1(EventRecord.FIELD_STORE, offset & ~SHARED, site);
        boolean shared = offset > 0 && (offset & SHARED) != 0;
        // Released: who finds it resolved may record the site, of which the sinks were told before.
        U.putLongRelease(
                null, BASE + ((long) site << 3), offset <= 0 ? offset : shared ? word1 | Long.MIN_VALUE : word1);
    }
}
