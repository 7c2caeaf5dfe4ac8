package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which object was given which id while the existing heap is mirrored.
 *
 * <p>Thousands of objects have a hash from the JVM before we come, scattered over all numbers, and some of these numbers
 * we give to others before we meet their holder. Here it shows: the header says a number that was given to another
 * object. The block of such a number becomes {@link IdBlocks#AMBIGUOUS} and its ids are looked up from then on. Any thread
 * enters before it installs, so a thread that reads an id from a header finds it here.
 */
final class GivenIds {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** Enough for eight million objects; later ones are taken at their word. */
    private static final int ROWS = 1 << 13;

    private static final int MASK = IdBlocks.SIZE - 1;
    private static final long SCALE = Unsafe.ARRAY_OBJECT_INDEX_SCALE;

    private static volatile @Nullable Object @Nullable [] @Nullable [] rows;

    private GivenIds() {}

    static void begin() {
        rows = new Object[ROWS][];
    }

    /** From now on headers are trusted. */
    static void end() {
        rows = null;
    }

    /** Enters an object before the id is installed in its header. */
    static void enter(int id, Object object) {
        @Nullable Object @Nullable [] @Nullable [] table = rows;
        int row = id >>> IdBlocks.SHIFT;
        if (table == null || row >= ROWS) {
            return;
        }
        if (table[row] == null) {
            long slot = BarrierSetup.arrayBaseOffset + row * SCALE;
            U.compareAndSetReference(table, slot, null, new Object[IdBlocks.SIZE]);
        }
        @Nullable Object[] ids = table[row];
        if (ids != null) {
            U.putReferenceVolatile(ids, BarrierSetup.arrayBaseOffset + (id & MASK) * SCALE, object);
        }
    }

    /** Whether the number in this object's header was given to another one. */
    @ForceInline
    static boolean isAnothers(int number, Object object) {
        @Nullable Object @Nullable [] @Nullable [] table = rows;
        return table != null && isAnothers(table, number, object);
    }

    @DontInline
    private static boolean isAnothers(@Nullable Object[] @Nullable [] table, int number, Object object) {
        int row = number >>> IdBlocks.SHIFT;
        if (row >= ROWS) {
            return false;
        }
        @Nullable Object @Nullable [] ids = table[row];
        return ids != null
                && U.getReferenceVolatile(ids, BarrierSetup.arrayBaseOffset + (number & MASK) * SCALE) != object;
    }
}
