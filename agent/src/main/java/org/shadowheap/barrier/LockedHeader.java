package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;

/**
 * Reads the header of an object that the calling thread has locked, as it will be when nobody has.
 *
 * <p>A JVM that locks an object keeps the rest of its header in place, or puts it where the header points to meanwhile: on the stack
 * of the thread that has locked it, or in a monitor. Which of them this JVM does was found out by trying, for either kind
 * of lock. Such an address holds while the thread has the lock, so nobody else's is followed.
 */
public final class LockedHeader {

    /** Nobody knows where the rest of the header is. */
    public static final int UNKNOWN = 0;

    /** It is where it was. */
    public static final int IN_PLACE = 1;

    /** The header, but for its lowest two bits, is its address. */
    public static final int POINTED_AT = 2;

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final long LOCK_MASK = 3;
    private static final long FAST_BITS = 0;
    private static final long UNLOCKED_BITS = 1;
    private static final long INFLATED_BITS = 2;

    private LockedHeader() {}

    /** Whether the rest of such a header is where it was, so that nobody need have the lock to read it. */
    static boolean isInPlace(long mark, int fast, int inflated) {
        long bits = mark & LOCK_MASK;
        return bits == FAST_BITS && fast == IN_PLACE || bits == INFLATED_BITS && inflated == IN_PLACE;
    }

    /** Such a header without its lock. */
    static long inPlace(long mark) {
        return mark & ~LOCK_MASK | UNLOCKED_BITS;
    }

    /** Whether a header is locked so simply that, if it does not lie in place, it is an address on the stack of who has the lock. */
    static boolean isFast(long mark) {
        return (mark & LOCK_MASK) == FAST_BITS;
    }

    /** What lies at such an address; 0 if that is no header. */
    static long pointedAt(long address) {
        long displaced = U.getLong(null, address);
        return (displaced & LOCK_MASK) == UNLOCKED_BITS ? displaced : 0;
    }

    /**
     * The header without its lock, 0 if that cannot be told.
     *
     * @param object which the calling thread has locked
     * @param fast where the rest is of a header whose lock is simple
     * @param inflated where it is if there is a monitor
     */
    public static long ofHeld(Object object, int fast, int inflated) {
        long mark = U.getLong(object, 0L);
        long bits = mark & LOCK_MASK;
        int place = bits == FAST_BITS ? fast : bits == INFLATED_BITS ? inflated : UNKNOWN;
        if (place == IN_PLACE) {
            return inPlace(mark);
        }
        long address = mark & ~LOCK_MASK;
        if (place == UNKNOWN || address == 0) {
            return 0; // another thread is just making it a monitor
        }
        return pointedAt(address);
    }
}
