package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.shadowheap.event.layout.EventRecord;

/**
 * The identity of an object: 31 bits in its own header, where the JVM keeps the identity hash.
 *
 * <p>An id is installed with the compare-and-set that the JVM itself does, from "unlocked, no hash" to "unlocked, this
 * hash".
 *
 * <p>A bit that no JVM from 17 to 25 uses, and all of them keep, says that the hash was given by us: an archived string, say, comes
 * with a hash that may be another object's id.
 *
 * <p>Ids are never given twice, and a session gives ascending blocks of them: one below the {@linkplain #firstId first} of this session
 * was given in an earlier one. The object keeps it; whether this session has met the object is known to {@link EarlierIds}.
 *
 * <pre>
 *   mark word    ... | hash 31 | ... | given 1 | age 4 | 0 | 01 |      unlocked: the low three bits are 001
 * </pre>
 *
 * A header that is locked or inflated is read where {@link LockedHeader} finds it, or else through {@code
 * System.identityHashCode}, which gives a hash if there is none. With {@code identity=hash} every header is read so, and {@link ForeignHashes} alone knows ids.
 */
public final class Identity {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final boolean HEADER = BarrierSetup.headerIdentity;
    private static final int SHIFT = BarrierSetup.hashShift;

    private static final int FAST_LOCKED = BarrierSetup.fastLocked;
    private static final int INFLATED = BarrierSetup.inflated;

    private static final int GIVEN_BIT = 7;
    private static final int SIGN_FROM_GIVEN = Integer.SIZE - 1 - GIVEN_BIT;

    /** The bit in a header whose hash is an id. */
    public static final long GIVEN = 1 << GIVEN_BIT;

    private static final long STATE_MASK = 7;
    private static final long UNLOCKED = 1;
    private static final int MASK = EventRecord.MAX_ID;

    /** The least id of this session; in the first session every id is one of it. Changes only between sessions. */
    static int firstId;

    private Identity() {}

    /** How many ids earlier sessions have used up, or left: those from there on are of this one. */
    public static int idsOfEarlierSessions() {
        return firstId;
    }

    /**
     * The number in an object's header, 0 if there is none yet. It is the object's id if we gave it; else
     * {@link ForeignHashes} decides.
     */
    @ForceInline
    static int peek(Object object) {
        if (HEADER) {
            long mark = U.getLong(object, 0L);
            if ((mark & STATE_MASK) == UNLOCKED) {
                return (int) (mark >>> SHIFT) & MASK;
            }
        }
        return peekLocked(object);
    }

    /** As {@link #peek}, with the sign set if we did not give the number; 0 if the header is locked or inflated. For fast paths. */
    @ForceInline
    static int key(Object object) {
        long mark = U.getLong(object, 0L);
        int number = (int) (mark >>> SHIFT) & MASK;
        return (mark & STATE_MASK) == UNLOCKED ? number | (int) (~mark & GIVEN) << SIGN_FROM_GIVEN : 0;
    }

    /** The id in an object's header, -1 if there is none of this session or it cannot be read at once. For fast paths. */
    @ForceInline
    static int given(Object object) {
        long mark = U.getLong(object, 0L);
        int number = (int) (mark >>> SHIFT) & MASK;
        return (mark & (STATE_MASK | GIVEN)) == (UNLOCKED | GIVEN) && number >= firstId ? number : -1;
    }

    /** The id, of whatever session, that the header shows; 0 if it shows none. */
    static int shown(Object object) {
        long mark = U.getLong(object, 0L);
        return (mark & (STATE_MASK | GIVEN)) == (UNLOCKED | GIVEN) ? (int) (mark >>> SHIFT) & MASK : 0;
    }

    /** The header without its lock; 0 if that cannot be told: then another thread has the lock, or this JVM hides what it covers. */
    static long unlocked(Object object) {
        long mark = U.getLong(object, 0L);
        return (mark & STATE_MASK) == UNLOCKED ? mark : ofLocked(object);
    }

    /**
     * As {@link #unlocked}, of one that is locked. To ask whether a thread has a lock is a call into the JVM, many times as long as all the
     * rest: where it need not be made, it is not.
     */
    private static long ofLocked(Object object) {
        if ((FAST_LOCKED | INFLATED) == LockedHeader.UNKNOWN) {
            return 0;
        }
        long mark = U.getLong(object, 0L);
        if (LockedHeader.isInPlace(mark, FAST_LOCKED, INFLATED)) {
            return LockedHeader.inPlace(mark);
        }
        boolean isAddress = FAST_LOCKED == LockedHeader.POINTED_AT && LockedHeader.isFast(mark);
        if (isAddress && OwnStack.contains(Cells.recent(), mark)) {
            return LockedHeader.pointedAt(mark);
        }
        if (!Thread.holdsLock(object)) {
            return 0;
        }
        if (isAddress) {
            OwnStack.learn(Cells.recent(), U.getLong(object, 0L));
        }
        return LockedHeader.ofHeld(object, FAST_LOCKED, INFLATED);
    }

    /** Whether the header shows that its hash, if it has one, is no id. */
    static boolean isNotGiven(Object object) {
        long mark = unlocked(object);
        return mark != 0 && (mark & GIVEN) == 0;
    }

    /** As {@link #peek}, whatever the state of the header. */
    @DontInline
    private static int peekLocked(Object object) {
        int number = HEADER ? (int) (ofLocked(object) >>> SHIFT) & MASK : 0;
        return number != 0 ? number : System.identityHashCode(object);
    }

    /** Whether an id can be installed in the object's header. */
    @ForceInline
    static boolean isUnlockedWithoutHash(Object object) {
        return (U.getLong(object, 0L) & (STATE_MASK | (long) MASK << SHIFT)) == UNLOCKED;
    }

    /** Whether ids live in headers and this one has none yet, nor a hash, and is not locked. */
    @ForceInline
    static boolean isFresh(Object object) {
        return HEADER && isUnlockedWithoutHash(object);
    }

    /**
     * Gives the id to an object that {@linkplain #isFresh is fresh} and that no other thread has seen yet. A plain write: the
     * JVM changes such a header only while the thread stands still, and then no more than its age.
     */
    @ForceInline
    static void giveToNew(Object object, int id) {
        U.putLong(object, 0L, U.getLong(object, 0L) | (long) id << SHIFT | GIVEN);
    }

    /**
     * Gives an object the id, unless it has a hash or is locked.
     *
     * @return whether the object has this id now
     */
    @ForceInline
    static boolean install(Object object, int id) {
        if (!HEADER) {
            return false;
        }
        long hash = (long) id << SHIFT | GIVEN;
        for (; ; ) {
            long mark = U.getLong(object, 0L);
            if ((mark & (STATE_MASK | (long) MASK << SHIFT)) != UNLOCKED) {
                return false;
            }
            if (U.compareAndSetLong(object, 0L, mark, mark | hash)) {
                return true;
            }
        }
    }
}
