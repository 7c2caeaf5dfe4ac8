package org.shadowheap.trace;

import static org.shadowheap.trace.BlockStreams.AFTER_ONE;
import static org.shadowheap.trace.BlockStreams.AFTER_THREE;
import static org.shadowheap.trace.BlockStreams.AFTER_THREE_WITH_OPERAND;
import static org.shadowheap.trace.BlockStreams.OPERANDS;
import static org.shadowheap.trace.BlockStreams.SHAPES;
import static org.shadowheap.trace.BlockStreams.SHAPE_MASK;
import static org.shadowheap.trace.BlockStreams.SUBJECTS;
import static org.shadowheap.trace.BlockStreams.SUBJECT_SHIFT;
import static org.shadowheap.trace.BlockStreams.TOKENS;
import static org.shadowheap.trace.BlockStreams.VALUES;
import static org.shadowheap.trace.BlockStreams.VALUE_SHIFT;
import static org.shadowheap.trace.BlockStreams.unzigzag;
import static org.shadowheap.trace.RecordModel.BEFORE_LATEST_BIRTH;
import static org.shadowheap.trace.RecordModel.CODES;
import static org.shadowheap.trace.RecordModel.DIFFERENCE;
import static org.shadowheap.trace.RecordModel.EXPLICIT;
import static org.shadowheap.trace.RecordModel.LAST_SUBJECT;
import static org.shadowheap.trace.RecordModel.LAST_VALUE;
import static org.shadowheap.trace.RecordModel.LATEST_BIRTH;
import static org.shadowheap.trace.RecordModel.NEXT;
import static org.shadowheap.trace.RecordModel.OPERAND;
import static org.shadowheap.trace.RecordModel.RECENT;
import static org.shadowheap.trace.RecordModel.RING_MASK;
import static org.shadowheap.trace.RecordModel.SITE_AND_KIND;
import static org.shadowheap.trace.RecordModel.STRIDE;
import static org.shadowheap.trace.RecordModel.SUBJECT;
import static org.shadowheap.trace.RecordModel.TYPE;
import static org.shadowheap.trace.RecordModel.VALUE;
import static org.shadowheap.trace.RecordModel.WIDTH;
import static org.shadowheap.trace.RecordModel.ZERO;

import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.event.layout.IdOrder;

/**
 * Puts the records of a block together again: the inverse of {@link RecordEncoder}.
 *
 * <p>A replay does nothing as often as this. So many records are decoded in one loop whose state is in local variables, and what a
 * subject or a value may be is found by one load from an array, instead of a branch that nobody can predict.
 *
 * <p>A stream that ends too early throws an {@link IndexOutOfBoundsException}, as does a shape that the block does not have.
 */
final class RecordDecoder {

    private static final int CODE_MASK = CODES - 1;
    private static final int MAX_VARINT_SHIFT = 28;

    /** In the tables below: of the shape, whose numbers begin at an index that has the other bits. */
    private static final int OF_SHAPE = -1 << 3;

    /** By code of a subject, where in the array it is, of the shape or not. */
    private static final int[] SUBJECT_PLACES = {
        LATEST_BIRTH, LAST_SUBJECT, LAST_VALUE, SUBJECT, BEFORE_LATEST_BIRTH, VALUE
    };

    private static final int[] SUBJECT_MASKS = {0, 0, 0, OF_SHAPE, 0, OF_SHAPE};

    private static final int[] VALUE_PLACES = {ZERO, LATEST_BIRTH, BEFORE_LATEST_BIRTH, VALUE, LAST_SUBJECT, SUBJECT};
    private static final int[] VALUE_MASKS = {0, 0, 0, OF_SHAPE, 0, OF_SHAPE};

    private final RecordModel model = new RecordModel();
    private int shape1;
    private int shape2;
    private int context;

    private final ReadStream tokens = new ReadStream();
    private final ReadStream shapeNumbers = new ReadStream();
    private final ReadStream operands = new ReadStream();
    private final ReadStream subjects = new ReadStream();
    private final ReadStream values = new ReadStream();

    /** Records that the last call of {@link #decode} put together, those before an error too. */
    private int decoded;

    /** Begins a block. */
    void begin(StreamInput streams) {
        model.begin();
        shape1 = 0;
        shape2 = 0;
        context = 0;
        tokens.begin(streams, TOKENS);
        shapeNumbers.begin(streams, SHAPES);
        operands.begin(streams, OPERANDS);
        subjects.begin(streams, SUBJECTS);
        values.begin(streams, VALUES);
    }

