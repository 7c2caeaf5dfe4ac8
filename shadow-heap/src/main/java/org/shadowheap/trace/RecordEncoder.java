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
import static org.shadowheap.trace.RecordModel.BEFORE_LATEST_BIRTH;
import static org.shadowheap.trace.RecordModel.DIFFERENCE;
import static org.shadowheap.trace.RecordModel.EXPLICIT;
import static org.shadowheap.trace.RecordModel.LAST_SUBJECT;
import static org.shadowheap.trace.RecordModel.LAST_VALUE;
import static org.shadowheap.trace.RecordModel.LATEST_BIRTH;
import static org.shadowheap.trace.RecordModel.NEXT;
import static org.shadowheap.trace.RecordModel.OPERAND;
import static org.shadowheap.trace.RecordModel.RECENT;
import static org.shadowheap.trace.RecordModel.RING;
import static org.shadowheap.trace.RecordModel.RING_MASK;
import static org.shadowheap.trace.RecordModel.SITE_AND_KIND;
import static org.shadowheap.trace.RecordModel.STRIDE;
import static org.shadowheap.trace.RecordModel.SUBJECT;
import static org.shadowheap.trace.RecordModel.TYPE;
import static org.shadowheap.trace.RecordModel.VALUE;
import static org.shadowheap.trace.RecordModel.WIDTH;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.event.layout.IdOrder;

/**
 * Takes the records of a block apart into streams, see {@link RecordModel}. Allocates nothing, unless a definition is larger than a block.
 *
 * <p>Nobody can predict which of the subjects and values that are expected a record has, so it is compared with all of them, for the compiler to do
 * without branches.
 */
final class RecordEncoder {

    private static final int VARINT_BYTES = 5;
    private static final int PLACE_BITS = 13;

    private final RecordModel model = new RecordModel();
    private final ShapeNumbers numbers = new ShapeNumbers();
    private final int[] kinds = new int[256];

    /** By hash of an id, where it was in the count of explicit ids the last time. */
    private final int[] places = new int[1 << PLACE_BITS];

    private final ByteStream[] streams = new ByteStream[BlockStreams.COUNT];
    private final ByteStream tokens = stream(TOKENS, 1);
    private final ByteStream shapeNumbers = stream(SHAPES, 4 * VARINT_BYTES);
    private final ByteStream operands = stream(OPERANDS, VARINT_BYTES);
    private final ByteStream subjects = stream(SUBJECTS, VARINT_BYTES);
    private final ByteStream values = stream(VALUES, VARINT_BYTES);
    private final ByteStream definitions = stream(DEFINITIONS, EventRecord.BYTES + 4);

    private ByteStream stream(int which, int bytesOfARecord) {
        ByteStream stream = new ByteStream(TraceFormat.BLOCK_RECORDS * bytesOfARecord);
        streams[which] = stream;
        return stream;
    }

    private void begin() {
        model.begin();
        numbers.reset();
        Arrays.fill(kinds, 0);
        Arrays.fill(places, 0);
        for (ByteStream stream : streams) {
            stream.clear();
        }
    }

