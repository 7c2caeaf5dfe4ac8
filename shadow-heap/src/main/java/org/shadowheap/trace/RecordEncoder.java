package org.shadowheap.trace;

import static org.shadowheap.trace.BlockStreams.AFTER_ONE;
import static org.shadowheap.trace.BlockStreams.AFTER_THREE;
import static org.shadowheap.trace.BlockStreams.AFTER_THREE_WITH_OPERAND;
import static org.shadowheap.trace.BlockStreams.DEFINITIONS;
import static org.shadowheap.trace.BlockStreams.OPERANDS;
import static org.shadowheap.trace.BlockStreams.SHAPES;
import static org.shadowheap.trace.BlockStreams.SHAPE_FOLLOWS;
import static org.shadowheap.trace.BlockStreams.SUBJECTS;
import static org.shadowheap.trace.BlockStreams.SUBJECT_SHIFT;
import static org.shadowheap.trace.BlockStreams.TOKENS;
import static org.shadowheap.trace.BlockStreams.VALUES;
import static org.shadowheap.trace.BlockStreams.VALUE_SHIFT;
import static org.shadowheap.trace.BlockStreams.zigzag;
import static org.shadowheap.trace.RecordModel.EXPLICIT;
import static org.shadowheap.trace.RecordModel.RECENT;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.event.layout.IdOrder;

/** Takes the records of a block apart into streams. Allocates nothing, unless a definition is larger than a block. */
final class RecordEncoder {

    private static final int VARINT_BYTES = 5;
    private static final int PLACE_BITS = 13;

    private final RecordModel model = new RecordModel();
    private final ShapeNumbers numbers = new ShapeNumbers(model);
    private final int[] kinds = new int[256];

    /** By hash of an id, where it was in the count of explicit ids the last time. */
    private final int[] places = new int[1 << PLACE_BITS];

    private final ByteStream[] streams = new ByteStream[BlockStreams.COUNT];
    private final ByteStream tokens = stream(TOKENS, 1);
    private final ByteStream shapes = stream(SHAPES, 4 * VARINT_BYTES);
    private final ByteStream operands = stream(OPERANDS, VARINT_BYTES);
    private final ByteStream subjects = stream(SUBJECTS, VARINT_BYTES);
    private final ByteStream values = stream(VALUES, VARINT_BYTES);
    private final ByteStream definitions = stream(DEFINITIONS, EventRecord.BYTES + 4);

    private ByteStream stream(int which, int bytesOfARecord) {
        ByteStream stream = new ByteStream(TraceFormat.BLOCK_RECORDS * bytesOfARecord);
        streams[which] = stream;
        return stream;
    }

    /** Encodes what a block buffer holds, definitions included. */
    void encode(ByteBuffer records) {
        model.reset();
        numbers.reset();
        Arrays.fill(kinds, 0);
        Arrays.fill(places, 0);
        for (ByteStream stream : streams) {
            stream.clear();
        }
        int at = records.position();
        while (at < records.limit()) {
            long word0 = records.getLong(at + EventRecord.WORD0_OFFSET);
            long word1 = records.getLong(at + EventRecord.WORD1_OFFSET);
            at += EventRecord.BYTES;
            kinds[EventRecord.kind(word1)]++;
            encode(EventRecord.subject(word0), EventRecord.object(word0), EventRecord.operand(word1), (int)
                    (word1 >>> 32));
            if (EventRecord.kind(word1) >= TraceFormat.CALLER) {
                int length = EventRecord.operand(word1);
                definitions.put(records, at, length);
                at += length + (-length & EventRecord.BYTES - 1);
            }
        }
    }

    private void encode(int subjectId, int objectId, int operand, int siteAndKind) {
        boolean typed = RecordModel.hasType(siteAndKind);
        int subject = IdOrder.scattered(subjectId);
        int object = IdOrder.scattered(objectId);
        int type = typed ? object : 0;
        int expected = model.afterThree();
        int shape;
        int token;
        if (model.siteAndKind(expected) == siteAndKind && model.type(expected) == type) {
            shape = expected;
            token = model.expectedOperand(shape) == operand ? AFTER_THREE : AFTER_THREE_WITH_OPERAND;
        } else {
            shape = numbers.find(siteAndKind, type);
            if (shape == 0) {
                shape = model.newShape(siteAndKind, type);
                token = newShape(shape, operand);
            } else {
                token = knownShape(shape, operand);
            }
        }
        if (model.expectedOperand(shape) != operand) {
            operands.putVarint(zigzag(operand - model.lastOperand(shape)));
        }
        model.operandWas(shape, operand);
        model.advance(shape);
        if (RecordModel.isBirth(siteAndKind)) {
            tokens.putByte(token | birth(subject) << SUBJECT_SHIFT);
            model.used(shape, subject, 0);
        } else {
            int subjectCode = subject(subject, shape);
            int valueCode = typed ? 0 : value(object, shape);
            model.used(shape, subject, typed ? 0 : object);
            tokens.putByte(token | subjectCode << SUBJECT_SHIFT | valueCode << VALUE_SHIFT);
        }
    }

    private int newShape(int shape, int operand) {
        shapes.putVarint(model.expectedOperand(shape) == operand ? 0 : 1);
        int siteAndKind = model.siteAndKind(shape);
        shapes.putByte(siteAndKind >>> 24);
        shapes.putVarint(siteAndKind & EventRecord.MAX_SITE);
        if (RecordModel.hasType(siteAndKind)) {
            shapes.putVarint(model.type(shape));
        }
        return SHAPE_FOLLOWS;
    }

    private int knownShape(int shape, int operand) {
        boolean isExpected = model.expectedOperand(shape) == operand;
        if (isExpected && model.afterOne() == shape) {
            return AFTER_ONE;
        }
        shapes.putVarint(shape << 1 | (isExpected ? 0 : 1));
        return SHAPE_FOLLOWS;
    }

    private int birth(int object) {
        int code = 0;
        while (code < EXPLICIT && model.nextBirth(code) != object) {
            code++;
        }
        if (code == EXPLICIT) {
            subjects.putVarint(zigzag(object - model.lastBirth()));
        }
        model.born(code, object);
        return code;
    }

    private int subject(int subject, int shape) {
        // Most often right first.
        if (subject == model.expectedSubject(3, shape)) {
            return 3;
        }
        for (int code = 0; code < RECENT; code++) {
            if (subject == model.expectedSubject(code, shape)) {
                return code;
            }
        }
        return unexpected(subject, subjects);
    }

    private int value(int value, int shape) {
        for (int code = 0; code < RECENT; code++) {
            if (value == model.expectedValue(code, shape)) {
                return code;
            }
        }
        return unexpected(value, values);
    }

    private int unexpected(int id, ByteStream stream) {
        int hash = id * 0x9e37_79b1 >>> Integer.SIZE - PLACE_BITS;
        int distance = model.distance(id, places[hash]);
        if (distance >= 0) {
            stream.putVarint(distance);
            return RECENT;
        }
        stream.putVarint(zigzag(id - model.lastBirth()));
        places[hash] = model.push(id);
        return EXPLICIT;
    }

    /** How many records of a kind the block has, those of definitions included. */
    int count(int kind) {
        return kinds[kind];
    }

    int records() {
        return tokens.size();
    }

    ByteStream stream(int which) {
        return streams[which];
    }
}
