package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.event.layout.IdOrder;

/**
 * Births where something is uncommon: a thread without a cell or without ids, a type seen for the first time, an object
 * that comes filled.
 *
 * <p>Nothing is thrown: what cannot be recorded is counted as lost.
 */
final class SlowBirth {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final boolean HEADER = BarrierSetup.headerIdentity;

    private SlowBirth() {}

    @DontInline
    static void birth(Object object) {
        long known = Cells.current();
        if (known != Cells.NONE && U.getInt(known + LogCell.MODE) != LogCell.NORMAL || ofKnownType(known, object)) {
            return;
        }
        long cell = Cells.enter(known);
        if (cell == Cells.NONE) {
            return;
        }
        try {
            giveBirth(cell, object);
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    /** The birth of an object whose type is known, by a thread that has ids. */
    private static boolean ofKnownType(long cell, Object object) {
        int type = TypeSet.indexOf(object.getClass());
        int next = U.getInt(cell + LogCell.NEXT_ID);
        if (type == TypeSet.NONE || next == U.getInt(cell + LogCell.ID_END) || !Identity.isFresh(object)) {
            return false;
        }
        U.putInt(cell + LogCell.NEXT_ID, next + 1);
        int id = IdOrder.scattered(next);
        int extent = extent(object, TypeSet.layout(type));
        EventLog.appendOwn(cell, word0(id, TypeSet.id(type)), word1(EventRecord.BIRTH, extent, 0));
        Identity.giveToNew(object, id);
        return true;
    }

    /** Gives birth to an object that has no id yet. Returns the id, 0 if its birth is not recorded. */
    private static int giveBirth(long cell, Object object) {
        if (HEADER ? !Identity.isUnlockedWithoutHash(object) : KnownObjects.id(object) != 0) {
            // Whoever allocated it told of its birth; or it was hashed or locked: then it is met when it is first
            // stored.
            return 0;
        }
        Layout layout = layout(cell, object.getClass());
        if (layout == null || !layout.born || !ExistingHeap.isMirrored()) {
            return 0;
        }
        int type = FirstContact.type(cell, object.getClass());
        boolean begins = U.getInt(cell + LogCell.NEXT_ID) == U.getInt(cell + LogCell.ID_END);
        int id = type == 0 ? 0 : nextId(cell);
        if (id == 0) {
            return 0;
        }
        // The record first: an id that is seen, and was never born, would contradict all that mentions it.
        EventLog.appendOwn(cell, word0(id, type), word1(EventRecord.BIRTH, extent(object, layout), 0));
        if (HEADER) {
            Identity.giveToNew(object, id);
        } else {
            enterForeign(cell, object, Identity.peek(object), id);
        }
        if (LivenessSamples.ON && begins) {
            LivenessSamples.take(cell, object, id);
        }
        return id;
    }

    @DontInline
    private static void enterForeign(long cell, Object object, int number, int id) {
        long entered = AgentCode.enter(cell);
        try {
            int log = U.getInt(cell + LogCell.LOG);
            ForeignHashes.enter(object, new ForeignHashes.Entry(object, number, id, log, false));
        } finally {
            AgentCode.exit(entered);
        }
    }

    /** Length of an array, else 0. */
    static int extent(Object object, Layout layout) {
        return layout.array ? ArrayLength.of(object) : 0;
    }

    private static @Nullable Layout layout(long cell, Class<?> type) {
        int index = TypeSet.indexOf(type);
        if (index != TypeSet.NONE) {
            return TypeSet.layout(index);
        }
        return unknownLayout(cell, type);
    }

    @DontInline
    private static @Nullable Layout unknownLayout(long cell, Class<?> type) {
        long entered = AgentCode.enter(cell);
        try {
            return Recording.types().layout(type);
        } finally {
            AgentCode.exit(entered);
        }
    }

    /** The next id and the end of its block as they lie in a cell. */
    private static long ids(int next, int end) {
        return U.isBigEndian() ? (long) next << 32 | end : (long) end << 32 | next;
    }

    private static int nextId(long cell) {
        int next = U.getInt(cell + LogCell.NEXT_ID);
        if (next == U.getInt(cell + LogCell.ID_END)) {
            next = IdBlocks.draw(U.getInt(cell + LogCell.LOG));
            if (next == 0) {
                Recording.fail("all 2^31 ids are used up");
                return 0;
            }
            U.putLong(cell + LogCell.IDS, ids(next + 1, next + LivenessSamples.usedOfBlock()));
        } else {
            U.putInt(cell + LogCell.NEXT_ID, next + 1);
        }
        return IdOrder.scattered(next);
    }

    @DontInline
    static void filledBirth(long known, Object object) {
        if (known != Cells.NONE && U.getInt(known + LogCell.MODE) != LogCell.NORMAL) {
            return;
        }
        long cell = Cells.enter(known);
        if (cell == Cells.NONE || U.getInt(cell + LogCell.MODE) != LogCell.NORMAL) {
            return;
        }
        try {
            if (KnownObjects.id(object) == 0) {
                int id = giveBirth(cell, object);
                Layout layout = id == 0 ? null : layout(cell, object.getClass());
                if (layout != null) {
                    FilledBirth.fill(cell, object, id, layout);
                }
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }
}
