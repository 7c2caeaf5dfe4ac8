package org.shadowheap.trace;

import java.util.Arrays;
import org.shadowheap.event.layout.EventRecord;

/**
 * What the writer and the reader of a block both know of the records before the next one, and what they expect of it.
 *
 * <p>A <em>shape</em> is a kind with its site, of births and contacts with the type as well; shapes are numbered from 1 as
 * they come, anew in each block. Eight numbers are kept for each, in one cache line. Everything a record may refer to is
 * in here. The writer calls these methods in the order in which {@link RecordDecoder}, which keeps the same in places of its own, does
 * the same: they must never disagree.
 */
final class RecordModel {

    /** The subject or value is not among those expected: how far back it stood explicitly follows. */
    static final int RECENT = 6;

    /** The same: its distance from the latest birth follows. */
    static final int EXPLICIT = 7;

    static final int CODES = 8;

    static final int CONTEXT_BITS = 14;
    static final int RING = 4096;

    static final int FIRST_SHAPES = 256;
    private static final int WIDTH = 8;
    private static final int SITE_AND_KIND = 0;
    private static final int TYPE = 1;
    private static final int OPERAND = 2;
    private static final int STRIDE = 3;
    private static final int DIFFERENCE = 4;
    private static final int SUBJECT = 5;
    private static final int VALUE = 6;
    private static final int NEXT = 7;

    private int[] shapes = new int[FIRST_SHAPES * WIDTH];
    private int shapeCount;

    /** The shape that followed the last time, by the three shapes before. */
    private final int[] followers = new int[1 << CONTEXT_BITS];

    private int shape1;
    private int shape2;
    private int shape3;
    private int context;

    /** Latest ids that were written explicitly. */
    private final int[] ring = new int[RING];

    private int ringHead;

    /** Latest births of several threads, which draw ids in blocks; the latest of all first. */
    private final int[] births = new int[CODES];

    private int lastSubject;
    private int lastValue;

    /** Forgets everything: a block stands alone. */
    void reset() {
        Arrays.fill(shapes, 0, WIDTH, 0);
        shapeCount = 0;
        Arrays.fill(followers, 0);
        Arrays.fill(ring, 0);
        ringHead = 0;
        Arrays.fill(births, 0);
        shape1 = 0;
        shape2 = 0;
        shape3 = 0;
        context = 0;
        lastSubject = 0;
        lastValue = 0;
    }

    static boolean hasType(int siteAndKind) {
        int kind = siteAndKind >>> 24;
        return kind == EventRecord.BIRTH || kind == EventRecord.CONTACT;
    }

    static boolean isBirth(int siteAndKind) {
        return siteAndKind >>> 24 == EventRecord.BIRTH;
    }

    int shapeCount() {
        return shapeCount;
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

    int siteAndKind(int shape) {
        return shapes[shape * WIDTH + SITE_AND_KIND];
    }

    int type(int shape) {
        return shapes[shape * WIDTH + TYPE];
    }

    /** What followed these three shapes the last time; 0 if nothing did. */
    int afterThree() {
        return followers[context];
    }

    /** What followed the last shape the last time; 0 if nothing did. */
    int afterOne() {
        return shapes[shape1 * WIDTH + NEXT];
    }

    /** The next record has this shape. */
    void advance(int shape) {
        followers[context] = shape;
        shapes[shape1 * WIDTH + NEXT] = shape;
        shape3 = shape2;
        shape2 = shape1;
        shape1 = shape;
        context = (shape1 * 0x85eb_ca6b ^ shape2 * 0xc2b2_ae35 ^ shape3 * 0x27d4_eb2f) * 0x9e37_79b1
                >>> Integer.SIZE - CONTEXT_BITS;
    }

    int lastOperand(int shape) {
        return shapes[shape * WIDTH + OPERAND];
    }

    int expectedOperand(int shape) {
        int at = shape * WIDTH;
        return shapes[at + OPERAND] + shapes[at + STRIDE];
    }

    /** A stride is believed when it occurred twice. */
    void operandWas(int shape, int operand) {
        int at = shape * WIDTH;
        int difference = operand - shapes[at + OPERAND];
        if (difference == shapes[at + DIFFERENCE]) {
            shapes[at + STRIDE] = difference;
        }
        shapes[at + DIFFERENCE] = difference;
        shapes[at + OPERAND] = operand;
    }

    int lastBirth() {
        return births[0];
    }

    /** The subject that a code below {@link #EXPLICIT} stands for, of a birth. */
    int nextBirth(int code) {
        return births[code] + 1;
    }

    void born(int code, int object) {
        if (code != 0) {
            System.arraycopy(births, 0, births, 1, code);
        }
        births[0] = object;
    }

    /** The subject that a code below {@link #RECENT} stands for. */
    int expectedSubject(int code, int shape) {
        return switch (code) {
            case 0 -> births[0];
            case 1 -> lastSubject;
            case 2 -> lastValue;
            case 3 -> shapes[shape * WIDTH + SUBJECT];
            case 4 -> births[0] - 1;
            default -> shapes[shape * WIDTH + VALUE];
        };
    }

    /** The value that a code below {@link #RECENT} stands for; called before the subject is noted. */
    int expectedValue(int code, int shape) {
        return switch (code) {
            case 0 -> 0;
            case 1 -> births[0];
            case 2 -> births[0] - 1;
            case 3 -> shapes[shape * WIDTH + VALUE];
            case 4 -> lastSubject;
            default -> shapes[shape * WIDTH + SUBJECT];
        };
    }

    /** How many explicit ids ago this one was written at this place of the count; -1 if it is forgotten. */
    int distance(int id, int place) {
        int distance = ringHead - 1 - place;
        return distance >= 0 && distance < RING && ring[place & RING - 1] == id ? distance : -1;
    }

    /** An id was written explicitly; returns its place in their count. */
    int push(int id) {
        ring[ringHead & RING - 1] = id;
        return ringHead++;
    }

    void used(int shape, int subject, int value) {
        int at = shape * WIDTH;
        shapes[at + SUBJECT] = subject;
        shapes[at + VALUE] = value;
        lastSubject = subject;
        if (value != 0) {
            lastValue = value;
        }
    }
}
