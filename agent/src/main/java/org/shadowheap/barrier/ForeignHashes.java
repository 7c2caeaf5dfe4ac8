package org.shadowheap.barrier;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * Knows the objects whose hash the JVM gave, and their ids.
 *
 * <p>Two objects may have the same hash, so such a hash is trusted only together with the object itself. The hash is the
 * object's id if nothing else of its block of numbers was given to anybody; else the object gets an alias from the ids of
 * nobody. With {@code identity=hash} all objects live here.
 *
 * <p>A fixed array of lists with weak references. Any thread inserts at the head by compare-and-set and reads without
 * locks; one thread at a time removes what was collected. Used on slow paths by quiet threads only: it allocates.
 */
public final class ForeignHashes {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final int BUCKETS = BarrierSetup.headerIdentity ? 1 << 16 : 1 << 20;
    private static final @Nullable Entry[] TABLE = new Entry[BUCKETS];

    /** One object. */
    static final class Entry extends WeakReference<Object> {
        final int number;
        final int id;

        /** Log that gave birth to the object, or nobody. */
        final int owner;

        volatile @Nullable Entry next;

        /** 1 while the object was not read yet; whoever sets it to 0 reads it. */
        volatile int pending;

        private static final long PENDING = U.objectFieldOffset(Entry.class, "pending");

        /** Takes the reading of the object on; true for exactly one caller. */
        boolean claim() {
            return U.compareAndSetInt(this, PENDING, 1, 0);
        }

        /**
         * An entry that is not in the table yet.
         *
         * @param owner log that gave birth to the object, or nobody
         * @param pending whether its slots are to be read later
         */
        Entry(Object object, int number, int id, int owner, boolean pending) {
            super(object);
            this.number = number;
            this.id = id;
            this.owner = owner;
            this.pending = pending ? 1 : 0;
        }
    }

    private ForeignHashes() {}

    private static long slot(int number) {
        int index = (number * 0x9e37_79b9 >>> 12) & BUCKETS - 1;
        return BarrierSetup.arrayBaseOffset + (long) index * Unsafe.ARRAY_OBJECT_INDEX_SCALE;
    }

    /** The entry of an object whose header holds this number, null if it was never met. */
    static @Nullable Entry find(Object object, int number) {
        Entry entry = (Entry) U.getReferenceVolatile(TABLE, slot(number));
        while (entry != null) {
            if (entry.number == number && entry.refersTo(object)) {
                return entry;
            }
            entry = entry.next;
        }
        return null;
    }

    /**
     * Chooses the id of an object whose header holds this number; 0 when ids are used up. The first hash of a block is its
     * object's id: no second object is told under it, however many threads meet objects of one hash at the same time.
     */
    static int chooseId(int number) {
        return IdBlocks.reserveForeign(number) ? number : IdBlocks.nobodys();
    }

    /**
     * Enters an object.
     *
     * @param fresh a new entry for it
     * @return its entry: this one, or the one that another thread entered first
     */
    static Entry enter(Object object, Entry fresh) {
        int number = fresh.number;
        long slot = slot(number);
        for (; ; ) {
            Entry head = (Entry) U.getReferenceVolatile(TABLE, slot);
            Entry found = find(object, number);
            if (found != null) {
                return found;
            }
            fresh.next = head;
            if (U.compareAndSetReference(TABLE, slot, head, fresh)) {
                return fresh;
            }
        }
    }

    /** Forgets all objects. Nobody is in the barrier. */
    static void clear() {
        Arrays.fill(TABLE, null);
    }

    /** Unlinks the entries of collected objects. One thread at a time calls. */
    public static void expunge() {
        expunge(BUCKETS);
    }

    /** Loads what that needs. */
    public static void rehearse() {
        expunge(1);
    }

    private static void expunge(int buckets) {
        for (int i = 0; i < buckets; i++) {
            long slot = BarrierSetup.arrayBaseOffset + (long) i * Unsafe.ARRAY_OBJECT_INDEX_SCALE;
            Entry previous = (Entry) U.getReferenceVolatile(TABLE, slot);
            if (previous == null) {
                continue;
            }
            // The head stays: inserting threads compare against it.
            for (Entry entry = previous.next; entry != null; entry = entry.next) {
                if (entry.refersTo(null)) {
                    previous.next = entry.next;
                } else {
                    previous = entry;
                }
            }
        }
    }
}
