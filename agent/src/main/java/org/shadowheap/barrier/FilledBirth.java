package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.event.layout.IdOrder;

/**
 * Births of objects that may come filled, which nobody else has seen yet: clones, copies, nested arrays.
 *
 * <p>The slots are told of like those of a snapshot, as the thread's own: no ticket is needed. Nothing is thrown: what cannot
 * be recorded is counted as lost.
 */
final class FilledBirth {

    private static final Unsafe U = Unsafe.getUnsafe();

    private FilledBirth() {}

    @DontInline
    static void record(long cell, Object object) {
        int next = U.getInt(cell + LogCell.NEXT_ID);
        // First what holds of a quiet thread, which has no ids.
        int type = next == U.getInt(cell + LogCell.ID_END) ? TypeSet.NONE : TypeSet.indexOf(object.getClass());
        if (type == TypeSet.NONE || !Identity.isFresh(object)) {
            SlowBirth.filledBirth(cell, object);
            return;
        }
        U.putInt(cell + LogCell.NEXT_ID, next + 1);
        int id = IdOrder.scattered(next);
        Layout layout = TypeSet.layout(type);
        EventLog.appendOwn(
                cell, word0(id, TypeSet.id(type)), word1(EventRecord.BIRTH, SlowBirth.extent(object, layout), 0));
        Identity.giveToNew(object, id);
        fill(cell, object, id, layout);
    }

    /** Tells of the references in an object that was born just now. */
    static void fill(long cell, Object object, int id, Layout layout) {
        if (!layout.referenceArray && layout.fields.length == 0) {
            return;
        }
        try {
            if (object instanceof Object[] array) {
                for (int i = 0; i < array.length; i++) {
                    slot(cell, object, id, i, array[i]);
                }
            } else {
                for (long offset : layout.fields) {
                    slot(cell, object, id, (int) offset, U.getReference(object, offset));
                }
            }
            EventLog.appendOwn(cell, word0(id, 0), word1(EventRecord.SNAPSHOT_END, 0, 0));
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    private static void slot(long cell, Object object, int id, int slot, @Nullable Object value) {
        if (value == null) {
            return;
        }
        int known = KnownObjects.trustedId(value);
        int valueId = known != 0 ? known : idOfUnknown(cell, object, value);
        if (valueId != 0) {
            EventLog.appendOwn(cell, word0(id, valueId), word1(EventRecord.SNAPSHOT_SLOT, slot, 0));
        }
    }

    @DontInline
    private static int idOfUnknown(long cell, Object object, Object value) {
        Class<?> part = object.getClass().getComponentType();
        if (part != null && part.isArray() && KnownObjects.id(value) == 0) {
            record(cell, value);
        }
        int id = KnownObjects.id(value);
        return id != 0 ? id : FirstContact.meet(cell, value, true);
    }
}
