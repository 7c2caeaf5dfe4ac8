package org.shadowheap.barrier;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * The types whose instances are born where they are constructed, by the number in their class mirror's header: a birth
 * finds the id and the layout of its type here.
 *
 * <p>Open addressing with linear probing; entries are only added, by compare-and-set. A type is in it only after its
 * description is on its way to the drain. Two mirrors may have one number, since the JVM gives some of them: the class
 * itself decides. A number that we gave, as a bit in the header says, is nobody else's: it is proof enough, also for types
 * that may be unloaded. The sign of a key says that it is none.
 */
final class TypeSet {

    /** No entry has this index. */
    static final int NONE = -1;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int CAPACITY = 1 << 18;
    private static final long COUNT = IdBlocks.zeroed(Long.BYTES);
    private static final long UNUSED = IdBlocks.zeroed(Long.BYTES);

    /** Of each entry the key of the mirror in the low half and the type's id in the high half, 0 while it is not complete. */
    private static final long TABLE = IdBlocks.zeroed((long) CAPACITY * Long.BYTES);

    /** The class of each entry, or a weak reference to it if it may be unloaded. */
    private static final @Nullable Object[] PROVEN = new Object[CAPACITY];

    private static final @Nullable Layout[] LAYOUTS = new Layout[CAPACITY];

    private TypeSet() {}

    /** The entry of a type, 0 if it is not where it is looked for first, or cannot be told at once. For fast paths. */
    @ForceInline
    static long near(Class<?> type) {
        int key = Identity.key(type);
        int index = key & CAPACITY - 1;
        long entry = U.getLongAcquire(null, TABLE + ((long) index << 3));
        return (int) entry == key && (key > 0 || PROVEN[index] == type) ? entry : 0;
    }

    /** Word 0 of the record of a birth. */
    @ForceInline
    static long birth(long entry, int id) {
        return entry & -1L << Integer.SIZE | id;
    }

    /** Where a type is, {@link #NONE} if it is not, or not yet. */
    @ForceInline
    static int indexOf(Class<?> type) {
        int key = Identity.key(type);
        int index = key & CAPACITY - 1;
        int found = (int) U.getLongAcquire(null, TABLE + ((long) index << 3));
        boolean isThere = key != 0 && found == key && (key > 0 || isProven(index, type));
        return isThere ? index : search(type);
    }

    @DontInline
    private static int search(Class<?> type) {
        int number = Identity.peek(type);
        for (int i = number; ; i++) {
            int index = i & CAPACITY - 1;
            int found = (int) U.getLongAcquire(null, TABLE + ((long) index << 3));
            if ((found & EventRecord.MAX_ID) == number && isProven(index, type)) {
                return index;
            }
            if (found == 0) {
                return NONE;
            }
        }
    }

    @ForceInline
    private static boolean isProven(int index, Class<?> type) {
        Object proven = PROVEN[index];
        return proven == type || isReferent(proven, type);
    }

    @SuppressWarnings("unchecked") // what it refers to is only compared
    private static boolean isReferent(@Nullable Object proven, Class<?> type) {
        return proven instanceof WeakReference<?> weak && ((WeakReference<Object>) weak).refersTo(type);
    }

    /** The id of the type at an index. */
    @ForceInline
    static int id(int index) {
        return U.getInt(TABLE + ((long) index << 3) + Integer.BYTES);
    }

    /** The layout of the type at an index. */
    static Layout layout(int index) {
        Layout layout = LAYOUTS[index];
        if (layout == null) {
            throw new IllegalStateException("the entry is not complete: index=" + index);
        }
        return layout;
    }

    /**
     * Adds a type that is not in the table.
     *
     * @param number that of its mirror's header
     * @param id of its mirror
     * @return false if the table is half full, and takes no more
     */
    static boolean add(int number, Class<?> type, int id, Layout layout) {
        if (U.getAndAddLong(null, COUNT, 1) >= CAPACITY / 2) {
            return false;
        }
        Object proven = isNeverUnloaded(type) ? type : new WeakReference<>(type);
        int key = Identity.key(type) == number ? number : number | Integer.MIN_VALUE;
        // A call that takes as much room as those below: if the stack overflows, it does so before an entry is claimed.
        // Nobody would find what lies behind one that is never complete.
        U.putLongRelease(null, UNUSED, id);
        for (int i = number; ; i++) {
            int index = i & CAPACITY - 1;
            if (U.compareAndSetReference(PROVEN, slot(index), null, proven)) {
                LAYOUTS[index] = layout;
                U.putLongRelease(null, TABLE + ((long) index << 3), (long) id << 32 | key & 0xffff_ffffL);
                return true;
            }
        }
    }

    private static long slot(int index) {
        return BarrierSetup.arrayBaseOffset + (long) index * Unsafe.ARRAY_OBJECT_INDEX_SCALE;
    }

    /** Forgets all types. Nobody is in the barrier. */
    static void clear() {
        U.setMemory(TABLE, (long) CAPACITY * Long.BYTES, (byte) 0);
        U.putLongVolatile(null, COUNT, 0);
        Arrays.fill(PROVEN, null);
        Arrays.fill(LAYOUTS, null);
    }

    private static boolean isNeverUnloaded(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return !type.isHidden() && (loader == null || loader == BarrierSetup.systemLoader);
    }
}
