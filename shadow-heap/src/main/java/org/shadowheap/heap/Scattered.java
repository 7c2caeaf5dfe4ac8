package org.shadowheap.heap;

import org.shadowheap.event.layout.IdOrder;

/**
 * Layout of the id table's directory word of a chunk that is not there.
 *
 * <pre>
 *   63             12 11           1  0
 *   +----------------+-------------+---+
 *   | count          | watermark   | 1 |
 *   +----------------+-------------+---+
 * </pre>
 *
 * The count is how many ids of the chunk were put into the compact table. The watermark is how many were
 * handed out: of these, in the {@link IdOrder}, those that are not in the compact table are dead. Zero, of which nothing is known, reads as no ids and no watermark.
 */
final class Scattered {

    private static final int WATERMARK_SHIFT = 1;
    private static final int COUNT_SHIFT = 12;
    private static final int WATERMARK_MASK = (1 << COUNT_SHIFT - WATERMARK_SHIFT) - 1;

    private Scattered() {}

    static long word(int watermark, int count) {
        return (long) count << COUNT_SHIFT | (long) watermark << WATERMARK_SHIFT | 1;
    }

    static long plusOne(long word) {
        return word(watermark(word), count(word) + 1);
    }

    static int count(long word) {
        return (int) (word >>> COUNT_SHIFT);
    }

    private static int watermark(long word) {
        return (int) (word >>> WATERMARK_SHIFT) & WATERMARK_MASK;
    }

    static boolean isBelowWatermark(long word, int id) {
        return (word & 1) != 0 && IdOrder.place(id) < watermark(word);
    }
}
