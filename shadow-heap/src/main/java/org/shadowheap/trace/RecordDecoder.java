package org.shadowheap.trace;

import static org.shadowheap.trace.BlockStreams.AFTER_ONE;
import static org.shadowheap.trace.BlockStreams.AFTER_THREE_WITH_OPERAND;
import static org.shadowheap.trace.BlockStreams.OPERANDS;
import static org.shadowheap.trace.BlockStreams.SHAPES;
import static org.shadowheap.trace.BlockStreams.SHAPE_FOLLOWS;
import static org.shadowheap.trace.BlockStreams.SHAPE_MASK;
import static org.shadowheap.trace.BlockStreams.SUBJECTS;
import static org.shadowheap.trace.BlockStreams.SUBJECT_SHIFT;
import static org.shadowheap.trace.BlockStreams.TOKENS;
import static org.shadowheap.trace.BlockStreams.VALUES;
import static org.shadowheap.trace.BlockStreams.VALUE_SHIFT;
import static org.shadowheap.trace.BlockStreams.unzigzag;
import static org.shadowheap.trace.RecordModel.EXPLICIT;
import static org.shadowheap.trace.RecordModel.RECENT;

import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.event.layout.IdOrder;

/**
 * Puts the records of a block together again: the inverse of {@link RecordEncoder}.
 *
 * <p>A stream that ends too early throws an {@link IndexOutOfBoundsException}, as does a shape that the block does not have.
 */
final class RecordDecoder {

    private static final int CODE_MASK = RecordModel.CODES - 1;
    private static final int MAX_VARINT_SHIFT = 28;

    private final RecordModel model = new RecordModel();
    private final ReadStream tokens = new ReadStream();
    private final ReadStream shapes = new ReadStream();
    private final ReadStream operands = new ReadStream();
    private final ReadStream subjects = new ReadStream();
    private final ReadStream values = new ReadStream();

    private long word0;
    private long word1;

    /** Begins a block. */
    void begin(StreamInput streams) {
        model.reset();
        tokens.begin(streams, TOKENS);
        shapes.begin(streams, SHAPES);
        operands.begin(streams, OPERANDS);
        subjects.begin(streams, SUBJECTS);
        values.begin(streams, VALUES);
    }

    /** Decodes the next record into {@link #word0} and {@link #word1}. */
    void next() {
        int token = tokens.next();
        int code = token & SHAPE_MASK;
        boolean operandFollows = code == AFTER_THREE_WITH_OPERAND;
        int shape;
        if (code == AFTER_ONE) {
            shape = model.afterOne();
        } else if (code == SHAPE_FOLLOWS) {
            int number = shapes.varint();
            operandFollows = (number & 1) != 0;
            shape = number >>> 1;
            if (shape == 0) {
                shape = newShape();
            }
        } else {
            shape = model.afterThree();
        }
        if (shape == 0 || shape > model.shapeCount()) {
            throw new IndexOutOfBoundsException(shape);
        }
        int operand =
                operandFollows ? model.lastOperand(shape) + unzigzag(operands.varint()) : model.expectedOperand(shape);
        model.operandWas(shape, operand);
        model.advance(shape);
        int siteAndKind = model.siteAndKind(shape);
        int subjectCode = token >>> SUBJECT_SHIFT & CODE_MASK;
        int subject;
        int object;
        if (RecordModel.isBirth(siteAndKind)) {
            subject = birth(subjectCode);
            object = model.type(shape);
            model.used(shape, subject, 0);
        } else {
            subject = subjectCode < RECENT
                    ? model.expectedSubject(subjectCode, shape)
                    : unexpected(subjectCode, subjects);
            if (RecordModel.hasType(siteAndKind)) {
                object = model.type(shape);
                model.used(shape, subject, 0);
            } else {
                int valueCode = token >>> VALUE_SHIFT;
                object = valueCode < RECENT ? model.expectedValue(valueCode, shape) : unexpected(valueCode, values);
                model.used(shape, subject, object);
            }
        }
        word0 = (long) IdOrder.scattered(object) << 32 | IdOrder.scattered(subject) & 0xffff_ffffL;
        word1 = (long) siteAndKind << 32 | operand & 0xffff_ffffL;
    }

    private int newShape() {
        int kind = shapes.next();
        int site = shapes.varint();
        if (site < 0 || site > EventRecord.MAX_SITE) {
            throw new IndexOutOfBoundsException(site);
        }
        int siteAndKind = kind << 24 | site;
        return model.newShape(siteAndKind, RecordModel.hasType(siteAndKind) ? shapes.varint() : 0);
    }

    private int birth(int code) {
        int object = code == EXPLICIT ? model.lastBirth() + unzigzag(subjects.varint()) : model.nextBirth(code);
        model.born(code, object);
        return object;
    }

    private int unexpected(int code, ReadStream stream) {
        if (code == RECENT) {
            return model.recent(stream.varint());
        }
        int id = model.lastBirth() + unzigzag(stream.varint());
        model.push(id);
        return id;
    }

    long word0() {
        return word0;
    }

    long word1() {
        return word1;
    }

    /** Whether all streams have been read to their ends. */
    boolean isAtEnd() {
        return tokens.isAtEnd() && shapes.isAtEnd() && operands.isAtEnd() && subjects.isAtEnd() && values.isAtEnd();
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
            value &= 0x7f;
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
