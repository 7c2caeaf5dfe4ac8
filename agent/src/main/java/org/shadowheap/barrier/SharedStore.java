package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * Stores to another thread's object, or to a slot that threads share, where holder and value were met before, and stores to
 * one's own whose record needs a new chunk or stamp: common, but not worth the room in every method that stores. What is uncommon about a store goes on to {@link SlowStore}.
 *
 * <p>Nothing is allocated, looked up in a table of objects, or thrown.
 */
final class SharedStore {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final long BASE = BarrierSetup.arrayBaseOffset;
    private static final long SCALE = Unsafe.ARRAY_OBJECT_INDEX_SCALE;

    private SharedStore() {}

    @DontInline
    static void field(Object holder, @Nullable Object value, int site) {
        long cell = Cells.current();
        if (isAgents(cell, holder)) {
            return;
        }
        int offset = SiteTable.offset(site);
        int id = readId(cell, holder);
        int valueId = id == 0 ? 0 : KnownObjects.trustedId(value);
        if (offset > 0 && id != 0 && (value == null || valueId != 0)) {
            int slot = offset & ~SiteTable.SHARED;
            long word1 = word1(EventRecord.FIELD_STORE, slot, site);
            if (offset == slot && isOwn(cell, id)) {
                EventLog.appendOwn(cell, word0(id, valueId), word1);
            } else {
                converge(cell, holder, id, slot, value, valueId, word1);
            }
            return;
        }
        SlowStore.fieldStore(cell, holder, value, site);
    }

    /** Stores to several fields, each for itself. */
    @DontInline
    static void fields(
            Object holder,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            @Nullable Object fourth,
            int count,
            int site) {
        field(holder, first, site);
        field(holder, second, site + 1);
        if (count > 2) {
            field(holder, third, site + 2);
        }
        if (count > 3) {
            field(holder, fourth, site + 3);
        }
    }

    @DontInline
    static void element(Object array, int index, @Nullable Object value, int site, boolean shared) {
        long cell = Cells.current();
        if (isAgents(cell, array)) {
            return;
        }
        int id = readId(cell, array);
        int valueId = id == 0 ? 0 : KnownObjects.trustedId(value);
        if (id != 0 && (value == null || valueId != 0)) {
            long word1 = word1(EventRecord.ARRAY_STORE, index, site);
            if (!shared && isOwn(cell, id)) {
                EventLog.appendOwn(cell, word0(id, valueId), word1);
            } else {
                converge(cell, array, id, BASE + index * SCALE, value, valueId, word1);
            }
            return;
        }
        SlowStore.arrayStore(cell, array, index, value, site, shared);
    }

    /** A store at an offset draws a ticket whatever it is: what is written so, threads share. */
    @DontInline
    static void atOffset(Object holder, long offset, @Nullable Object value, int site) {
        long cell = Cells.current();
        if (isAgents(cell, holder)) {
            return;
        }
        int id = readId(cell, holder);
        int valueId = id == 0 ? 0 : KnownObjects.trustedId(value);
        if (id != 0 && (value == null || valueId != 0)) {
            long word1;
            if (holder instanceof Object[]) {
                word1 = word1(EventRecord.ARRAY_STORE, (int) ((offset - BASE) / SCALE), site);
            } else {
                int named = NamedSites.of(cell, site, holder, (int) offset);
                word1 = word1(EventRecord.FIELD_STORE, (int) offset, named);
            }
            converge(cell, holder, id, offset, value, valueId, word1);
            return;
        }
        SlowStore.unsafeStore(cell, holder, offset, value, site);
    }

    /**
     * Whether a quiet thread stores to what the agent has made for itself, as it mostly does: an object without an id. Class mirrors are
     * everybody's.
     */
    @ForceInline
    private static boolean isAgents(long cell, Object holder) {
        return U.getInt(cell + LogCell.MODE) == LogCell.QUIET && Identity.isFresh(holder) && !(holder instanceof Class);
    }

    /** The id of an object whose header tells it, and whose slots were read if it was met; else 0. */
    private static int readId(long cell, Object holder) {
        if (U.getInt(cell + LogCell.MODE) == LogCell.OFF) {
            return 0;
        }
        int id = KnownObjects.trustedId(holder);
        int owner = IdBlocks.owner(id);
        // Of nobody's objects some are pending; their block may be ambiguous.
        return (owner == IdBlocks.NOBODY || owner < 0) && KnownObjects.isPending(id) ? 0 : id;
    }

    private static boolean isOwn(long cell, int id) {
        return IdBlocks.owner(id) == U.getInt(cell + LogCell.LOG);
    }

    /**
     * Records a store under a ticket that is drawn after it, and then reads the slot again: until what was recorded last,
     * under the highest ticket, is what memory holds.
     *
     * @param address offset in bytes of the slot from the holder
     */
    static void converge(
            long cell, Object holder, int id, long address, @Nullable Object stored, int storedId, long word1) {
        // Were the slot read before the record is published, a round could miss the record, and hold the other's.
        EventLog.appendTicketedVolatile(cell, word0(id, storedId), word1);
        Object found = U.getReferenceVolatile(holder, address);
        if (found != stored) {
            SlowStore.converge(cell, holder, id, address, found, word1);
        }
    }
}
