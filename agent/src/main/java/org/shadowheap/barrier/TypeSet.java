package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * The types that have been described to the drain, by the number in their class mirror's header.
 *
 * <p>Open addressing with linear probing in native memory; entries are only added, by compare-and-set. A type is in it
 * only after its description is on its way to the drain.
 */
final class TypeSet {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int CAPACITY = 1 << 18;
    private static final long TABLE = IdBlocks.zeroed((long) CAPACITY * Integer.BYTES);

    /** Set beside the number if constructed instances are born in {@code Object.<init>}. */
    private static final int BORN = 1 << 31;

    private TypeSet() {}

    /** Whether instances of the type with this mirror number are born where they are constructed. */
    @ForceInline
    static boolean isBorn(int number) {
        int entry = U.getIntOpaque(null, TABLE + ((long) (number & CAPACITY - 1) << 2));
        return entry == (number | BORN) || entry != 0 && find(number) == (number | BORN);
    }

    /** Whether the type with this mirror number was described. */
    static boolean contains(int number) {
        return find(number) != 0;
    }

    /** Two mirrors have this number: births of their instances are told apart on the slow path. */
    static void forceSlow(int number) {
        for (int index = number; ; index++) {
            long address = TABLE + ((long) (index & CAPACITY - 1) << 2);
            int entry = U.getIntVolatile(null, address);
            if (entry == 0) {
                return;
            }
            if ((entry & ~BORN) == number) {
                U.putIntVolatile(null, address, number);
                return;
            }
        }
    }

    private static int find(int number) {
        int index = number;
        for (; ; ) {
            int entry = U.getIntVolatile(null, TABLE + ((long) (index & CAPACITY - 1) << 2));
            if (entry == 0 || (entry & ~BORN) == number) {
                return entry;
            }
            index++;
        }
    }

    /** Adds a type; false if the table is full. */
    static boolean add(int number, boolean born) {
        int value = born ? number | BORN : number;
        for (int i = 0; i < CAPACITY / 2; i++) {
            long address = TABLE + ((long) (number + i & CAPACITY - 1) << 2);
            int entry = U.getIntVolatile(null, address);
            if ((entry & ~BORN) == number) {
                return true;
            }
            if (entry == 0 && U.compareAndSetInt(null, address, 0, value)) {
                return true;
            }
            if (entry == 0) {
                i--;
            }
        }
        return false;
    }
}
