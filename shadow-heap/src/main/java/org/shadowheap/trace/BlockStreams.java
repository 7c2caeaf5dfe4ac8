package org.shadowheap.trace;

/**
 * The streams that the records of a block are taken apart into. Like goes to like, so that a general compressor finds
 * what our model of records did not; their order is part of the format.
 */
final class BlockStreams {

    /** A byte for each record: how its shape, operand, subject and value are found. */
    static final int TOKENS = 0;

    /** Numbers of shapes that were not expected, and new shapes. */
    static final int SHAPES = 1;

    static final int OPERANDS = 2;
    static final int SUBJECTS = 3;
    static final int VALUES = 4;

    /** Types and sites. */
    static final int DEFINITIONS = 5;

    static final int COUNT = 6;

    /** Token, bits 0-1: the shape is that which followed the last three; the operand is the expected one. */
    static final int AFTER_THREE = 0;

    /** The shape is that which followed the last one; the operand is the expected one. */
    static final int AFTER_ONE = 1;

    /** As {@link #AFTER_THREE}, but the operand stands among the operands. */
    static final int AFTER_THREE_WITH_OPERAND = 2;

    /** The shape stands among the shapes, and whether the operand stands among the operands. */
    static final int SHAPE_FOLLOWS = 3;

    static final int SHAPE_MASK = 3;
    static final int SUBJECT_SHIFT = 2;
    static final int VALUE_SHIFT = 5;

    private BlockStreams() {}

    /** Makes small numbers of those near 0: 0, -1, 1, -2 become 0, 1, 2, 3. */
    static int zigzag(int value) {
        return value << 1 ^ value >> Integer.SIZE - 1;
    }

    static int unzigzag(int value) {
        return value >>> 1 ^ -(value & 1);
    }
}
