package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * The barrier where something is uncommon: a thread without a cell, a quiet thread, an object of another thread or of
 * nobody, one that was never met, a type or a site seen for the first time.
 *
 * <p>Nothing is thrown: what cannot be recorded is counted as lost.
 */
final class SlowPath {

    static final long LENGTH_OFFSET = BarrierSetup.arrayLengthOffset;

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final boolean HEADER = BarrierSetup.headerIdentity;
    private static final long BASE = BarrierSetup.arrayBaseOffset;
    private static final long SCALE = Unsafe.ARRAY_OBJECT_INDEX_SCALE;

    private SlowPath() {}

    /** The thread's cell, made if need be; {@link Cells#NONE} if nothing is recorded. */
    private static long enter(long cell) {
        long entered = cell == Cells.NONE ? Cells.create() : cell;
        return U.getInt(entered + LogCell.MODE) == LogCell.OFF ? Cells.NONE : entered;
    }

    @DontInline
    static void birth(long known, Object object) {
        long cell = enter(known);
        if (cell == Cells.NONE || U.getInt(cell + LogCell.MODE) != LogCell.NORMAL) {
            return;
        }
        try {
            giveBirth(cell, object);
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    /** Gives birth to an object that has no id yet. Returns the id, 0 if its birth is not recorded. */
    private static int giveBirth(long cell, Object object) {
        Layout layout = layout(cell, object.getClass());
        if (layout == null
                || !layout.born
                || !ExistingHeap.isMirrored()
                || HEADER && Identity.peekUnlocked(object) != 0) {
            return 0;
        }
        int type = FirstContact.type(cell, object.getClass());
        int id = type == 0 ? 0 : nextId(cell);
        if (id == 0) {
            return 0;
        }
        if (!Identity.install(object, id)) {
            int number = Identity.peek(object);
            if (HEADER || KnownObjects.id(object) != 0) {
                // Hashed or locked while it was constructed: it is met when it is first stored.
                return 0;
            }
            AgentCode.enter(cell);
            try {
                ForeignHashes.enter(object, number, id, U.getInt(cell + LogCell.LOG), false);
            } finally {
                AgentCode.exit(cell);
            }
        }
        int extent = layout.array ? U.getInt(object, LENGTH_OFFSET) : 0;
        EventLog.appendOwn(cell, word0(id, type), word1(EventRecord.BIRTH, extent, 0));
        return id;
    }

    private static @Nullable Layout layout(long cell, Class<?> type) {
        AgentCode.enter(cell);
        try {
            return Recording.types().layout(type);
        } finally {
            AgentCode.exit(cell);
        }
    }

    private static int nextId(long cell) {
        int id = U.getInt(cell + LogCell.NEXT_ID);
        if (id == U.getInt(cell + LogCell.ID_END)) {
            id = IdBlocks.draw(U.getInt(cell + LogCell.LOG));
            if (id == 0) {
                Recording.fail("all 2^31 ids are used up");
                return 0;
            }
            U.putInt(cell + LogCell.ID_END, id + IdBlocks.SIZE);
        }
        U.putInt(cell + LogCell.NEXT_ID, id + 1);
        return id;
    }

    @DontInline
    static void filledBirth(Object object) {
        long cell = enter(Cells.current());
        if (cell == Cells.NONE || U.getInt(cell + LogCell.MODE) != LogCell.NORMAL) {
            return;
        }
        try {
            if (KnownObjects.id(object) == 0) {
                int id = giveBirth(cell, object);
                Layout layout = id == 0 ? null : layout(cell, object.getClass());
                if (layout != null && (layout.referenceArray || layout.fields.length > 0)) {
                    fill(cell, object, id, layout);
                }
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    private static void fill(long cell, Object object, int id, Layout layout) {
        if (object instanceof Object[][] nested) {
            for (Object element : nested) {
                filledBirthOf(element);
            }
        }
        AgentCode.enter(cell);
        try {
            Snapshot.record(cell, object, id, layout);
        } finally {
            AgentCode.exit(cell);
        }
    }

    private static void filledBirthOf(@Nullable Object element) {
        if (element != null) {
            filledBirth(element);
        }
    }

    @DontInline
    static void fieldStore(long known, Object holder, @Nullable Object value, int site) {
        long cell = enter(known);
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
    static void arrayStore(long known, Object array, int index, @Nullable Object value, int site) {
        long cell = enter(known);
        if (cell == Cells.NONE) {
            return;
        }
        try {
            int id = holderId(cell, array);
            if (id != 0) {
                store(cell, EventRecord.ARRAY_STORE, array, id, BASE + index * SCALE, index, value, site, false);
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    @DontInline
    static void staticStore(long known, Class<?> named, @Nullable Object value, int site) {
        long cell = enter(known);
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

    @DontInline
    static void arrayCopy(long known, Object[] array, int from, int length, int site) {
        long cell = enter(known);
        if (cell == Cells.NONE) {
            return;
        }
        try {
            int id = holderId(cell, array);
            if (id == 0) {
                return;
            }
            for (int i = from; i < from + length; i++) {
                FirstContact.idOf(cell, array[i]);
            }
            if (KnownObjects.owner(array) != U.getInt(cell + LogCell.LOG)) {
                EventLog.draw(cell);
                EventLog.append(cell, word0(id, 0), word1(EventRecord.ARRAY_COPY, length, site));
            } else {
                EventLog.appendOwn(cell, word0(id, 0), word1(EventRecord.ARRAY_COPY, length, site));
            }
            for (int i = from; i < from + length; i++) {
                int valueId = FirstContact.idOf(cell, array[i]);
                EventLog.append(cell, word0(id, valueId), word1(EventRecord.COPIED_ELEMENT, i, site));
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    /** The id of an object that is stored to, met and read if need be; 0 if the store is not to be recorded. */
    private static int holderId(long cell, Object holder) {
        int id = KnownObjects.id(holder);
        if (id == 0) {
            return U.getInt(cell + LogCell.MODE) != LogCell.NORMAL ? 0 : FirstContact.meet(cell, holder, false);
        }
        FirstContact.readIfPending(cell, holder);
        return id;
    }

    private static int resolve(long cell, Class<?> holder, int site, boolean isStatic) {
        AgentCode.enter(cell);
        try {
            TypeSource types = Recording.types();
            int offset = isStatic ? types.resolveStatic(site, holder) : types.resolveField(site, holder);
            SiteTable.resolve(site, offset);
            return offset;
        } finally {
            AgentCode.exit(cell);
        }
    }

    /**
     * Records a store. One to another's object, or to a slot that threads share, draws its ticket after the store and then
     * reads the slot again, until what was recorded last under the highest ticket is what memory holds.
     */
    private static void store(
            long cell,
            int kind,
            Object holder,
            int id,
            long address,
            int operand,
            @Nullable Object stored,
            int site,
            boolean shared) {
        Object value = stored;
        int valueId = FirstContact.idOf(cell, value);
        if (!shared && KnownObjects.owner(holder) == U.getInt(cell + LogCell.LOG)) {
            EventLog.appendOwn(cell, word0(id, valueId), word1(kind, operand, site));
            return;
        }
        for (; ; ) {
            EventLog.draw(cell);
            EventLog.append(cell, word0(id, valueId), word1(kind, operand, site));
            Object found = U.getReferenceVolatile(holder, address);
            if (found == value) {
                return;
            }
            value = found;
            valueId = FirstContact.idOf(cell, value);
        }
    }
}
