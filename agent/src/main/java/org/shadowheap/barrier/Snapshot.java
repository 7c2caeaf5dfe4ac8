package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import java.lang.ref.Reference;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * Records the reference slots of an object as they are now.
 *
 * <p>First every referent gets an id, then one ticket is drawn and the slots are read again under it. A slot that changes
 * in between belongs to a store whose own barrier records it: a snapshot never overrides a store.
 */
final class Snapshot {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long[] NO_FIELDS = {};

    private Snapshot() {}

    /** Records all slots of an object, and the statics if it is a class mirror. The calling thread is quiet. */
    static void record(long cell, Object object, int id, Layout layout) {
        long[] statics = NO_FIELDS;
        if (object instanceof Class<?> mirror) {
            Layout mirrored = Recording.types().layout(mirror);
            statics = mirrored == null ? NO_FIELDS : mirrored.statics;
        }
        if (layout.referenceArray) {
            Object[] array = (Object[]) object;
            for (Object element : array) {
                introduce(cell, element);
            }
            EventLog.drawToMeet(cell);
            for (int i = 0; i < array.length; i++) {
                slot(cell, id, i, array[i]);
            }
        } else {
            introduceAll(cell, object, layout.fields);
            introduceAll(cell, object, statics);
            introduce(cell, referent(object, layout));
            EventLog.drawToMeet(cell);
            slot(cell, id, (int) layout.referent, referent(object, layout));
            slots(cell, id, object, layout.fields);
            slots(cell, id, object, statics);
        }
        EventLog.append(cell, word0(id, 0), word1(EventRecord.SNAPSHOT_END, 0, 0));
    }

    /**
     * What a soft or weak reference refers to, so that the collector knows of it: compiled code that reads the field otherwise, as
     * {@code Unsafe} does, may get an object that is being collected.
     */
    private static @Nullable Object referent(Object object, Layout layout) {
        return layout.referent != Layout.UNREADABLE && object instanceof Reference<?> reference
                ? reference.get()
                : null;
    }

    private static void introduceAll(long cell, Object object, long[] offsets) {
        for (long offset : offsets) {
            introduce(cell, U.getReferenceVolatile(object, offset));
        }
    }

    private static void introduce(long cell, @Nullable Object referent) {
        if (referent != null && KnownObjects.id(referent) == 0) {
            FirstContact.meet(cell, referent, true);
        }
    }

    private static void slots(long cell, int id, Object object, long[] offsets) {
        for (long offset : offsets) {
            slot(cell, id, (int) offset, U.getReferenceVolatile(object, offset));
        }
    }

    private static void slot(long cell, int id, int slot, @Nullable Object value) {
        int known = value == null ? 0 : KnownObjects.id(value);
        if (known != 0) {
            EventLog.appendRead(cell, word0(id, known), word1(EventRecord.SNAPSHOT_SLOT, slot, 0));
        }
    }
}
