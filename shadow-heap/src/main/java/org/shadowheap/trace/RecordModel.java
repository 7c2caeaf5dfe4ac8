package org.shadowheap.trace;

import java.util.Arrays;
import org.shadowheap.event.layout.EventRecord;

/**
 * What the writer and the reader of a block both know of the records before the next one. {@link RecordEncoder} and {@link RecordDecoder} have
 * one each, and must never disagree; both do nothing as often as what they do with it, so they read and write its arrays themselves.
 *
 * <p>A <em>shape</em> is a kind with its site, of births and contacts with the type as well; shapes are numbered from 1 as
 * they come, anew in each block.
 */
final class RecordModel {

    /** The subject or value is not among those expected: how far back it stood explicitly follows. */
    static final int RECENT = 6;

    /** The same: its distance from the latest birth follows. */
    static final int EXPLICIT = 7;

    static final int CODES = 8;

    private static final int CONTEXT_BITS = 14;
    static final int RING = 4096;
    static final int RING_MASK = RING - 1;

    private static final int FIRST_SHAPES = 256;

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

    /**
     * The numbers of all shapes, one cache line each. There is no shape 0: in its place, but for its follower, lies what a subject or value may be
     * whatever the shape is. Replaced when it grows.
     */
    int[] shapes = new int[FIRST_SHAPES * WIDTH];

    int shapeCount;

    /** By {@link #context}, the shape that followed the last time; 0 if none did. */
    final int[] followers = new int[1 << CONTEXT_BITS];

    /** Latest ids that were written explicitly, and how many there were. */
    final int[] ring = new int[RING];

    int ringHead;

    /** Latest births of several threads, which draw ids in blocks; the latest of all first. */
    final int[] births = new int[CODES];

    /** Forgets everything: a block stands alone. */
    void begin() {
        Arrays.fill(shapes, 0, WIDTH, 0);
        shapes[BEFORE_LATEST_BIRTH] = -1;
        shapeCount = 0;
        Arrays.fill(followers, 0);
        Arrays.fill(ring, 0);
        ringHead = 0;
        Arrays.fill(births, 0);
    }

    /** Begins a shape and returns its number. */
    int newShape(int siteAndKind, int type) {
        int at = ++shapeCount * WIDTH;
        if (at == shapes.length) {
            shapes = Arrays.copyOf(shapes, 2 * at);
        }
        shapes[at + SITE_AND_KIND] = siteAndKind;
        shapes[at + TYPE] = type;
        Arrays.fill(shapes, at + OPERAND, at + WIDTH, 0);
        return shapeCount;
    }

    /** An object was born that the code of its thread stands for, with how many threads before it. */
    void born(int code, int object) {
        if (code != 0) {
            System.arraycopy(births, 0, births, 1, code);
        }
        births[0] = object;
        shapes[LATEST_BIRTH] = object;
        shapes[BEFORE_LATEST_BIRTH] = object - 1;
    }

    /** An id was written explicitly. */
    void push(int id) {
        ring[ringHead++ & RING_MASK] = id;
    }

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
