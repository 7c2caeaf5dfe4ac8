package org.shadowheap.barrier;

import java.lang.ref.WeakReference;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;

/**
 * The types that have been described to the drain, by the number in their class mirror's header.
 *
 * <p>Open addressing with linear probing in native memory; entries are only added, by compare-and-set. A type is in it
 * only after its description is on its way to the drain.
 */
final class TypeSet {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int CAPACITY = 1 << 18;
    private static final long COUNT = IdBlocks.zeroed(Long.BYTES);
    private static final long TABLE = IdBlocks.zeroed((long) CAPACITY * Integer.BYTES);

    /** Set beside the number if constructed instances are born in {@code Object.<init>}. */
    private static final int BORN = 1 << 31;

    /**
     * The class of each entry, or a weak reference to it if it may be unloaded: another mirror may have been given the
     * same number by the JVM.
     */
    private static final @Nullable Object[] PROVEN = new Object[CAPACITY];

    private TypeSet() {}

    /** Whether instances of a type, whose mirror has this number, are born where they are constructed. */
    @ForceInline
    static boolean isBorn(int number, Class<?> type) {
        int index = number & CAPACITY - 1;
        int entry = U.getIntAcquire(null, TABLE + ((long) index << 2));
        if (entry == (number | BORN)) {
            Object proven = PROVEN[index];
            return proven == type || isReferent(proven, type);
        }
        return entry != 0 && isBornElsewhere(number, type);
    }

    private static boolean isBornElsewhere(int number, Class<?> type) {
        for (int i = number; ; i++) {
            int index = i & CAPACITY - 1;
            int entry = U.getIntAcquire(null, TABLE + ((long) index << 2));
            if (entry == (number | BORN)) {
                Object proven = PROVEN[index];
                return proven == type || isReferent(proven, type);
            }
            if (entry == 0 || entry == number) {
                return false;
            }
        }
    }

    private static boolean isReferent(@Nullable Object proven, Class<?> type) {
        return proven instanceof WeakReference<?> weak && weak.get() == type;
    }

    /**
     * Adds a type.
     *
     * @return false if the table is half full, and takes no more
     */
    static boolean add(int number, Class<?> type, boolean born) {
        Object proven = isNeverUnloaded(type) ? type : new WeakReference<>(type);
        int i = 0;
        for (; ; ) {
            int index = number + i & CAPACITY - 1;
            long address = TABLE + ((long) index << 2);
            int entry = U.getIntVolatile(null, address);
            if ((entry & ~BORN) == number) {
                return true;
            }
            if (entry != 0) {
                i++;
            } else if (U.getAndAddInt(null, COUNT, 1) >= CAPACITY / 2) {
                return false;
            } else if (U.compareAndSetInt(null, address, 0, number)) {
                if (born) {
                    PROVEN[index] = proven;
                    U.putIntRelease(null, address, number | BORN);
                }
                return true;
            }
        }
    }

    private static boolean isNeverUnloaded(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return !type.isHidden() && (loader == null || loader == BarrierSetup.systemLoader);
    }
}
