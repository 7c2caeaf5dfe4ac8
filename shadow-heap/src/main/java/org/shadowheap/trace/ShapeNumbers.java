package org.shadowheap.trace;

import java.util.Arrays;

/** Finds the number of a shape that a block has already. For the writer; a reader only counts. */
final class ShapeNumbers {

    private static final int SLOTS = 2 * Integer.highestOneBit(2 * TraceFormat.BLOCK_RECORDS - 1);

    private final RecordModel model;

    /** Number of the shape, 0 if free; open addressing, at most half full. */
    private final int[] slots = new int[SLOTS];

    ShapeNumbers(RecordModel model) {
        this.model = model;
    }

    void reset() {
        Arrays.fill(slots, 0);
    }

    /** The shape's number, 0 if the block has none like it yet: then it is about to get the next one. */
    int find(int siteAndKind, int type) {
        int slot = (siteAndKind * 0x85eb_ca6b ^ type * 0xc2b2_ae35) * 0x9e37_79b1 >>> 8 & SLOTS - 1;
        while (true) {
            int shape = slots[slot];
            if (shape == 0) {
                slots[slot] = model.shapeCount() + 1;
                return 0;
            }
            if (model.siteAndKind(shape) == siteAndKind && model.type(shape) == type) {
                return shape;
            }
            slot = slot + 1 & SLOTS - 1;
        }
    }
}
