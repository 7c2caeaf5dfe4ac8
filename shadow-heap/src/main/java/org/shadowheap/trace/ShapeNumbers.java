package org.shadowheap.trace;

import static org.shadowheap.trace.RecordModel.SITE_AND_KIND;
import static org.shadowheap.trace.RecordModel.TYPE;
import static org.shadowheap.trace.RecordModel.WIDTH;

import java.util.Arrays;

/** Finds the number of a shape that a block has already. For the writer; a reader only counts. */
final class ShapeNumbers {

    private static final int SLOTS = 2 * Integer.highestOneBit(2 * TraceFormat.BLOCK_RECORDS - 1);

    /** Number of the shape, 0 if free; open addressing, at most half full. */
    private final int[] slots = new int[SLOTS];

    void reset() {
        Arrays.fill(slots, 0);
    }

    /**
     * The shape's number, 0 if the block has none like it yet: then it is about to get the next one.
     *
     * @param shapes the numbers of {@link RecordModel} of all shapes
     */
    int find(int siteAndKind, int type, int[] shapes, int shapeCount) {
        int slot = (siteAndKind * 0x85eb_ca6b ^ type * 0xc2b2_ae35) * 0x9e37_79b1 >>> 8 & SLOTS - 1;
        while (true) {
            int shape = slots[slot];
            if (shape == 0) {
                slots[slot] = shapeCount + 1;
                return 0;
            }
            int at = shape * WIDTH;
            if (shapes[at + SITE_AND_KIND] == siteAndKind && shapes[at + TYPE] == type) {
                return shape;
            }
            slot = slot + 1 & SLOTS - 1;
        }
    }
}
