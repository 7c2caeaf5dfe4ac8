package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * What the JVM keeps in its own memory when it links a call site, a method handle or a dynamic constant, and with a class that is defined:
 * no field of the program refers to it, and yet it lives as long as the code.
 *
 * <p>Called on the thread that links. Nothing is thrown: what cannot be recorded is counted as lost.
 */
final class JvmRoots {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** The id of what was last told that the JVM was given with a class: mostly the next one comes with the same. Racing threads may tell twice. */
    private static int latestOfClass;

    private JvmRoots() {}

    /** The JVM keeps this with a class that is defined. */
    static void holdWithClass(@Nullable Object kept) {
        int id = kept == null ? 0 : KnownObjects.id(kept);
        if (id == 0 || id != latestOfClass) {
            latestOfClass = hold(kept);
        }
    }

    /** Nothing is held any more. Nobody is in the barrier. */
    static void clear() {
        latestOfClass = 0;
    }

    /** Returns its id if it was told, 0 if not: the thread may record nothing. */
    static int hold(@Nullable Object linked) {
        long cell = Cells.enter(Cells.current());
        if (linked == null || cell == Cells.NONE) {
            return 0;
        }
        try {
            int id = KnownObjects.id(linked);
            if (id == 0 && U.getInt(cell + LogCell.MODE) == LogCell.NORMAL) {
                id = FirstContact.meet(cell, linked, false);
            }
            if (id != 0) {
                EventLog.draw(cell);
                EventLog.append(cell, word0(0, id), word1(EventRecord.ROOT, EventRecord.JVM, 0));
            }
            return id;
        } catch (Throwable failure) {
            Cells.countLost(cell);
            return 0;
        }
    }
}
