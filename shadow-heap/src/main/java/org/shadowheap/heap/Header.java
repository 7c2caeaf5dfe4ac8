package org.shadowheap.heap;

import org.shadowheap.memory.OffHeap;

/**
 * Layout of the first 8 bytes of a shadow object. The real header is never smaller.
 *
 * <pre>
 *   bytes 0-3            bytes 4-7
 *   +-------------------+------------------+-------------+------+--------+
 *   | id             31 | layout        20 | window   10 | held | marked |
 *   +-------------------+------------------+-------------+------+--------+
 * </pre>
 *
 * The layout is an index of {@link Types}. The window is the last one in which the object was evidence, see {@link
 * Evidence}. An old object is held if it was met and class mirrors were not seen to lead to it: it is a root of a major
 * collection. Of an ageing object the last bit says that it is marked in a major collection, of a held one that a snapshot
 * refers to it.
 *
 * <p>Mutators write windows; two that race write the same word with different windows at most, and either will do. An old
 * object can cease to be held at the same time, so its bits change by compare-and-set.
 */
final class Header {

    static final int BYTES = 8;
    static final int MAX_LAYOUT = (1 << 20) - 1;
    static final int MAX_WINDOW = (1 << 10) - 1;

    private static final int WORD_OFFSET = 4;
    private static final int WINDOW_SHIFT = 20;
    private static final int HELD = 1 << 30;
    private static final int MARKED = 1 << 31;

    private Header() {}

    static void write(long object, int id, int layout, int window) {
        OffHeap.putIntPlain(object, id);
        OffHeap.putIntPlain(object + WORD_OFFSET, layout | window << WINDOW_SHIFT);
    }

    static void writeHeld(long object, int id, int layout) {
        OffHeap.putIntPlain(object, id);
        OffHeap.putIntPlain(object + WORD_OFFSET, layout | HELD);
    }

    static int id(long object) {
        return OffHeap.getIntPlain(object);
    }

    static int layout(long object) {
        return OffHeap.getIntPlain(object + WORD_OFFSET) & MAX_LAYOUT;
    }

    /** Gives an object another layout of the same type. Mutators may race, also with those that write windows. */
    static void setLayout(long object, int layout) {
        update(object, ~MAX_LAYOUT, layout);
    }

    static int window(long object) {
        return OffHeap.getIntPlain(object + WORD_OFFSET) >>> WINDOW_SHIFT & MAX_WINDOW;
    }

    /** Of a young object. */
    static void setWindow(long object, int window) {
        OffHeap.putIntPlain(object + WORD_OFFSET, layout(object) | window << WINDOW_SHIFT);
    }

    /** Of an old object. */
    static void setWindowOfOld(long object, int window) {
        update(object, ~(MAX_WINDOW << WINDOW_SHIFT), window << WINDOW_SHIFT);
    }

    static boolean isHeld(long object) {
        return (OffHeap.getIntPlain(object + WORD_OFFSET) & HELD) != 0;
    }

    /** Between rounds. */
    static void setHeld(long object, boolean held) {
        int word = OffHeap.getIntPlain(object + WORD_OFFSET);
        OffHeap.putIntPlain(object + WORD_OFFSET, held ? word | HELD : word & ~HELD);
    }

    /** A snapshot refers to an old object; true if it is held and none did before. */
    static boolean show(long object) {
        return (OffHeap.getIntPlain(object + WORD_OFFSET) & (HELD | MARKED)) == HELD
                && (update(object, ~0, MARKED) & MARKED) == 0;
    }

    /** Whether an old object is held and no snapshot refers to it: nothing shows where the program has it from. */
    static boolean isOfUnseenOrigin(long object) {
        return (OffHeap.getIntPlain(object + WORD_OFFSET) & (HELD | MARKED)) == HELD;
    }

    /** An old object is held no longer. Between rounds. */
    static void release(long object) {
        int word = OffHeap.getIntPlain(object + WORD_OFFSET);
        OffHeap.putIntPlain(object + WORD_OFFSET, word & ~(HELD | MARKED));
    }

    static boolean isMarked(long object) {
        return (OffHeap.getIntPlain(object + WORD_OFFSET) & MARKED) != 0;
    }

    static void setMarked(long object, boolean marked) {
        int word = OffHeap.getIntPlain(object + WORD_OFFSET);
        OffHeap.putIntPlain(object + WORD_OFFSET, marked ? word | MARKED : word & ~MARKED);
    }

    /** Returns the word as it was. */
    private static int update(long object, int kept, int added) {
        int before;
        do {
            before = OffHeap.getIntPlain(object + WORD_OFFSET);
        } while (!OffHeap.compareAndSetIntVolatile(object + WORD_OFFSET, before, before & kept | added));
        return before;
    }
}
