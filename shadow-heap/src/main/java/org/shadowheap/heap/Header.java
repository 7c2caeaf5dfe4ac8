package org.shadowheap.heap;

import org.shadowheap.memory.OffHeap;

/**
 * Layout of the first 8 bytes of a shadow object. The real header is never smaller.
 *
 * <pre>
 *   bytes 0-3            bytes 4-7
 *   +-------------------+-------------------------+----------------+
 *   | id             31 | layout               22 | window      10 |
 *   +-------------------+-------------------------+----------------+
 * </pre>
 *
 * The layout is an index of {@link Types}. The window is the last one in which a young object was evidence, see {@link
 * Evidence}; in the old space it means nothing. Written by the thread that applies events.
 */
final class Header {

    static final int BYTES = 8;
    static final int MAX_LAYOUT = (1 << 22) - 1;
    static final int MAX_WINDOW = (1 << 10) - 1;

    private static final int WORD_OFFSET = 4;
    private static final int WINDOW_SHIFT = 22;

    private Header() {}

    static void write(long object, int id, int layout, int window) {
        OffHeap.putIntPlain(object, id);
        OffHeap.putIntPlain(object + WORD_OFFSET, layout | window << WINDOW_SHIFT);
    }

    static int id(long object) {
        return OffHeap.getIntPlain(object);
    }

    static int layout(long object) {
        return OffHeap.getIntPlain(object + WORD_OFFSET) & MAX_LAYOUT;
    }

    static int window(long object) {
        return OffHeap.getIntPlain(object + WORD_OFFSET) >>> WINDOW_SHIFT;
    }

    static void setWindow(long object, int window) {
        OffHeap.putIntPlain(object + WORD_OFFSET, layout(object) | window << WINDOW_SHIFT);
    }
}
