package org.shadowheap.agent;

import jdk.internal.misc.Unsafe;
import org.shadowheap.barrier.Identity;

/**
 * Finds out how this JVM keeps identity hashes in object headers, by looking at objects before and after hashing.
 *
 * <p>The position differs between JDKs and with compact headers; nothing is assumed. What is found is tried out the way
 * the barrier will use it: a hash is installed and read back through {@code System.identityHashCode}, also while the
 * object is locked.
 */
final class HeaderProbe {

    /** What {@link #hashShift} returns if ids cannot live in headers. */
    static final int UNEXPECTED = -1;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long STATE_MASK = 7;
    private static final long UNLOCKED = 1;
    private static final long HASH_MASK = 0x7fff_ffffL;

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
}
