package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * Stores where something is uncommon: a thread without a cell, a quiet thread, an object of another thread or of nobody,
 * one that was never met, a site that stores for the first time.
 *
 * <p>Nothing is thrown: what cannot be recorded is counted as lost.
 */
final class SlowStore {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final long BASE = BarrierSetup.arrayBaseOffset;
    private static final long SCALE = Unsafe.ARRAY_OBJECT_INDEX_SCALE;

    private SlowStore() {}

    @DontInline
    static void fieldStore(long known, Object holder, @Nullable Object value, int site) {
        long cell = Cells.enter(known);
        if (cell == Cells.NONE) {
            return;
        }
        try {
            int id = holderId(cell, holder);
            if (id == 0) {
                return;
            }
            int offset = SiteTable.offset(site);
            if (offset == 0) {
                offset = resolve(cell, holder.getClass(), site, false);
            }
            if (offset > 0) {
                boolean shared = (offset & SiteTable.SHARED) != 0;
                int slot = offset & ~SiteTable.SHARED;
                store(cell, EventRecord.FIELD_STORE, holder, id, slot, slot, value, site, shared);
            } else {
                Cells.countLost(cell);
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    @DontInline
    static void arrayStore(long known, Object array, int index, @Nullable Object value, int site, boolean shared) {
        long cell = Cells.enter(known);
        if (cell == Cells.NONE) {
            return;
        }
        try {
            int id = holderId(cell, array);
            if (id != 0) {
                store(cell, EventRecord.ARRAY_STORE, array, id, BASE + index * SCALE, index, value, site, shared);
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    @DontInline
    static void unsafeStore(long known, Object holder, long offset, @Nullable Object value, int site) {
        long cell = Cells.enter(known);
        if (cell == Cells.NONE) {
            return;
        }
        try {
            int id = holderId(cell, holder);
            if (id == 0) {
                return;
            }
            if (holder instanceof Object[]) {
                int index = (int) ((offset - BASE) / SCALE);
                store(cell, EventRecord.ARRAY_STORE, holder, id, offset, index, value, site, true);
            } else {
                int named = NamedSites.of(cell, site, holder, (int) offset);
                store(cell, EventRecord.FIELD_STORE, holder, id, offset, (int) offset, value, named, true);
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    @DontInline
    static void staticStore(long known, Class<?> named, @Nullable Object value, int site) {
        long cell = Cells.enter(known);
        if (cell == Cells.NONE) {
            return;
        }
        try {
            int offset = SiteTable.offset(site);
            if (offset == 0) {
                offset = resolve(cell, named, site, true);
            }
            Class<?> holder = named;
            if (offset == SiteTable.INHERITED) {
                holder = Recording.types().declaringClass(site, named);
                offset = holder == null ? SiteTable.UNKNOWN : Recording.types().inheritedOffset(site, holder);
            }
            int id = holder == null ? 0 : holderId(cell, holder);
            if (offset <= 0) {
                Cells.countLost(cell);
            } else if (id != 0 && holder != null) {
                int slot = offset & ~SiteTable.SHARED;
                store(cell, EventRecord.STATIC_STORE, holder, id, slot, slot, value, site, true);
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    /** The id of an object that is stored to, met and read if need be; 0 if the store is not to be recorded. */
    static int holderId(long cell, Object holder) {
        int id = KnownObjects.id(holder);
        if (id == 0) {
            // What the agent makes for itself stays out; statics of a class that it initializes are everybody's.
            boolean recorded = U.getInt(cell + LogCell.MODE) == LogCell.NORMAL
                    || holder instanceof Class && ExistingHeap.isMirrored();
            return recorded ? FirstContact.meet(cell, holder, false) : 0;
        }
        FirstContact.readIfPending(cell, holder);
        return id;
    }

    @DontInline
    private static int resolve(long cell, Class<?> holder, int site, boolean isStatic) {
        long entered = AgentCode.enter(cell);
        try {
            TypeSource types = Recording.types();
            int offset = isStatic ? types.resolveStatic(site, holder) : types.resolveField(site, holder);
            SiteTable.resolve(site, offset);
            return offset;
        } finally {
            AgentCode.exit(entered);
        }
    }

    private static void store(
            long cell,
            int kind,
            Object holder,
            int id,
            long address,
            int operand,
            @Nullable Object value,
            int site,
            boolean shared) {
        int valueId = FirstContact.idOf(cell, value);
        long word1 = word1(kind, operand, site);
        if (!shared && KnownObjects.owner(holder) == U.getInt(cell + LogCell.LOG)) {
            EventLog.appendOwn(cell, word0(id, valueId), word1);
        } else {
            SharedStore.converge(cell, holder, id, address, value, valueId, word1);
        }
    }

    /** A slot held something else after its store was recorded: records what it holds, until that is what it held. */
    @DontInline
    static void converge(long cell, Object holder, int id, long address, @Nullable Object held, long word1) {
        try {
            Object value = held;
            long again = EventRecord.again(word1);
            for (; ; ) {
                EventLog.appendTicketed(cell, word0(id, FirstContact.idOf(cell, value)), again);
                U.fullFence();
                Object found = U.getReferenceVolatile(holder, address);
                if (found == value) {
                    return;
                }
                value = found;
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }
}
