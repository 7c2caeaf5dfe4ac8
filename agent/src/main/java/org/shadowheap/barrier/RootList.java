package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import java.util.function.Consumer;
import jdk.internal.misc.Unsafe;
import org.shadowheap.event.layout.EventRecord;

/**
 * The references that a thread finds on its own stack.
 *
 * <p>They are gathered first and then written in one go under one ticket, so that a round hardly ever ends within a
 * list. Belongs to the thread that walks.
 */
public final class RootList implements Consumer<Object> {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** References looked at in one walk; what lies deeper is not listed. */
    private static final int CAPACITY = 1 << 16;

    private final long ids = U.allocateMemory((long) CAPACITY * Integer.BYTES);
    private int size;

    private RootList() {}

    /**
     * Walks the stack of the calling thread, which is quiet, and writes what is found to its log. A frame that cannot be read is a
     * lost event.
     */
    static void write(long cell, StackWalk walk) {
        RootList list = new RootList();
        try {
            // The JVM keeps the thread, with its thread-locals, and no frame need refer to it.
            list.accept(Thread.currentThread());
            for (int unreadable = walk.walk(list); unreadable > 0; unreadable--) {
                Cells.countLost(cell);
            }
            int log = U.getInt(cell + LogCell.LOG);
            EventLog.draw(cell);
            EventLog.append(cell, 0, word1(EventRecord.ROOTS, log, 0));
            for (int i = 0; i < list.size; i++) {
                int id = U.getInt(list.ids + (long) i * Integer.BYTES);
                EventLog.append(cell, word0(0, id), word1(EventRecord.ROOT, log, 0));
            }
        } finally {
            U.freeMemory(list.ids);
        }
    }

    /**
     * The first list of a thread, which is about to record its first event: the JVM keeps the thread itself from its start on, and who
     * started it need not. Nothing if the program does not know it.
     */
    static void begin(long cell, Thread thread) {
        int id = KnownObjects.id(thread);
        if (id != 0 && U.getInt(cell + LogCell.MODE) == LogCell.NORMAL) {
            int log = U.getInt(cell + LogCell.LOG);
            EventLog.draw(cell);
            EventLog.append(cell, 0, word1(EventRecord.ROOTS, log, 0));
            EventLog.append(cell, word0(0, id), word1(EventRecord.ROOT, log, 0));
        }
    }

    /** A reference on the stack. Objects that were never met are passed over. */
    @Override
    public void accept(Object object) {
        int id = KnownObjects.id(object);
        if (id != 0 && size < CAPACITY) {
            U.putInt(ids + (long) size++ * Integer.BYTES, id);
        }
    }
}
