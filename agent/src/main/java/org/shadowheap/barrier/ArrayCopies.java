package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import org.shadowheap.event.layout.EventRecord;

/**
 * References that were copied into an array: what its elements are afterwards is told, never where they came from.
 *
 * <p>Nothing is thrown: what cannot be recorded is counted as lost.
 */
final class ArrayCopies {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final long BASE = BarrierSetup.arrayBaseOffset;
    private static final long SCALE = Unsafe.ARRAY_OBJECT_INDEX_SCALE;

    /** An odd number: ids of elements become one of 64 bits, by which a copy that was overwritten is told. */
    private static final long FINGERPRINT = 0x9e37_79b9_7f4a_7c15L;

    private ArrayCopies() {}

    @DontInline
    static void copied(long known, Object[] array, int from, int length, int site) {
        record(known, array, from, array, from, length, site);
    }

    /** Records a copy; what the elements are now is read from {@code source}: the array itself once it was made. */
    private static void record(
            long known, Object[] source, int sourceFrom, Object[] array, int from, int length, int site) {
        long cell = Cells.enter(known);
        if (cell == Cells.NONE) {
            return;
        }
        try {
            int id = SlowStore.holderId(cell, array);
            if (id == 0) {
                return;
            }
            if (KnownObjects.owner(array) == U.getInt(cell + LogCell.LOG)) {
                EventLog.appendOwn(cell, word0(id, 0), word1(EventRecord.ARRAY_COPY, length, site));
                appendElements(cell, id, source, sourceFrom, from, length, site);
                return;
            }
            EventLog.appendTicketed(cell, word0(id, 0), word1(EventRecord.ARRAY_COPY, length, site));
            // Another may have stored, and told of it in an earlier round, since an element was read.
            long told = appendElements(cell, id, source, sourceFrom, from, length, site);
            U.fullFence();
            while (source == array && told != elements(cell, array, from, length)) {
                EventLog.draw(cell);
                told = appendElements(cell, id, array, from, from, length, EventRecord.AGAIN);
                U.fullFence();
            }
        } catch (Throwable failure) {
            Cells.countLost(cell);
        }
    }

    /** Appends what the elements are now; returns what {@link #elements} does if they have not changed. */
    private static long appendElements(
            long cell, int id, Object[] source, int sourceFrom, int from, int length, int site) {
        long told = 0;
        for (int i = 0; i < length; i++) {
            int valueId = FirstContact.idOf(cell, source[sourceFrom + i]);
            EventLog.appendRead(cell, word0(id, valueId), word1(EventRecord.COPIED_ELEMENT, from + i, site));
            told = told * FINGERPRINT + valueId;
        }
        return told;
    }

    /** A number for what the elements are now. */
    private static long elements(long cell, Object[] array, int from, int length) {
        long found = 0;
        for (int i = 0; i < length; i++) {
            Object element = U.getReferenceVolatile(array, BASE + (from + i) * SCALE);
            found = found * FINGERPRINT + FirstContact.idOf(cell, element);
        }
        return found;
    }

    /** Records what a copy that will fail leaves behind: the elements before the first one that does not fit. */
    @DontInline
    static void begins(Object[] source, int sourceFrom, Object[] array, int from, int length, int site) {
        Class<?> type = array.getClass().getComponentType();
        boolean fits = type.isAssignableFrom(source.getClass().getComponentType());
        boolean inside = (sourceFrom | from | length) >= 0
                && length <= source.length - sourceFrom
                && length <= array.length - from;
        if (fits || !inside) {
            return;
        }
        int copied = 0;
        while (copied < length
                && (source[sourceFrom + copied] == null || type.isInstance(source[sourceFrom + copied]))) {
            copied++;
        }
        if (copied > 0 && copied < length) {
            record(Cells.current(), source, sourceFrom, array, from, copied, site);
        }
    }
}
