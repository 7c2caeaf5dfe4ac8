package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import java.util.function.Consumer;
import jdk.internal.misc.Unsafe;
import org.shadowheap.event.layout.EventRecord;

/**
 * The references that a thread finds on its own stack.
 *
 * <p>They are gathered first and then written in one go under one ticket, behind a record that says how many there are: the merge waits for
 * all of them, so that no round ends within a list, unless it is longer than a 64th of the logs. Belongs to the thread that walks.
 */
public final class RootList implements Consumer<Object> {

    private static final Unsafe U = Unsafe.getUnsafe();

    /** References looked at in one walk; what lies deeper is not listed. */
    private static final int CAPACITY = 1 << 16;

    /** In the record that begins a list: the thread lists again when it is asked. */
    private static final int ANSWERS = 1;

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
            begin(cell, log, list.size, ANSWERS);
            for (int i = 0; i < list.size; i++) {
                int id = U.getInt(list.ids + (long) i * Integer.BYTES);
                EventLog.append(cell, word0(0, id), word1(EventRecord.ROOT, log, 0));
            }
        } finally {
            U.freeMemory(list.ids);
        }
    }

    /**
     * A thread is about to be started: until it records something, the JVM alone may hold it. Listed by who starts it, under a number
     * that is nobody else's.
     */
    static void starts(long cell, Object thread) {
        int id = KnownObjects.id(thread);
        if (id != 0) {
            begin(cell, unstarted(id), 1, 0);
            EventLog.append(cell, word0(0, id), word1(EventRecord.ROOT, unstarted(id), 0));
        }
    }

    /**
     * The first list of a thread, which is about to record its first event: the JVM keeps the thread itself from its start on, and who
     * started it need not. Empty if the program does not know it.
     */
    static void begin(long cell, Thread thread) {
        if (U.getInt(cell + LogCell.MODE) != LogCell.NORMAL) {
            return;
        }
        int id = KnownObjects.id(thread);
        int log = U.getInt(cell + LogCell.LOG);
        boolean answers = Recording.stacksAreWalked && !CarrierThread.isOfVirtualThreads(thread);
        begin(cell, log, id != 0 ? 1 : 0, answers ? ANSWERS : 0);
        if (id != 0) {
            EventLog.append(cell, word0(0, id), word1(EventRecord.ROOT, log, 0));
            EventLog.append(cell, 0, word1(EventRecord.THREAD_END, unstarted(id), 0));
        }
    }

    /** The number under which a thread is listed that has no log yet. */
    private static int unstarted(int id) {
        return -id;
    }

    /** A list of so many references begins. The reader of the log delivers it when all of it is there. */
    private static void begin(long cell, int log, int size, int answers) {
        EventLog.draw(cell);
        EventLog.append(cell, word0(answers, size), word1(EventRecord.ROOTS, log, 0));
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