    /** Encodes what a block buffer holds, definitions included. */
    void encode(ByteBuffer records) {
        begin();
        int[] shapes = model.shapes;
        int[] followers = model.followers;
        int shape1 = 0;
        int shape2 = 0;
        int context = 0;
        int at = records.position();
        int end = records.limit();
        while (at < end) {
            long word0 = records.getLong(at + EventRecord.WORD0_OFFSET);
            long word1 = records.getLong(at + EventRecord.WORD1_OFFSET);
            at += EventRecord.BYTES;
            int siteAndKind = (int) (word1 >>> 32);
            int operand = EventRecord.operand(word1);
            int kind = siteAndKind >>> 24;
            int subject = IdOrder.scattered(EventRecord.subject(word0));
            int object = IdOrder.scattered(EventRecord.object(word0));
            int type = 0;
            int value = object;
            if (RecordModel.hasType(siteAndKind)) {
                type = object;
                value = 0;
            }
            kinds[kind]++;

            int shape = followers[context];
            int numbersAt = shape * WIDTH;
            int token = AFTER_THREE;
            if (shapes[numbersAt + SITE_AND_KIND] != siteAndKind || shapes[numbersAt + TYPE] != type) {
                shape = numbers.find(siteAndKind, type, shapes, model.shapeCount);
                if (shape == 0) {
                    shape = model.newShape(siteAndKind, type);
                    shapes = model.shapes;
                    token = putNewShape(siteAndKind, type, operand == 0);
                } else {
                    token = putShape(shape, shape1, operand, shapes);
                }
                numbersAt = shape * WIDTH;
            }
            int difference = operand - shapes[numbersAt + OPERAND];
            if (difference != shapes[numbersAt + STRIDE]) {
                operands.putVarint(zigzag(difference));
                token = token == AFTER_THREE ? AFTER_THREE_WITH_OPERAND : token;
            }
            if (difference == shapes[numbersAt + DIFFERENCE]) {
                shapes[numbersAt + STRIDE] = difference;
            }
            shapes[numbersAt + DIFFERENCE] = difference;
            shapes[numbersAt + OPERAND] = operand;

            followers[context] = shape;
            shapes[shape1 * WIDTH + NEXT] = shape;
            context = RecordModel.context(shape, shape1, shape2);
            shape2 = shape1;
            shape1 = shape;

            if (kind == EventRecord.BIRTH) {
                token |= birth(subject) << SUBJECT_SHIFT;
            } else {
                token |= subjectCode(subject, shapes, numbersAt) << SUBJECT_SHIFT;
                if (kind != EventRecord.CONTACT) {
                    token |= valueCode(value, shapes, numbersAt) << VALUE_SHIFT;
                }
            }
            tokens.putByte(token);
            shapes[numbersAt + SUBJECT] = subject;
            shapes[numbersAt + VALUE] = value;
            shapes[LAST_SUBJECT] = subject;
            shapes[LAST_VALUE] = value != 0 ? value : shapes[LAST_VALUE];
            if (kind >= TraceFormat.CALLER) {
                definitions.put(records, at, operand);
                at += operand + (-operand & EventRecord.BYTES - 1);
            }
        }
    }

    private int putNewShape(int siteAndKind, int type, boolean isExpected) {
        shapeNumbers.putVarint(isExpected ? 0 : 1);
        shapeNumbers.putByte(siteAndKind >>> 24);
        shapeNumbers.putVarint(siteAndKind & EventRecord.MAX_SITE);
        if (RecordModel.hasType(siteAndKind)) {
            shapeNumbers.putVarint(type);
        }
        return SHAPE_FOLLOWS;
    }

    private int putShape(int shape, int shape1, int operand, int[] shapes) {
        int at = shape * WIDTH;
        boolean isExpected = shapes[at + OPERAND] + shapes[at + STRIDE] == operand;
        if (isExpected && shapes[shape1 * WIDTH + NEXT] == shape) {
            return AFTER_ONE;
        }
        shapeNumbers.putVarint(shape << 1 | (isExpected ? 0 : 1));
        return SHAPE_FOLLOWS;
    }

    private int birth(int object) {
        int[] births = model.births;
        int code = 0;
        while (code < EXPLICIT && births[code] + 1 != object) {
            code++;
        }
        if (code == EXPLICIT) {
            subjects.putVarint(zigzag(object - births[0]));
        }
        model.born(code, object);
        return code;
    }

    private int subjectCode(int subject, int[] shapes, int at) {
        int code = EXPLICIT;
        code = subject == shapes[at + VALUE] ? 5 : code;
        code = subject == shapes[BEFORE_LATEST_BIRTH] ? 4 : code;
        code = subject == shapes[LAST_VALUE] ? 2 : code;
        code = subject == shapes[LAST_SUBJECT] ? 1 : code;
        code = subject == shapes[LATEST_BIRTH] ? 0 : code;
        code = subject == shapes[at + SUBJECT] ? 3 : code;
        return code < EXPLICIT ? code : unexpected(subject, subjects);
    }

    private int valueCode(int value, int[] shapes, int at) {
        int code = EXPLICIT;
        code = value == shapes[at + SUBJECT] ? 5 : code;
        code = value == shapes[LAST_SUBJECT] ? 4 : code;
        code = value == shapes[at + VALUE] ? 3 : code;
        code = value == shapes[BEFORE_LATEST_BIRTH] ? 2 : code;
        code = value == shapes[LATEST_BIRTH] ? 1 : code;
        code = value == 0 ? 0 : code;
        return code < EXPLICIT ? code : unexpected(value, values);
    }

    private int unexpected(int id, ByteStream stream) {
        int hash = id * 0x9e37_79b1 >>> Integer.SIZE - PLACE_BITS;
        int place = places[hash];
        int distance = model.ringHead - 1 - place;
        if (distance >= 0 && distance < RING && model.ring[place & RING_MASK] == id) {
            stream.putVarint(distance);
            return RECENT;
        }
        stream.putVarint(zigzag(id - model.births[0]));
        places[hash] = model.ringHead;
        model.push(id);
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
