package org.shadowheap.agent;

import jdk.internal.misc.Unsafe;
import org.shadowheap.barrier.Identity;
import org.shadowheap.barrier.LockedHeader;

/**
 * Finds out how this JVM keeps identity hashes in object headers, by looking at objects before and after hashing.
 *
 * <p>The position differs between JDKs and with compact headers; nothing is assumed. What is found is tried out the way
 * the barrier will use it: a hash is installed and read back through {@code System.identityHashCode}, also while the
 * object is locked; then it is looked for where {@link LockedHeader} may find it.
 */
final class HeaderProbe {

    /** What {@link #hashShift} returns if ids cannot live in headers. */
    static final int UNEXPECTED = -1;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long STATE_MASK = 7;
    private static final long UNLOCKED = 1;
    private static final long HASH_MASK = 0x7fff_ffffL;
    private static final int LOCKED_HASH = 0x2345_6789;

    private HeaderProbe() {}

    /** Position of the hash in the mark word in bits, or {@link #UNEXPECTED}. */
    static int hashShift() {
        int shift = UNEXPECTED;
        for (int i = 0; i < 8; i++) {
            int found = shiftOf(new Object());
            if (found == UNEXPECTED || shift != UNEXPECTED && found != shift) {
                return UNEXPECTED;
            }
            shift = found;
        }
        return installs(shift, 0x1234_5678) && installs(shift, 1) && installs(shift, (int) HASH_MASK)
                ? shift
                : UNEXPECTED;
    }

    private static int shiftOf(Object object) {
        long before = U.getLong(object, 0L);
        if ((before & STATE_MASK) != UNLOCKED) {
            return UNEXPECTED;
        }
        long hash = System.identityHashCode(object);
        long after = U.getLong(object, 0L);
        for (int shift = 3; shift <= 33; shift++) {
            if (before == (after & ~(HASH_MASK << shift)) && after == (before | hash << shift)) {
                return shift;
            }
        }
        return UNEXPECTED;
    }

    private static boolean installs(int shift, int hash) {
        Object object = new Object();
        long mark = U.getLong(object, 0L);
        if ((mark & Identity.GIVEN) != 0 || Identity.GIVEN >>> shift != 0) {
            return false;
        }
        if (!U.compareAndSetLong(object, 0L, mark, mark | (long) hash << shift | Identity.GIVEN)) {
            return false;
        }
        synchronized (object) {
            if (System.identityHashCode(object) != hash) {
                return false;
            }
        }
        long after = U.getLong(object, 0L);
        return System.identityHashCode(object) == hash
                && (after >>> shift & HASH_MASK) == hash
                && (after & Identity.GIVEN) != 0;
    }

    /**
     * Where a locked header keeps what it had.
     *
     * @param shift what {@link #hashShift} returned
     * @param inflated whether the lock shall be a monitor
     */
    @SuppressWarnings("WaitNotInLoop") // nobody waits for anything: whoever waits needs a monitor
    static int locked(int shift, boolean inflated) {
        Object object = new Object();
        long mark = U.getLong(object, 0L) | (long) LOCKED_HASH << shift | Identity.GIVEN;
        U.putLong(object, 0L, mark);
        synchronized (object) {
            if (inflated) {
                try {
                    object.wait(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return LockedHeader.UNKNOWN;
                }
            }
            // An address is only followed where the header itself is gone.
            for (int place = LockedHeader.IN_PLACE; place <= LockedHeader.POINTED_AT; place++) {
                int fastPlace = inflated ? LockedHeader.UNKNOWN : place;
                int monitorPlace = inflated ? place : LockedHeader.UNKNOWN;
                long found = LockedHeader.ofHeld(object, fastPlace, monitorPlace);
                if (((found ^ mark) & (HASH_MASK << shift | Identity.GIVEN | STATE_MASK)) == 0) {
                    return place;
                }
            }
        }
        return LockedHeader.UNKNOWN;
    }
}
