package org.shadowheap.barrier;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import org.jspecify.annotations.Nullable;

/**
 * Sites of their own for stores at an offset (Unsafe, and so VarHandles, field updaters, reflection): one for each field
 * that such a site stores to, so that reports name it. The instruction itself names no field, and many share one.
 *
 * <p>A fixed array of lists, entered at the head by compare-and-set. Any thread; nobody removes.
 */
final class NamedSites {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int LISTS = 1 << 12;
    private static final @Nullable Entry[] TABLE = new Entry[LISTS];
    private static final int SPREAD = 0x9e3779b9;

    private NamedSites() {}

    /** A field of a class, static or not, and a site that stores to it. */
    private static final class Entry extends WeakReference<Class<?>> {
        final int site;
        final int offset;
        final boolean ofMirror;
        final int named;
        final @Nullable Entry next;

        Entry(int site, Class<?> type, int offset, boolean ofMirror, int named, @Nullable Entry next) {
            super(type);
            this.site = site;
            this.offset = offset;
            this.ofMirror = ofMirror;
            this.named = named;
            this.next = next;
        }
    }

    /** The number under which a site stores to the field at an offset of this object; its own if there is no such field. */
    static int of(long cell, int site, Object holder, int offset) {
        boolean ofMirror = holder instanceof Class;
        Class<?> type = holder instanceof Class<?> mirror ? mirror : holder.getClass();
        int list = ((site * SPREAD + offset) * SPREAD + Identity.peek(type)) * SPREAD >>> 20;
        Entry head = (Entry) U.getReferenceAcquire(TABLE, slot(list));
        for (Entry entry = head; entry != null; entry = entry.next) {
            if (entry.site == site && entry.offset == offset && entry.ofMirror == ofMirror && entry.refersTo(type)) {
                return entry.named;
            }
        }
        return enter(cell, list, site, type, offset, ofMirror);
    }

    /** Two threads may both enter a field; either number is good. */
    @DontInline
    private static int enter(long cell, int list, int site, Class<?> type, int offset, boolean ofMirror) {
        long entered = AgentCode.enter(cell);
        try {
            int named = Recording.types().nameSite(site, type, offset, ofMirror);
            Object head;
            do {
                head = U.getReferenceAcquire(TABLE, slot(list));
            } while (!U.compareAndSetReference(
                    TABLE, slot(list), head, new Entry(site, type, offset, ofMirror, named, (Entry) head)));
            return named;
        } finally {
            AgentCode.exit(entered);
        }
    }

    /** Forgets all numbers. Nobody is in the barrier. */
    static void clear() {
        Arrays.fill(TABLE, null);
    }

    private static long slot(int list) {
        return BarrierSetup.arrayBaseOffset + (long) list * Unsafe.ARRAY_OBJECT_INDEX_SCALE;
    }
}