    /**
     * Decodes the next records.
     *
     * @param words where to put the two words of each
     */
    void decode(long[] words, int records) {
        decoded = 0;
        byte[] tokenBytes = tokens.bytes;
        int tokenAt = tokens.at;
        int end = Math.min(records, tokens.end - tokenAt);
        int[] followers = model.followers;
        int[] shapes = model.shapes;
        int shape1 = this.shape1;
        int shape2 = this.shape2;
        int context = this.context;
        int i = 0;
        try {
            for (; i < end; i++) {
                int token = tokenBytes[tokenAt + i];
                int code = token & SHAPE_MASK;
                int shape;
                boolean operandFollows = false;
                if (code == AFTER_THREE) {
                    shape = followers[context];
                } else if (code == AFTER_ONE) {
                    shape = shapes[shape1 * WIDTH + NEXT];
                } else if (code == AFTER_THREE_WITH_OPERAND) {
                    shape = followers[context];
                    operandFollows = true;
                } else {
                    int number = shapeNumbers.varint();
                    operandFollows = (number & 1) != 0;
                    shape = number >>> 1;
                    if (shape == 0) {
                        shape = newShape();
                        shapes = model.shapes;
                    }
                }
                if (shape <= 0 || shape > model.shapeCount) {
                    throw new IndexOutOfBoundsException(shape);
                }
                int at = shape * WIDTH;
                int operand = shapes[at + OPERAND];
                int difference = operandFollows ? unzigzag(operands.varint()) : shapes[at + STRIDE];
                operand += difference;
                if (difference == shapes[at + DIFFERENCE]) {
                    shapes[at + STRIDE] = difference;
                }
                shapes[at + DIFFERENCE] = difference;
                shapes[at + OPERAND] = operand;

                followers[context] = shape;
                shapes[shape1 * WIDTH + NEXT] = shape;
                context = RecordModel.context(shape, shape1, shape2);
                shape2 = shape1;
                shape1 = shape;

                int siteAndKind = shapes[at + SITE_AND_KIND];
                int kind = siteAndKind >>> 24;
                int subjectCode = token >>> SUBJECT_SHIFT & CODE_MASK;
                int subject;
                int object;
                int value;
                if (kind == EventRecord.BIRTH) {
                    subject = birth(subjectCode);
                    object = shapes[at + TYPE];
                    value = 0;
                } else {
                    subject = subjectCode < RECENT
                            ? shapes[SUBJECT_PLACES[subjectCode] + (at & SUBJECT_MASKS[subjectCode])]
                            : unexpected(subjectCode, subjects, shapes);
                    if (kind == EventRecord.CONTACT) {
                        object = shapes[at + TYPE];
                        value = 0;
                    } else {
                        int valueCode = token >>> VALUE_SHIFT & CODE_MASK;
                        value = valueCode < RECENT
                                ? shapes[VALUE_PLACES[valueCode] + (at & VALUE_MASKS[valueCode])]
                                : unexpected(valueCode, values, shapes);
                        object = value;
                    }
                }
                shapes[at + SUBJECT] = subject;
                shapes[at + VALUE] = value;
                shapes[LAST_SUBJECT] = subject;
                if (value != 0) {
                    shapes[LAST_VALUE] = value;
                }
                words[2 * i] = (long) IdOrder.scattered(object) << 32 | IdOrder.scattered(subject) & 0xffff_ffffL;
                words[2 * i + 1] = (long) siteAndKind << 32 | operand & 0xffff_ffffL;
            }
        } finally {
            decoded = i;
            tokens.at = tokenAt + i;
            this.shape1 = shape1;
            this.shape2 = shape2;
            this.context = context;
        }
        if (i < records) {
            throw new IndexOutOfBoundsException(i);
        }
    }

    /** How many records the last call of {@link #decode} put together: those before an error, if there was one. */
    int decoded() {
        return decoded;
    }

    private int newShape() {
        int kind = shapeNumbers.next();
        int site = shapeNumbers.varint();
        if (site < 0 || site > EventRecord.MAX_SITE) {
            throw new IndexOutOfBoundsException(site);
        }
        int siteAndKind = kind << 24 | site;
        int type = RecordModel.hasType(siteAndKind) ? shapeNumbers.varint() : 0;
        return model.newShape(siteAndKind, type);
    }

    private int birth(int code) {
        int[] births = model.births;
        int object = code == EXPLICIT ? births[0] + unzigzag(subjects.varint()) : births[code] + 1;
        model.born(code, object);
        return object;
    }

    private int unexpected(int code, ReadStream stream, int[] shapes) {
        int number = stream.varint();
        if (code == RECENT) {
            return model.ring[model.ringHead - 1 - number & RING_MASK];
        }
        int id = shapes[LATEST_BIRTH] + unzigzag(number);
        model.push(id);
        return id;
    }

    /** Whether all streams have been read to their ends. */
    boolean isAtEnd() {
        return tokens.isAtEnd()
                && shapeNumbers.isAtEnd()
                && operands.isAtEnd()
                && subjects.isAtEnd()
                && values.isAtEnd();
    }

    /** A stream and how far it has been read. */
    private static final class ReadStream {

        private byte[] bytes = new byte[0];
        private int at;
        private int end;

        void begin(StreamInput streams, int which) {
            bytes = streams.bytes(which);
            end = streams.size(which);
            at = 0;
        }

        int next() {
            if (at >= end) {
                throw new IndexOutOfBoundsException(at);
            }
            return bytes[at++] & 0xff;
        }

        int varint() {
            int value = next();
            if (value < 0x80) {
                return value;
            }
            return more(value & 0x7f);
        }

        private int more(int first) {
            int value = first;
            int shift = 7;
            int more;
            do {
                if (shift > MAX_VARINT_SHIFT) {
                    throw new IndexOutOfBoundsException(at);
                }
                more = next();
                value |= (more & 0x7f) << shift;
                shift += 7;
            } while (more >= 0x80);
            return value;
        }

        boolean isAtEnd() {
            return at == end;
        }
    }
}
