package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import org.shadowheap.event.layout.EventRecord;

/**
 * Lets mutators themselves ask for roots, each time they have recorded so many events: a drain that lags would ask where it
 * stands, and be answered where they are by then.
 *
 * <p>Events are counted by groups of chunks, of whichever log; large arrays by their bytes, apart, since few events fill a nursery
 * with them. Any thread.
 */
public final class RootDemand {

    /** Chunks of a log in a group: a power of two. */
    static final int CHUNKS = 4;

    /** Records that a group holds. */
    public static final int GROUP_EVENTS = CHUNKS * (Chunks.BYTES - Chunks.FIRST_RECORD) / EventRecord.BYTES;

    /** Elements of an array that is counted by its bytes. */
    static final int LARGE_LENGTH = 1 << 12;

    private static final Unsafe U = Unsafe.getUnsafe();

    /** Groups that were begun, the number of them at which the next request is due, and how many come between two. */
    private static final long GROUPS = IdBlocks.zeroed(3 * Long.BYTES);

    private static final long NEXT = GROUPS + Long.BYTES;
    private static final long STEP = NEXT + Long.BYTES;

    /** Bytes of large arrays, the number of them at which the next request is due, and how many come between two. */
    private static final long LARGE = IdBlocks.zeroed(3 * Long.BYTES);

    private static final long LARGE_NEXT = LARGE + Long.BYTES;
    private static final long LARGE_STEP = LARGE_NEXT + Long.BYTES;

    private RootDemand() {}

    /** A request for each so many bytes of large arrays from now on. Before events are recorded, or between two tests. */
    public static void everyLarge(long bytes) {
        U.putLongVolatile(null, LARGE_STEP, bytes);
        U.putLongVolatile(null, LARGE_NEXT, U.getLongVolatile(null, LARGE) + bytes);
    }

    /** An array of at least {@link #LARGE_LENGTH} elements was born. */
    @DontInline
    static void largeBirth(Object array, int length) {
        long bytes = (long) length * U.arrayIndexScale(array.getClass());
        long born = U.getAndAddLong(null, LARGE, bytes) + bytes;
        long next = U.getLongVolatile(null, LARGE_NEXT);
        if (next != 0
                && born >= next
                && U.compareAndSetLong(null, LARGE_NEXT, next, born + U.getLongVolatile(null, LARGE_STEP))) {
            Stamps.raiseEpoch();
        }
    }

    /** Nobody asks until the next session does. Nobody is in the barrier. */
    static void clear() {
        U.putLongVolatile(null, STEP, 0);
        U.putLongVolatile(null, NEXT, 0);
        U.putLongVolatile(null, LARGE_STEP, 0);
        U.putLongVolatile(null, LARGE_NEXT, 0);
    }

    /**
     * A request for each so many groups from now on. The drain calls.
     *
     * @param groups at least one
     */
    public static void every(long groups) {
        U.putLongVolatile(null, STEP, groups);
        long due = U.getLongVolatile(null, GROUPS) + groups;
        long next = U.getLongVolatile(null, NEXT);
        if (next == 0 || next > due) {
            U.compareAndSetLong(null, NEXT, next, due);
        }
    }

    /** Groups between two requests, 0 if mutators make none. */
    public static long step() {
        return U.getLongVolatile(null, STEP);
    }

    /**
     * A log begins a group. Draws a stamp, so that the drain may end a round here; a request is one, too. Not with each chunk,
     * since everybody opens a new run then.
     */
    static void groupBegins() {
        long groups = U.getAndAddLong(null, GROUPS, 1) + 1;
        long next = U.getLongVolatile(null, NEXT);
        if (next != 0
                && groups >= next
                && U.compareAndSetLong(null, NEXT, next, groups + U.getLongVolatile(null, STEP))) {
            Stamps.raiseEpoch();
        } else {
            Stamps.draw();
        }
    }
}
