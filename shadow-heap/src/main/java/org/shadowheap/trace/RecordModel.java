package org.shadowheap.trace;

import org.shadowheap.event.layout.EventRecord;

/**
 * What the writer and the reader of a block both know of the records before the next one: how {@link RecordEncoder} and {@link
 * RecordDecoder}, each for itself, keep it. They must never disagree.
 *
 * <p>A <em>shape</em> is a kind with its site, of births and contacts with the type as well; shapes are numbered from 1 as
 * they come, anew in each block. Eight numbers are kept for each, in one cache line, in one array of all shapes. There is no shape 0: in
 * its place, but for its follower, lies what a subject or value may be whatever the shape is. Beside that array there are the shapes that
 * followed three others, the latest ids that were written explicitly, and the latest births of several threads, which draw ids in blocks;
 * the latest of all first.
 */
final class RecordModel {

    /** The subject or value is not among those expected: how far back it stood explicitly follows. */
    static final int RECENT = 6;

    /** The same: its distance from the latest birth follows. */
    static final int EXPLICIT = 7;

    static final int CODES = 8;

    private static final int CONTEXT_BITS = 14;
    static final int CONTEXTS = 1 << CONTEXT_BITS;
    static final int RING = 4096;
    static final int RING_MASK = RING - 1;

    static final int FIRST_SHAPES = 256;

    /** Numbers of a shape, and which: the first two say what it is. */
    static final int WIDTH = 8;

    static final int SITE_AND_KIND = 0;
    static final int TYPE = 1;
    static final int OPERAND = 2;
    static final int STRIDE = 3;
    static final int DIFFERENCE = 4;
    static final int SUBJECT = 5;
    static final int VALUE = 6;
    static final int NEXT = 7;

    /** In the place of shape 0. */
    static final int ZERO = 1;

    static final int LATEST_BIRTH = 2;
    static final int BEFORE_LATEST_BIRTH = 3;
    static final int LAST_SUBJECT = 4;
    static final int LAST_VALUE = 5;

    private RecordModel() {}

    static boolean hasType(int siteAndKind) {
        int kind = siteAndKind >>> 24;
        return kind == EventRecord.BIRTH || kind == EventRecord.CONTACT;
    }

    /** Where what followed these three shapes the last time is kept, the latest one first. */
    static int context(int shape1, int shape2, int shape3) {
        return (shape1 * 0x85eb_ca6b ^ shape2 * 0xc2b2_ae35 ^ shape3 * 0x27d4_eb2f) * 0x9e37_79b1
                >>> Integer.SIZE - CONTEXT_BITS;
    }
}
